//! Variants of a drop's products that it does not have.

use app::{
    drops::{
        text::Text,
        types::{AdminDrop, DropState, MissingVariants},
    },
    locale::locale,
    ui::form::PageField,
};
use leptos::prelude::*;

use super::lines::ADD;

/// A panel that names them, and takes them in.
pub fn beside(drop: &AdminDrop, products: &[MissingVariants]) -> AnyView {
    if products.is_empty() || drop.state == DropState::CalledOff {
        return ().into_any();
    }
    let text = Text::from(locale());
    let rows: Vec<_> = products
        .iter()
        .map(|product| {
            let variants = product.variants.join(", ");
            view! {
                <li>
                    <form class="row" action=ADD method="post">
                        <PageField/>
                        <input type="hidden" name="id" value=drop.id.clone()/>
                        <input type="hidden" name="product_id" value=product.product_id.clone()/>
                        <span>{product.title.clone()} ": " {variants}</span>
                        <button class="btn btn-small" type="submit">
                            {text.add_variants()}
                            <span class="visually-hidden">" "{product.title.clone()}</span>
                        </button>
                    </form>
                </li>
            }
        })
        .collect();
    view! {
        <section class="panel stack" aria-labelledby="beside">
            <h2 class="panel-title" id="beside">{text.beside()}</h2>
            <p class="muted">{text.beside_why()}</p>
            <ul class="stack">{rows}</ul>
        </section>
    }
    .into_any()
}
