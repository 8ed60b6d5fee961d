//! `/admin/stock`: what there is of every variant.

use leptos::prelude::*;

use crate::{
    admin::{
        frame::{Section, admin_page, nothing_here, refusal, search_form},
        product_filter::{Cursor, ProductFilter},
        products::list::{asked, stock},
        stock::{
            ports::stock_admin,
            text::Text,
            types::{StockRow, StockTable},
        },
    },
    catalog::picture::small,
    identity::{Account, Role},
    locale::locale,
    money::plain_amount,
    shop::shop,
    ui::{
        banner::done,
        field::{RefusalBanner, error_line},
        form::{Form, FormState, PageField},
        pagination::steps,
    },
};

pub const HERE: &str = "/admin/stock";
pub const SET: &str = "/api/admin/stock/set";
pub const SET_PRICE: &str = "/api/admin/prices/set";

#[component]
pub fn AdminStockPage() -> impl IntoView {
    let filter = asked();
    let shown = filter.clone();
    let port = stock_admin();
    let data = async move { port.stock(&filter).await };
    admin_page(Role::Staff, data, move |account, table| {
        let title = Text::from(locale()).stock();
        Section::Stock.page(title, list(account, &shown, table))
    })
}

fn href(filter: &ProductFilter) -> String {
    match filter.query() {
        query if query.is_empty() => HERE.to_owned(),
        query => format!("{HERE}?{query}"),
    }
}

fn list(account: &Account, filter: &ProductFilter, table: StockTable) -> AnyView {
    let text = Text::from(locale());
    let at = |cursor: Option<Cursor>| {
        cursor.map(|cursor| {
            href(&ProductFilter {
                cursor: Some(cursor),
                ..filter.clone()
            })
        })
    };
    let (back, onward) = (
        at(table.before.clone().map(Cursor::Before)),
        at(table.after.clone().map(Cursor::After)),
    );
    let here = href(filter);
    let search = filter.text.clone().unwrap_or_default();
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.stock()}</h1>
            {search_form(HERE, text.search_stock(), search, Vec::new())}
        </div>
        {done(&[("units", text.stock_saved()), ("price", text.price_saved())])}
        {table_refusal()}
        {rows(account, table.rows, &here)}
        {steps(back, onward)}
        <script type="module" src="/admin-assets/inline.js"></script>
    }
    .into_any()
}

/// The address of the table once a field of it is set, so that it says so.
fn next(here: &str, field: &str) -> String {
    let sign = if here.contains('?') { '&' } else { '?' };
    format!("{here}{sign}done={field}")
}

/// Every row has fields of the same names.
fn field_id(field: &str, variant_id: &str) -> String {
    format!("{field}-{variant_id}")
}

/// Why a form of the table was refused. Each is about one field, whatever the refusal calls it.
fn table_refusal() -> Option<impl IntoView> {
    let action = use_context::<FormState>()?.action;
    let field = match action.as_str() {
        SET_PRICE => "price",
        _ => "units",
    };
    let id = field_id(field, &Form::of(&action).value("variant_id", ""));
    let mut error = refusal()?;
    for wrong in &mut error.fields {
        wrong.field = id.clone();
    }
    Some(view! { <RefusalBanner error/> })
}

/// One field of the table in a form of its own, as it was typed if it was refused.
struct Typed {
    id: String,
    value: String,
    error: Option<String>,
}

impl Typed {
    fn of(action: &str, field: &str, row: &StockRow, stored: &str) -> Self {
        let id = field_id(field, &row.variant_id);
        let form = Form::of(action);
        let refusal = form
            .refusal()
            .filter(|_| form.value("variant_id", "") == row.variant_id);
        match refusal {
            Some(refusal) => Self {
                id,
                value: form.value(field, ""),
                error: Some(match refusal.fields.into_iter().next() {
                    Some(wrong) => wrong.message,
                    None => refusal.message,
                }),
            },
            None => Self {
                id,
                value: stored.to_owned(),
                error: None,
            },
        }
    }
}

