//! What is said beside a product of its way to the shopper: how it is shipped and when that arrives, how it is paid for,
//! and what becomes of it if it goes back.

use app::{
    audience::shown_until,
    catalog::{
        text::Text,
        types::{Availability, Product},
    },
    checkout::{ports::Checkout, types::Offers},
    delivery::{Promise, Start},
    error::ShopResult,
    locale::locale,
    shop::ShopSettings,
    ui::icon::{Icon, icon},
};
use leptos::prelude::*;

/// When what is ordered now arrives.
pub struct Arrivals {
    /// In the order of the shipping methods; none where nothing is said of it.
    promises: Vec<Option<Promise>>,
    /// When they are others.
    until: i64,
}

impl Arrivals {
    /// Nothing for a product that is not there.
    pub async fn of(
        product: &Product,
        offers: &Offers,
        checkout: &dyn Checkout,
    ) -> ShopResult<Option<Self>> {
        let is_there = match product.availability() {
            Availability::InStock | Availability::FewLeft => true,
            Availability::BackOrder | Availability::SoldOut => false,
        };
        let has_days = offers.shipping.iter().any(|offer| offer.delivery.is_some());
        if !is_there || !has_days {
            return Ok(None);
        }
        // Asked first: what is promised may change in between, and then ends at once.
        let until = checkout.promised_until().await?;
        let mut promises = Vec::with_capacity(offers.shipping.len());
        for offer in &offers.shipping {
            promises.push(match offer.delivery {
                Some(delivery) => Some(checkout.promised(delivery).await?),
                None => None,
            });
        }
        Ok(Some(Self { promises, until }))
    }

    fn words(&self, at: usize) -> Option<String> {
        let promise = self.promises.get(at)?.as_ref()?;
        Some(promise.words(locale(), Start::Payment))
    }
}

pub fn notes(
    product: &Product,
    offers: &Offers,
    arrivals: Option<&Arrivals>,
    settings: &ShopSettings,
) -> AnyView {
    // The page is kept for everybody, until one of the dates is another.
    shown_until(arrivals.map(|arrivals| arrivals.until));
    let shipping = offers.shipping_words(locale()).into_iter().enumerate();
    let shipping = shipping.map(|(at, words)| {
        let arrives = arrivals.and_then(|arrivals| arrivals.words(at));
        let arrives = arrives.map(|words| view! { <br/> <small>{words}</small> });
        note(Icon::Truck, view! { {words} {arrives} }.into_any())
    });
    let mut variants = product.variants.iter();
    let late = variants
        .any(|variant| variant.availability == Availability::BackOrder)
        .then(|| Text::from(locale()).back_order_why().to_owned());
    let payment = offers.payment_words(locale()).map(str::to_owned);
    let returns = settings.returns_words(locale());
    let others = [
        (Icon::Truck, late),
        (Icon::Cash, payment),
        (Icon::Return, returns),
    ];
    let others = others
        .into_iter()
        .filter_map(|(kind, words)| Some(note(kind, words?.into_any())));
    let notes = shipping.chain(others).collect_view();
    view! { <ul class="notes">{notes}</ul> }.into_any()
}

fn note(kind: Icon, content: AnyView) -> AnyView {
    view! { <li class="note">{icon(kind)}<span>{content}</span></li> }.into_any()
}
