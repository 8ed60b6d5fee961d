//! How many there are of what is in the cart.

use leptos::prelude::*;

use app::{
    cart::badge::on_change,
    catalog::{
        live::watch,
        stock::{LineStock, StockWords, VariantStock, status},
        types::Availability,
    },
    ui::counted::counted,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

/// What the island says, in the language of the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LineWords {
    pub stock: StockWords,
    /// Where fewer are left than the line has.
    pub fewer: String,
    /// How many were asked for; `#` is where the number goes.
    pub asked: String,
}

/// Id of the field with a line's quantity.
pub fn field_id(variant_id: &str) -> String {
    ["n-", variant_id].concat()
}

/// The quantity in that field.
fn units_in(field: &str) -> Option<i64> {
    let field = document().get_element_by_id(field)?;
    let field = field.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    field.value().parse().ok()
}

/// For a line whose quantity could be had when the page was made.
#[island]
pub fn LineStock(
    variant_id: String,
    title: String,
    quantity: i64,
    /// How many of them are there, if it is not all.
    on_shelf: Option<i64>,
    words: LineWords,
) -> impl IntoView {
    let stock = RwSignal::new(None::<VariantStock>);
    let quantity = RwSignal::new(quantity);
    Effect::new(move || {
        let id = variant_id.clone();
        let field = field_id(&id);
        on_change(move |_| {
            if let Some(units) = units_in(&field) {
                quantity.set(units);
            }
        });
        watch(vec![id.clone()], move |told| {
            if told.variant_id == id {
                stock.set(Some(told.clone()));
            }
        });
    });
    let has_fewer = move |stock: &VariantStock| stock.available < quantity.get() && !stock.more;
    // How many are there, where that is less than the line has.
    let short = move |stock: Option<&VariantStock>| {
        let on_shelf = stock.map_or(on_shelf, |stock| stock.on_shelf)?;
        (on_shelf < quantity.get()).then_some(on_shelf)
    };
    let LineWords {
        stock: stock_words,
        fewer,
        asked,
    } = words;
    let of_stock = stock_words.clone();
    let standing = Memo::new(move |_| {
        stock.with(|stock| match stock {
            Some(stock) if has_fewer(stock) && stock.available > 0 => LineStock {
                word: fewer.clone(),
                ..LineStock::of(Availability::FewLeft, &of_stock)
            },
            stock if short(stock.as_ref()).is_some() => {
                LineStock::of(Availability::BackOrder, &of_stock)
            }
            Some(stock) => LineStock::of(stock.availability, &of_stock),
            None => LineStock::of(Availability::InStock, &of_stock),
        })
    });
    let words = move || {
        stock.with(|stock| match (stock, short(stock.as_ref())) {
            (Some(stock), short) if has_fewer(stock) && stock.available > 0 => {
                let left = match short {
                    Some(_) => counted(&stock_words.only, stock.available),
                    None => stock.words(&stock_words),
                };
                [left.as_str(), ". ", &counted(&asked, quantity.get())].concat()
            }
            (_, Some(0)) => stock_words.back_order.clone(),
            (_, Some(on_shelf)) => counted(&stock_words.rest, on_shelf),
            (Some(stock), None) => stock.words(&stock_words),
            (None, None) => standing.get().word,
        })
    };
    status(standing, words, [&title, ": "].concat())
}