fn rows(account: &Account, rows: Vec<StockRow>, here: &str) -> AnyView {
    let text = Text::from(locale());
    if rows.is_empty() {
        let way_on = (HERE, text.show_all_stock());
        return nothing_here(text.nothing_found(), text.no_variants_match(), way_on);
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| table_row(account, row, here))
        .collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">{text.stock()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.variant()}</th>
                        <th scope="col">{text.sku()}</th>
                        <th scope="col" class="cell-num">{text.stock()}</th>
                        <th scope="col">{text.counted()}</th>
                        <th scope="col">{text.price()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn table_row(account: &Account, row: StockRow, here: &str) -> AnyView {
    let text = Text::from(locale());
    let image = row.picture_src.as_deref().map(|src| {
        view! { <img src=small(src) width="256" height="256" alt="" loading="lazy"/> }
    });
    let sub = (!row.variant_title.is_empty())
        .then(|| view! { <span class="cell-sub">{row.variant_title.clone()}</span> });
    let price = price(account, &row, here);
    let units = inline_set(
        &row,
        here,
        Settable {
            action: SET,
            field: "units",
            label: text.counted_units(),
            inputmode: "numeric",
            kept: ("reason", text.counted()),
            stored: "",
        },
    );
    view! {
        <tr>
            <td class="cell-first">
                <div class="cell-main">
                    <span class="pic pic-xs">{image}</span>
                    <span>
                        <a href=format!("{HERE}/{}", row.variant_id)>{row.title.clone()}</a>
                        {sub}
                    </span>
                </div>
            </td>
            <td data-label=text.sku()>{if row.sku.is_empty() { "–".to_owned() } else { row.sku }}</td>
            <td class="cell-num" data-label=text.stock() data-shows="stock">{stock(row.stock)}</td>
            <td data-label=text.counted()>{units}</td>
            <td data-label=text.price()>{price}</td>
        </tr>
    }
    .into_any()
}

/// Admins set a price where they see it; what it was goes along, so that nobody else's is undone.
fn price(account: &Account, row: &StockRow, here: &str) -> AnyView {
    let currency = &shop().settings.currency;
    if account.role != Role::Admin {
        return locale().money(row.price_minor, currency).into_any();
    }
    let present = plain_amount(row.price_minor, currency);
    let price = Settable {
        action: SET_PRICE,
        field: "price",
        label: Text::from(locale()).price(),
        inputmode: "decimal",
        kept: ("price_was", &present),
        stored: &present,
    };
    inline_set(row, here, price)
}

/// A field of a row that is set in a form of its own.
struct Settable<'a> {
    action: &'static str,
    field: &'static str,
    /// What the field is, said before what it is of.
    label: &'static str,
    inputmode: &'static str,
    /// Name and value of what goes along unseen.
    kept: (&'static str, &'a str),
    /// What the field holds before anything is typed.
    stored: &'a str,
}

fn inline_set(row: &StockRow, here: &str, what: Settable<'_>) -> AnyView {
    let Settable {
        action,
        field,
        label,
        inputmode,
        kept: (kept_name, kept),
        stored,
    } = what;
    let text = Text::from(locale());
    let of = format!("{} {}", row.title, row.variant_title);
    let label = text.what_of(of.trim_end(), label);
    let Typed { id, value, error } = Typed::of(action, field, row, stored);
    view! {
        <form
            class="inline-set"
            data-in-place
            data-saved=text.saved()
            data-unreachable=text.unreachable()
            data-rejected=text.rejected()
            action=action
            method="post"
        >
            <PageField/>
            <input type="hidden" name="variant_id" value=row.variant_id.clone()/>
            <input type="hidden" name=kept_name value=kept.to_owned()/>
            <input type="hidden" name="next" value=next(here, field)/>
            <input
                class="input nums"
                id=id.clone()
                name=field
                inputmode=inputmode
                autocomplete="off"
                required
                value=value
                aria-label=label
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| format!("{id}-error"))
            />
            <button class="btn btn-small" type="submit">{text.save()}</button>
        </form>
        {error_line(&id, error)}
    }
    .into_any()
}
