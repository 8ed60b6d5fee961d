//! Putting a product into the cart from its card: only one without options, for what else is to be
//! chosen is on its own page.
//!
//! It is the form of the product's page in small. What is refused is told there, where there is room
//! for it and for what else there is.

use app::{
    catalog::{
        address,
        text::Text,
        types::{Availability, Card},
    },
    locale::{href, locale},
    ui::{
        form::PAGE,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

pub fn is_offered(product: &Card) -> bool {
    product.options == 0 && product.availability != Availability::SoldOut
}

pub fn quick_add(product: &Card) -> Option<AnyView> {
    let text = Text::from(locale());
    let form = || {
        view! {
            <form class="quick-add" action=href("/api/cart/add") method="post">
                <input type="hidden" name=PAGE value=address::product(&product.slug)/>
                <input type="hidden" name="product_id" value=product.id.clone()/>
                <input type="hidden" name="quantity" value="1"/>
                <button
                    class="btn btn-small"
                    type="submit"
                    aria-label=text.quick_add_what(&product.title)
                >
                    {icon(Icon::Plus)}
                    {text.quick_add()}
                </button>
            </form>
        }
        .into_any()
    };
    is_offered(product).then(form)
}

/// Where a script says why one of the forms of a grid of cards was refused, and the script.
pub fn said(cards: &[Card]) -> Option<AnyView> {
    let said = || {
        view! {
            <div class="quick-said" data-page=href("/cart")>
                <div class="toast" role="alert" hidden>
                    {icon(Icon::Alert)}
                    <span></span>
                </div>
                {touch()}
            </div>
        }
        .into_any()
    };
    cards.iter().any(is_offered).then(said)
}

/// The script that loads what makes lists and cards act at once, when a shopper first touches them.
pub fn touch() -> impl IntoView {
    view! { <script type="module" src="/shop-assets/touch.js"></script> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_or_sold_out_is_not_offered() {
        let card = |options, availability| Card {
            id: "id".to_owned(),
            slug: "rope".to_owned(),
            title: "Rope".to_owned(),
            vendor: String::new(),
            picture: None,
            price_min_minor: 900,
            price_max_minor: 900,
            compare_at_minor: None,
            availability,
            variants: 1,
            options,
            sold_from: None,
            second_picture: None,
            colours: Vec::new(),
        };
        assert!(is_offered(&card(0, Availability::InStock)));
        assert!(is_offered(&card(0, Availability::FewLeft)));
        assert!(!is_offered(&card(0, Availability::SoldOut)));
        assert!(!is_offered(&card(1, Availability::InStock)));
    }
}
