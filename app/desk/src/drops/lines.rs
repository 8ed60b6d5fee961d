//! What is in a drop.

use app::{
    drops::{
        text::Text,
        types::{AdminDrop, AdminLine, DropState},
    },
    locale::locale,
    money::plain_amount,
    ui::{
        field::{Need, TextField, refusal_of},
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

pub const ADD: &str = "/api/admin/drops/add";
pub const LINE: &str = "/api/admin/drops/line";
pub const REMOVE: &str = "/api/admin/drops/remove";

pub fn lines(drop: &AdminDrop) -> AnyView {
    let text = Text::from(locale());
    if drop.lines.is_empty() {
        return view! { <p class="panel muted">{text.no_lines_yet()}</p> }.into_any();
    }
    drop.lines
        .iter()
        .map(|one| line(drop, one))
        .collect_view()
        .into_any()
}

/// A form for each: it comes back to the line that it is of.
fn line(drop: &AdminDrop, line: &AdminLine) -> AnyView {
    let text = Text::from(locale());
    let name = line.name();
    // Each line has fields of these names.
    let id = |field: &str| format!("{field}-{}", line.variant_id);
    let typed = Form::of(LINE);
    // Of all forms on the page, what was refused is shown in its own.
    let is_this = typed.value("variant_id", "") == line.variant_id;
    let form = match is_this {
        true => typed,
        false => Form::of(""),
    };
    let hidden = (!line.active)
        .then(|| view! { " "<span class="badge badge-outline">{text.not_on_sale()}</span> });
    let link = match &line.product_id {
        Some(id) => {
            let href = format!("/admin/products/{id}");
            view! { <a class="cell-link" href=href>{name.clone()}</a> }.into_any()
        }
        None => name.clone().into_any(),
    };
    let shelf = match line.on_shelf {
        Some(units) => text.units_hint(&locale().number(units)),
        None => text.not_counted().to_owned(),
    };
    let usual = text.usual(&locale().money(line.usual_minor, &drop.currency));
    let price = line.price_minor;
    let price = price.map_or_else(String::new, |minor| plain_amount(minor, &drop.currency));
    let limit = line
        .limit
        .map_or_else(String::new, |units| units.to_string());
    let sold = (drop.state == DropState::Planned).then(|| {
        view! { <p class="muted">{text.left()} ": " {locale().number(line.remaining)}</p> }
    });
    let save = (drop.state != DropState::CalledOff).then(|| {
        view! {
            <button class="btn" type="submit">
                {text.save_line()}
                <span class="visually-hidden">" "{name.clone()}</span>
            </button>
        }
    });
    view! {
        <section class="panel" aria-label=name.clone()>
            <h2 class="panel-title">{link} {hidden}</h2>
            {sold}
            <form class="stack" action=LINE method="post">
                <PageField/>
                <input type="hidden" name="id" value=drop.id.clone()/>
                <input type="hidden" name="variant_id" value=line.variant_id.clone()/>
                {refusal_of(&form)}
                <TextField
                    form=&form
                    name="price"
                    id=id("price")
                    label=text.price()
                    need=Need::Optional
                    value=price
                    hint=usual
                    autocomplete="off"
                    maxlength=30
                />
                <TextField
                    form=&form
                    name="units"
                    id=id("units")
                    label=text.units()
                    value=line.units.to_string()
                    hint=shelf
                    autocomplete="off"
                    maxlength=9
                />
                <TextField
                    form=&form
                    name="limit"
                    id=id("limit")
                    label=text.limit()
                    need=Need::Optional
                    value=limit
                    hint=text.any()
                    autocomplete="off"
                    maxlength=9
                />
                <div>{save}</div>
            </form>
            <form action=REMOVE method="post">
                <PageField/>
                <input type="hidden" name="id" value=drop.id.clone()/>
                <input type="hidden" name="variant_id" value=line.variant_id.clone()/>
                <button class="btn-text" type="submit">
                    {icon(Icon::Trash)}
                    <span class="visually-hidden">{text.remove(&name)}</span>
                </button>
            </form>
        </section>
    }
    .into_any()
}
