//! The panel that deletes what its page is about, once it is opened.

use app::ui::{
    form::PageField,
    icon::{Icon, icon},
};
use leptos::prelude::*;

pub struct DeletePanel {
    /// Where its form goes.
    pub action: &'static str,
    /// What the form sends.
    pub fields: Vec<(&'static str, String)>,
    pub title: &'static str,
    /// What it means.
    pub means: AnyView,
    pub button: &'static str,
}

impl DeletePanel {
    /// Of what has this id, with one sentence about it.
    pub fn of(
        action: &'static str,
        id: &str,
        (title, means, button): (&'static str, &'static str, &'static str),
    ) -> Self {
        Self {
            action,
            fields: vec![("id", id.to_owned())],
            title,
            means: view! { <p>{means}</p> }.into_any(),
            button,
        }
    }

    pub fn view(self) -> AnyView {
        let fields: Vec<_> = self
            .fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect();
        view! {
            <details class="panel">
                <summary class="btn-text">{icon(Icon::Trash)} {self.title}</summary>
                <form class="stack" action=self.action method="post">
                    <PageField/>
                    {fields}
                    {self.means}
                    <p>
                        <button class="btn btn-danger" type="submit">{self.button}</button>
                    </p>
                </form>
            </details>
        }
        .into_any()
    }
}
