//! How many there are of what stands in the cart.

use leptos::prelude::*;

use crate::catalog::{
    live::watch,
    stock::{LineStock, VariantStock, status},
    types::Availability,
};

/// For a line whose quantity could be had when the page was made.
#[island]
pub fn LineStock(variant_id: String, title: String, quantity: i64) -> impl IntoView {
    let stock = RwSignal::new(None::<VariantStock>);
    Effect::new(move || {
        let id = variant_id.clone();
        watch(vec![id.clone()], move |told| {
            if told.variant_id == id {
                stock.set(Some(told.clone()));
            }
        });
    });
    let has_fewer = move |stock: &VariantStock| stock.available < quantity && !stock.more;
    let standing = Memo::new(move |_| {
        stock.with(|stock| match stock {
            Some(stock) if has_fewer(stock) && stock.available > 0 => LineStock {
                word: "Fewer left than you asked for",
                ..LineStock::of(Availability::FewLeft)
            },
            Some(stock) => LineStock::of(stock.availability),
            None => LineStock::of(Availability::InStock),
        })
    });
    let words = move || {
        stock.with(|stock| match stock {
            Some(stock) if has_fewer(stock) && stock.available > 0 => {
                let asked = quantity.to_string();
                [&stock.words(), ". You asked for ", &asked, "."].concat()
            }
            Some(stock) => stock.words(),
            None => standing.get().word.to_owned(),
        })
    };
    status(standing, words, [&title, ": "].concat())
}
