//! The waiting list of a drop: who is on it, and for how long a unit is kept.

use app::{
    drops::types::{AdminDrop, AdminLine},
    locale::locale,
    ui::{
        field::{TextField, refusal_of},
        form::{Form, PageField},
    },
    waiting_list::{text::Text, types::MAX_OFFER_HOURS},
};
use leptos::prelude::*;

pub const WAITING_LIST: &str = "/api/admin/drops/waiting-list";

pub fn waiting_list(drop: &AdminDrop) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(WAITING_LIST);
    view! {
        <form class="panel stack" action=WAITING_LIST method="post">
            <PageField/>
            <h2 class="panel-title">{text.admin_title()}</h2>
            {refusal_of(&form)}
            <p>{text.admin_why()}</p>
            <input type="hidden" name="id" value=drop.id.clone()/>
            <TextField
                form=&form
                name="hours"
                label=text.admin_hours()
                kind="number"
                value=drop.offer_hours.to_string()
                min=1
                max=MAX_OFFER_HOURS
            />
            {counts(drop)}
            <div>
                <button class="btn" type="submit">{text.admin_save()}</button>
            </div>
        </form>
    }
    .into_any()
}

/// A line for each variant that someone waits for.
fn counts(drop: &AdminDrop) -> AnyView {
    let text = Text::from(locale());
    let has_some = |line: &&AdminLine| line.waiting + line.offered > 0;
    let lines: Vec<_> = drop
        .lines
        .iter()
        .filter(has_some)
        .map(|line| {
            let name = match line.variant_title.is_empty() {
                true => line.title.clone(),
                false => format!("{} ({})", line.title, line.variant_title),
            };
            let (waiting, offered) = (
                text.admin_waiting(line.waiting),
                text.admin_offered(line.offered),
            );
            view! { <li>{name} ": " {waiting} ", " {offered}</li> }
        })
        .collect();
    match lines.is_empty() {
        true => view! { <p class="muted">{text.admin_nobody()}</p> }.into_any(),
        false => view! { <ul>{lines}</ul> }.into_any(),
    }
}
