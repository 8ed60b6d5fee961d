//! The rows of the table of stock: one form for all of them, with one button.

use app::{
    catalog::picture::thumb,
    error::ShopError,
    identity::{Account, Role},
    locale::locale,
    money::plain_amount,
    shop::shop,
    ui::{
        field::{RefusalBanner, TextField, error_line},
        form::{Form, PageField},
    },
};
use leptos::prelude::*;

use super::{
    filter::{StockFilter, StockSort},
    text::Text,
    types::{StockRow, StockTable},
};
use crate::admin::{
    frame::sort::{Way, sort_head},
    products::rows::stock,
    stock::filter::HERE,
};

pub const SAVE: &str = "/api/admin/stock/save";
const FORM: &str = "stock-form";

/// What came back with a refused form.
pub struct Typed(Form);

impl Typed {
    pub fn of_form() -> Self {
        Self(Form::of(SAVE))
    }

    /// Place and variant of each row that was sent.
    fn sent(&self) -> impl Iterator<Item = (&str, &str)> {
        let values = self.0.values().unwrap_or_default();
        values.iter().filter_map(|(name, value)| {
            let place = name.strip_prefix("rows[")?;
            let place = place.strip_suffix("][variant_id]")?;
            Some((place, value.as_str()))
        })
    }

    /// Those of which something was typed.
    pub fn variants(&self) -> Vec<String> {
        let changed = |place: &str| {
            let value = |field: &str| self.0.value(&format!("rows[{place}][{field}]"), "");
            !value("units").trim().is_empty() || value("price") != value("price_was")
        };
        let sent = self.sent().filter(|(place, _)| changed(place));
        sent.map(|(_, id)| id.to_owned()).collect()
    }

    /// A field of a variant's row: as it was typed, or `stored` where none was.
    fn field(&self, variant_id: &str, field: &'static str, stored: &str) -> Typing {
        let id = field_id(field, variant_id);
        let place = self.sent().find(|(_, sent)| *sent == variant_id);
        let Some((place, _)) = place else {
            return Typing {
                id,
                value: stored.to_owned(),
                error: None,
            };
        };
        let name = format!("rows[{place}][{field}]");
        Typing {
            id,
            value: self.0.value(&name, ""),
            error: self.0.error(&name),
        }
    }

    /// What a field was when the form was made: of one that was told of a change, what is stored now.
    fn was(
        &self,
        typing: &Typing,
        variant_id: &str,
        field: &'static str,
        stored: String,
    ) -> String {
        match self.0.is_overtaken() && typing.error.is_some() {
            true => stored,
            false => self.field(variant_id, field, &stored).value,
        }
    }

    /// The refusal with the ids of the page's fields.
    fn refusal(&self) -> Option<ShopError> {
        let mut error = self.0.refusal()?;
        for wrong in &mut error.fields {
            for (place, variant_id) in self.sent() {
                for field in ["units", "price"] {
                    if wrong.field == format!("rows[{place}][{field}]") {
                        wrong.field = field_id(field, variant_id);
                    }
                }
            }
        }
        Some(error)
    }
}

struct Typing {
    id: String,
    value: String,
    error: Option<String>,
}

fn field_id(field: &str, variant_id: &str) -> String {
    format!("{field}-{variant_id}")
}

/// Why nothing was saved.
pub fn refused_banner(typed: &Typed) -> Option<AnyView> {
    let error = typed.refusal()?;
    let words = Text::from(locale()).nothing_saved();
    Some(
        view! {
            <RefusalBanner error/>
            <p class="muted stock-refused">{words}</p>
        }
        .into_any(),
    )
}

pub fn rows(account: &Account, filter: &StockFilter, table: StockTable, typed: &Typed) -> AnyView {
    let text = Text::from(locale());
    let here = filter.href();
    let sign = if here.contains('?') { '&' } else { '?' };
    let next = format!("{here}{sign}done=saved");
    let form = &typed.0;
    let key = form.value("key", table.form_key.clone());
    let cells: Vec<_> = table
        .rows
        .iter()
        .enumerate()
        .map(|(place, row)| table_row(account, place, row, &table, typed))
        .collect();
    let reasons = [
        text.counted(),
        text.delivered(),
        text.damaged(),
        text.lost(),
        text.returned_unsold(),
    ]
    .map(|reason| view! { <option value=reason></option> })
    .collect_view();
    view! {
        <form
            id=FORM
            class="stock-form"
            action=SAVE
            method="post"
            novalidate
            data-more=text.one_more("{title}")
            data-fewer=text.one_fewer("{title}")
        >
            <PageField/>
            <input type="hidden" name="next" value=next/>
            <input type="hidden" name="key" value=key/>
            <p class="muted small" id="stock-hint">{text.change_hint()}</p>
            <div class="table-wrap">
                <table class="table table-stack stock-table">
                    <caption class="visually-hidden">{text.stock()}</caption>
                    {heads(filter)}
                    <tbody>{cells}</tbody>
                </table>
            </div>
            <div class="save-bar stock-save">
                <TextField
                    form=form
                    name="reason"
                    label=text.reason_of_changes()
                    value=text.counted()
                    maxlength=200
                    list="stock-reasons"
                    class="stock-reason"
                />
                <datalist id="stock-reasons">{reasons}</datalist>
                <a class="btn-text" href=here>{text.discard()}</a>
                <button class="btn btn-primary" type="submit">{text.save_changes()}</button>
            </div>
        </form>
    }
    .into_any()
}

