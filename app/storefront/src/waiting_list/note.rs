//! The way to the waiting list, where something is sold out.

use app::{
    catalog::types::{Availability, Card},
    drops::types::{Drop, DropPhase},
    locale::{href, locale},
    slot::{ShownProduct, Supply},
    waiting_list::text::Text,
};
use leptos::prelude::*;

use super::{
    live::{TakenNow, TakenWords},
    page::of_product,
};

/// Where the way from a drop's page begins.
pub const OF_DROP: &str = "waiting-list";

/// The style sheet shows it while the choice that is shown is sold out.
pub fn on_product_page(product: ShownProduct<'_>) -> AnyView {
    let text = Text::from(locale());
    let words = match product.supply {
        Supply::ToBeHad => return ().into_any(),
        Supply::Partly => text.partly_sold_out_note(),
        Supply::SoldOut => text.sold_out_note(),
    };
    let to_list = href(&of_product(product.id));
    view! {
        <div class="instead">
            <p class="instead-title">{words}</p>
            <p><a class="btn" href=to_list>{text.to_waiting_list()}</a></p>
        </div>
    }
    .into_any()
}

/// On the page of a drop that is open, what of it is sold out.
pub fn of_drop(drop: &Drop) -> Option<AnyView> {
    let is_out = |card: &&Card| card.availability == Availability::SoldOut;
    let sold_out: Vec<&Card> = drop.products.iter().filter(is_out).collect();
    if drop.phase != DropPhase::Open || sold_out.is_empty() {
        return None;
    }
    let text = Text::from(locale());
    let all = (sold_out.len() == drop.products.len()).then(|| {
        let words = TakenWords {
            all_taken: text.all_taken().to_owned(),
            paying: text.paying_now("#"),
            minutes: text.decided_in("#"),
            there_again: text.there_again().to_owned(),
            reload: text.reload().to_owned(),
        };
        view! { <TakenNow slug=drop.slug.clone() words=words/> }
    });
    let links: Vec<_> = sold_out
        .iter()
        .map(|card| {
            let to_list = href(&of_product(&card.id));
            view! { <li><a class="btn-text" href=to_list>{card.title.clone()}</a></li> }
        })
        .collect();
    let view = view! {
        <section class="panel stack drop-list" aria-labelledby=OF_DROP>
            <h2 class="panel-title" id=OF_DROP>{text.waiting_list()}</h2>
            {all}
            <p>{text.in_turn_why()}</p>
            <ul>{links}</ul>
        </section>
    };
    Some(view.into_any())
}
