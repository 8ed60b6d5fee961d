//! A form of the settings on a page of its own: the way back, what was saved, and the bar that saves.

use app::ui::{
    banner::done,
    breadcrumbs::{breadcrumbs, crumb},
    field::refusal_of,
    form::{Form, PageField},
};
use leptos::prelude::*;

use super::{said, save_bar};

/// What differs from one such form to another, apart from its fields.
pub struct SettingsForm {
    /// The element's.
    pub id: &'static str,
    /// Where it goes.
    pub action: &'static str,
    /// The page it is on, as it was before anything was typed.
    pub here: String,
    /// Leads to the page: one crumb or several.
    pub above: AnyView,
    pub title: &'static str,
    /// Of what is stored.
    pub version: String,
    pub saved: &'static str,
    pub save: &'static str,
    /// Behind the form.
    pub below: Option<AnyView>,
}

/// Leads back to the settings.
pub fn settings_crumb() -> AnyView {
    crumb("/admin/settings", said().settings())
}

impl SettingsForm {
    pub fn with(self, fields: impl FnOnce(&Form) -> AnyView) -> AnyView {
        let form = Form::of(self.action);
        let version = form.version(self.version);
        let fields = fields(&form);
        view! {
            <div class="admin-head">
                {breadcrumbs(self.above, self.title)}
                <h1 class="admin-title">{self.title}</h1>
            </div>
            <div class="stack">
                {done(&[("saved", self.saved)])} {refusal_of(&form)}
                <form action=self.action method="post" novalidate data-guard id=self.id>
                    <PageField/>
                    <input type="hidden" name="version" value=version/>
                    <div class="stack">{fields}</div>
                    {save_bar((), self.here, self.save)}
                </form>
                {self.below}
            </div>
        }
        .into_any()
    }
}
