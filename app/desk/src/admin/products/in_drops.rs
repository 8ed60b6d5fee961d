//! What drops have of a product, told where it is changed or counted.

use app::{
    drops::{text::Text, types::InDrop},
    identity::Role,
    locale::locale,
};
use leptos::prelude::*;

/// A panel that names the drops and what is set aside for them; nothing if there are none. `role` is that of who looks:
/// drops are the admins'.
pub fn in_drops(role: Role, lines: &[InDrop]) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let text = Text::from(locale());
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let units = locale().number(line.remaining);
            let words = match line.variant_title.as_str() {
                "" => text.set_aside_alone(&line.drop_title, &units),
                variant => text.set_aside(&line.drop_title, &units, variant),
            };
            match role {
                Role::Admin => {
                    let href = format!("/admin/drops/{}", line.drop_id);
                    view! { <li><a class="cell-link" href=href>{words}</a></li> }.into_any()
                }
                Role::Staff | Role::Customer => view! { <li>{words}</li> }.into_any(),
            }
        })
        .collect();
    view! {
        <section class="panel stack" aria-labelledby="in-drops">
            <h2 class="panel-title" id="in-drops">{text.in_drops()}</h2>
            <ul>{rows}</ul>
            <p class="muted">{text.in_drops_why()}</p>
        </section>
    }
    .into_any()
}
