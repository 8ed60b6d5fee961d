//! `/admin/stock/{variant}`: what there is of one variant, and how it came to that.

use app::{
    drops::ports::drop_admin,
    identity::{Account, Role},
    locale::locale,
    ui::{
        banner::good_news,
        breadcrumbs::{breadcrumbs, crumb},
        date::time,
        field::{TextField, refusal_of},
        form::{Form, PageField},
        pagination::steps,
        path::path_part,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::admin::{
    frame::{Section, admin_page, refusal, short_number},
    products::{
        in_drops::in_drops,
        rows::{active_badge, stock},
    },
    stock::{
        filter::HERE,
        ports::stock_admin,
        text::Text,
        types::{EDITED, Movement, StockHistory, StockRow},
    },
};

pub const ADJUST: &str = "/api/admin/stock/adjust";
pub const SET: &str = "/api/admin/stock/set";

#[component]
pub fn AdminVariantStockPage() -> impl IntoView {
    let id = path_part("id");
    let query = use_query_map().get_untracked();
    let after = query.get_str("after").map(str::to_owned);
    let asked = Asked {
        is_saved: query.get_str("saved") == Some("1"),
        is_later: after.is_some(),
    };
    let (port, drops) = (stock_admin(), drop_admin());
    let data = async move {
        let row = port.stock_of(&id).await?;
        let history = port.stock_history(&id, after.as_deref()).await?;
        let mut dropped = drops.of_product(&row.product_id).await?;
        dropped.retain(|line| line.variant_id == row.variant_id);
        Ok((row, dropped, history))
    };
    admin_page(
        Role::Staff,
        data,
        move |account, (row, dropped, history)| {
            let title = match row.variant_title.as_str() {
                "" => row.title.clone(),
                variant => format!("{}, {variant}", row.title),
            };
            let dropped = in_drops(account.role, &dropped);
            let content = variant(account, row, dropped, &title, history, asked);
            Section::Stock.page(title, content)
        },
    )
}

/// What the page's address says.
#[derive(Clone, Copy)]
struct Asked {
    /// Something was just saved.
    is_saved: bool,
    /// It is a later part of the history.
    is_later: bool,
}

fn variant(
    account: &Account,
    row: StockRow,
    dropped: AnyView,
    title: &str,
    history: StockHistory,
    asked: Asked,
) -> AnyView {
    let text = Text::from(locale());
    let here = format!("{HERE}/{}", row.variant_id);
    let saved = (asked.is_saved && refusal().is_none()).then(|| good_news(text.stock_adjusted()));
    let editor = (account.role == Role::Admin).then(|| {
        let href = format!("/admin/products/{}", row.product_id);
        view! { <a class="btn-text" href=href>{text.edit_product()}</a> }
    });
    let sku =
        (!row.sku.is_empty()).then(|| view! { <span class="mono muted">{row.sku.clone()}</span> });
    let back = asked.is_later.then(|| here.clone());
    let onward = history
        .after
        .as_ref()
        .map(|after| format!("{here}?after={after}"));
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb(HERE, text.stock()), title)}
            <h1 class="admin-title">{title.to_owned()}</h1>
            <div class="row">{active_badge(row.active)} {sku} {editor}</div>
        </div>
        <div class="stack">
            {saved}
            <p>
                {text.in_stock()}
                <strong>{stock(row.stock)}</strong>
            </p>
            {dropped}
            <div class="admin-cols admin-halves">{adjust(&row, history.form_key)} {set(&row)}</div>
            {movements(history.movements)} {steps(back, onward)}
        </div>
    }
    .into_any()
}

fn adjust(row: &StockRow, form_key: String) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(ADJUST);
    let next = format!("{HERE}/{}?saved=1", row.variant_id);
    view! {
        <section class="panel" aria-labelledby="adjust">
            <h2 class="panel-title" id="adjust">{text.adjust_stock()}</h2>
            {refusal_of(&form)}
            <form class="stack" action=ADJUST method="post" novalidate>
                <PageField/>
                <input type="hidden" name="variant_id" value=row.variant_id.clone()/>
                <input type="hidden" name="next" value=next/>
                <input type="hidden" name="key" value=form_key/>
                <TextField
                    form=&form
                    name="delta"
                    label=text.units()
                    hint=text.units_hint()
                    autocomplete="off"
                />
                <TextField
                    form=&form
                    name="reason"
                    id="adjust-reason"
                    label=text.reason()
                    maxlength=200
                />
                <p>
                    <button class="btn" type="submit">{text.adjust()}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn set(row: &StockRow) -> AnyView {
    let text = Text::from(locale());
    let form = Form::of(SET);
    view! {
        <section class="panel" aria-labelledby="set">
            <h2 class="panel-title" id="set">{text.set_counted_stock()}</h2>
            {refusal_of(&form)}
            <form class="stack" action=SET method="post" novalidate>
                <PageField/>
                <input type="hidden" name="variant_id" value=row.variant_id.clone()/>
                <TextField
                    form=&form
                    name="units"
                    label=text.counted_units()
                    hint=text.difference_recorded()
                    inputmode="numeric"
                    autocomplete="off"
                />
                <TextField
                    form=&form
                    name="reason"
                    id="set-reason"
                    label=text.reason()
                    maxlength=200
                    value=text.counted()
                />
                <p>
                    <button class="btn" type="submit">{text.save()}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn movements(movements: Vec<Movement>) -> AnyView {
    let text = Text::from(locale());
    if movements.is_empty() {
        return view! { <p class="muted">{text.no_movements()}</p> }.into_any();
    }
    let rows: Vec<_> = movements.into_iter().map(movement).collect();
    view! {
        <h2 class="panel-title" id="history">{text.history()}</h2>
        <div class="table-wrap">
            <table class="table table-stack" aria-labelledby="history">
                <thead>
                    <tr>
                        <th scope="col">{text.when()}</th>
                        <th scope="col" class="cell-num">{text.units()}</th>
                        <th scope="col">{text.why()}</th>
                        <th scope="col">{text.who()}</th>
                        <th scope="col">{text.order()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn movement(movement: Movement) -> AnyView {
    let text = Text::from(locale());
    let why = match movement.note.as_str() {
        "" => movement.reason.words().to_owned(),
        EDITED => format!(
            "{}: {}",
            movement.reason.words(),
            text.edited_with_product()
        ),
        note => format!("{}: {note}", movement.reason.words()),
    };
    let who = match movement.actor.as_str() {
        "" => text.shopper().to_owned(),
        actor => actor.to_owned(),
    };
    let order = match (movement.order_id, movement.order_number) {
        (Some(id), Some(number)) => view! {
            {short_number(movement.order_short_number)}
            " "
            <a class="cell-link mono" href=format!("/admin/orders/{id}")>{number}</a>
        }
        .into_any(),
        _ => "–".into_any(),
    };
    view! {
        <tr>
            <td class="cell-first">{time(movement.at)}</td>
            <td class="cell-num" data-label=text.units()>{format!("{:+}", movement.delta)}</td>
            <td data-label=text.why()>{why}</td>
            <td data-label=text.who()>{who}</td>
            <td data-label=text.order()>{order}</td>
        </tr>
    }
    .into_any()
}