fn heads(filter: &StockFilter) -> AnyView {
    let text = Text::from(locale());
    let by = |sort| filter.sorted(sort).href();
    let (title_way, title_href) = match filter.sort {
        StockSort::Title => (Some(Way::Up), by(StockSort::Newest)),
        _ => (None, by(StockSort::Title)),
    };
    let (units_way, units_href) = match filter.sort {
        StockSort::Fewest => (Some(Way::Up), by(StockSort::Most)),
        StockSort::Most => (Some(Way::Down), by(StockSort::Fewest)),
        _ => (None, by(StockSort::Fewest)),
    };
    view! {
        <thead>
            <tr>
                {sort_head("", text.variant(), title_href, title_way)}
                {sort_head("cell-num", text.available(), units_href, units_way)}
                <th scope="col" class="cell-num">{text.held()}</th>
                <th scope="col">{text.change_stock()}</th>
                <th scope="col" class="cell-num">{text.price()}</th>
            </tr>
        </thead>
    }
    .into_any()
}

fn table_row(
    account: &Account,
    place: usize,
    row: &StockRow,
    table: &StockTable,
    typed: &Typed,
) -> AnyView {
    let text = Text::from(locale());
    let free = match row.tracked {
        true => stock(row.stock),
        false => view! { <span class="muted">{text.not_tracked()}</span> }.into_any(),
    };
    let more = if table.held_is_part { "+" } else { "" };
    let held = match table.held.get(&row.variant_id) {
        Some(held) => format!("{held}{more}"),
        None => "–".to_owned(),
    };
    view! {
        <tr>
            <td class="cell-first">
                <input type="hidden" name=format!("rows[{place}][variant_id]") value=row.variant_id.clone()/>
                {variant_cell(row)}
            </td>
            <td class="cell-num" data-label=text.available() data-shows="stock">{free}</td>
            <td class="cell-num" data-label=text.held()>{held}</td>
            <td class="stock-change" data-label=text.change_stock()>{units_field(place, row, typed)}</td>
            <td class="cell-num stock-price" data-label=text.price()>
                {price_cell(account, place, row, typed)}
            </td>
        </tr>
    }
    .into_any()
}

fn variant_cell(row: &StockRow) -> impl IntoView + use<> {
    let image = thumb(&row.picture);
    let said = [row.variant_title.as_str(), row.sku.as_str()];
    let said: Vec<_> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let sub =
        (!said.is_empty()).then(|| view! { <span class="cell-sub">{said.join(" · ")}</span> });
    view! {
        <div class="cell-main">
            <span class="pic pic-xs">{image}</span>
            <span>
                <a href=format!("{HERE}/{}", row.variant_id)>{row.title.clone()}</a>
                {sub}
            </span>
        </div>
    }
}

fn name_of(row: &StockRow) -> String {
    match row.variant_title.as_str() {
        "" => row.title.clone(),
        variant => format!("{} {variant}", row.title),
    }
}

fn units_field(place: usize, row: &StockRow, typed: &Typed) -> Option<AnyView> {
    if !row.tracked {
        return None;
    }
    let name = name_of(row);
    let typing = typed.field(&row.variant_id, "units", "");
    let was = typed.was(&typing, &row.variant_id, "units_was", row.stock.to_string());
    let label = Text::from(locale()).change_stock_of(&name);
    let field = row_field(RowField {
        place,
        name: "units",
        label,
        inputmode: "text",
        hint: Some("stock-hint"),
        typing,
        was,
    });
    Some(view! { <div class="stock-units" data-title=name>{field}</div> }.into_any())
}

/// Admins set a price where they see it; what it was goes along, so that nobody else's is undone.
fn price_cell(account: &Account, place: usize, row: &StockRow, typed: &Typed) -> AnyView {
    let currency = &shop().settings.currency;
    if account.role != Role::Admin {
        return locale().money(row.price_minor, currency).into_any();
    }
    let present = plain_amount(row.price_minor, currency);
    let typing = typed.field(&row.variant_id, "price", &present);
    let was = typed.was(&typing, &row.variant_id, "price_was", present);
    row_field(RowField {
        place,
        name: "price",
        label: Text::from(locale()).price_of(&name_of(row)),
        inputmode: "decimal",
        hint: None,
        typing,
        was,
    })
}

struct RowField {
    place: usize,
    name: &'static str,
    label: String,
    inputmode: &'static str,
    hint: Option<&'static str>,
    typing: Typing,
    was: String,
}

/// A field of a row, and what it was along with it.
fn row_field(field: RowField) -> AnyView {
    let RowField {
        place,
        name,
        label,
        inputmode,
        hint,
        typing: Typing { id, value, error },
        was,
    } = field;
    let described = match (&error, hint) {
        (Some(_), Some(hint)) => Some(format!("{id}-error {hint}")),
        (Some(_), None) => Some(format!("{id}-error")),
        (None, hint) => hint.map(str::to_owned),
    };
    view! {
        <input type="hidden" name=format!("rows[{place}][{name}_was]") value=was/>
        <input
            class="input nums"
            id=id.clone()
            name=format!("rows[{place}][{name}]")
            inputmode=inputmode
            autocomplete="off"
            value=value
            aria-label=label
            aria-invalid=error.is_some().then_some("true")
            aria-describedby=described
        />
        {error_line(&id, error)}
    }
    .into_any()
}
