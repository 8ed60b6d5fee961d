//! `/cart`

use app::{
    account::ports::own_orders,
    cart::{ports::cart, text::Text, types::CartView},
    catalog::{ports::catalog, types::Card},
    checkout::{
        ports::checkout,
        types::{Offers, ShippingOffer},
    },
    delivery::{Promise, Start, words::not_all_in_stock},
    identity::Account,
    load::load,
    locale::{href, locale},
    orders::summary::money_or_free,
    shop::shop,
    ui::{
        empty::empty_art,
        field::RefusalBanner,
        form::{FormState, PageField},
        head::private_head,
        icon::{Icon, icon},
    },
    visitor::visitor,
};
use leptos::prelude::*;

use super::{
    line::cart_line,
    notices::{Notices, notices},
    problems::problem_banner,
};
use crate::{
    catalog::pages::card::{Heading, product_grid},
    frame::Frame,
};

#[component]
pub fn CartPage() -> impl IntoView {
    let (carts, catalog, own_orders) = (cart(), catalog(), own_orders());
    let checkout = checkout();
    let visitor = visitor();
    let asked = Notices::asked();
    let data = async move {
        let cart = carts.view(visitor.cart.as_deref()).await?;
        let news = asked
            .find(&*own_orders, visitor.account.as_ref(), &cart)
            .await;
        let popular = match cart.lines.is_empty() {
            // They are an offer: an empty cart is as good a page without them.
            true => catalog
                .home()
                .await
                .map(|home| home.popular.clone())
                .unwrap_or_default(),
            false => Vec::new(),
        };
        let offers = checkout.offers().await?;
        // By the first of the shipping methods, which is the owner's usual one; the checkout has them all.
        let usual = match offers.shipping.first() {
            Some(offer) => Some(Usual {
                promise: match offer.delivery {
                    Some(delivery) => Some(checkout.promised(delivery).await?),
                    None => None,
                },
                offer: offer.clone(),
            }),
            None => None,
        };
        Ok((cart, popular, news, (offers, usual)))
    };
    load(data, |(cart, popular, news, (offers, usual))| {
        let content = match cart.lines.is_empty() {
            true => empty(&popular, &cart.currency),
            false => filled(&cart, &offers, usual.as_ref()),
        };
        view! {
            {private_head(Text::from(locale()).your_cart())}
            <Frame>
                <div class="container">{notices(news)} {content}</div>
            </Frame>
        }
    })
}

/// Why one of the page's forms was refused. The line itself says which field it is about.
fn refusal() -> Option<impl IntoView> {
    let state = use_context::<FormState>()?;
    let is_ours =
        state.action.starts_with("/api/cart/") || state.action == "/api/checkout/validate";
    let mut error = state.error.filter(|_| is_ours)?;
    error.fields.clear();
    Some(view! { <RefusalBanner error/> })
}

/// How long and where a cart that is filled now is kept.
fn kept(days: i64, account: Option<&Account>) -> String {
    let text = Text::from(locale());
    match account {
        Some(_) => text.kept_everywhere(days),
        None => text.kept_here(days),
    }
}

fn empty(popular: &[Card], currency: &str) -> AnyView {
    let text = Text::from(locale());
    let kept = kept(shop().settings.cart_days, visitor().account.as_ref());
    let popular = (!popular.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="popular">
                <div class="section-head">
                    <h2 id="popular">{text.popular()}</h2>
                </div>
                {product_grid(&popular[..popular.len().min(4)], Heading::Third, currency)}
            </section>
        }
    });
    view! {
        {refusal()}
        <div class="empty">
            {empty_art("/art/basket.webp")}
            <h1>{text.cart_is_empty()}</h1>
            <p>{kept}</p>
            <p class="row">
                <a class="btn btn-primary btn-large" href=href("/products")>{text.shop_all()}</a>
            </p>
        </div>
        {popular}
    }
    .into_any()
}

/// The shipping method that the summary reckons with.
struct Usual {
    offer: ShippingOffer,
    /// When an order that is placed now arrives.
    promise: Option<Promise>,
}

fn filled(cart: &CartView, offers: &Offers, usual: Option<&Usual>) -> AnyView {
    let text = Text::from(locale());
    let subtotal = locale().money(cart.subtotal_minor, &cart.currency);
    let said = text.said(cart.count, &subtotal);
    let lines: Vec<_> = cart
        .lines
        .iter()
        .map(|line| cart_line(line, &cart.currency))
        .collect();
    view! {
        // What a script puts in place of itself after a change, and says of it.
        <div data-cart=cart.count.to_string() data-said=said>
            <div class="page-head">
                <h1>{text.your_cart()}</h1>
                <p class="muted">{text.items(cart.count)}</p>
            </div>
            <div class="with-aside">
                <div class="stack">
                    {refusal()} {problem_banner(cart)} <ul class="lines">{lines}</ul>
                    <p>
                        <a class="section-link" href=href("/products")>
                            {icon(Icon::Back)} {text.continue_shopping()}
                        </a>
                    </p>
                </div>
                {summary(cart, offers, usual, subtotal)}
            </div>
        </div>
        <p class="visually-hidden" role="status" data-cart-said></p>
    }
    .into_any()
}

fn summary(cart: &CartView, offers: &Offers, usual: Option<&Usual>, subtotal: String) -> AnyView {
    let text = Text::from(locale());
    let shipping = shipping(cart, usual);
    let said = [offers.more_words(locale()), offers.payment_words(locale())]
        .into_iter()
        .flatten()
        .map(|words| view! { <p class="summary-small">{words}</p> })
        .collect_view();
    view! {
        <aside class="panel panel-soft summary summary-sticky" aria-labelledby="sum">
            <h2 class="panel-title" id="sum">{text.summary()}</h2>
            <dl class="totals">
                <div class="totals-grand">
                    <dt>{text.subtotal()}</dt>
                    <dd>{subtotal}</dd>
                </div>
                {shipping}
                {shop()
                    .settings
                    .includes_tax()
                    .then(|| {
                        view! {
                            <div class="totals-tax">
                                <dt>{text.tax()}</dt>
                                <dd>{text.included()}</dd>
                            </div>
                        }
                    })}
            </dl>
            {nudge(cart.subtotal_minor, offers)}
            {proceed(cart.problems().len())}
            {said}
        </aside>
    }
    .into_any()
}

fn shipping(cart: &CartView, usual: Option<&Usual>) -> AnyView {
    let text = Text::from(locale());
    let Some(Usual { offer, promise }) = usual else {
        return view! {
            <div>
                <dt>{text.shipping()}</dt>
                <dd>{text.at_checkout()}</dd>
            </div>
        }
        .into_any();
    };
    let price = money_or_free(offer.price_for(cart.subtotal_minor), &cart.currency);
    let time = match promise {
        _ if !cart.is_in_stock() => not_all_in_stock(locale()).to_owned(),
        Some(promise) => promise.words(locale(), Start::Payment),
        None => offer.description.clone(),
    };
    let time = (!time.is_empty()).then(|| view! { <small>{time}</small> });
    view! {
        <div>
            <dt>{text.shipping_by(&offer.name)} {time}</dt>
            <dd>{price}</dd>
        </div>
    }
    .into_any()
}

/// How far it is to free shipping, where there is some.
fn nudge(subtotal_minor: i64, offers: &Offers) -> Option<AnyView> {
    let free = offers.free_shipping(subtotal_minor)?;
    let words = free.words(locale(), &offers.currency);
    let class = match free.missing_minor {
        0 => "nudge nudge-reached",
        _ => "nudge",
    };
    // The words say what the bar shows.
    Some(
        view! {
            <div class=class>
                <p>{icon(Icon::Truck)} <span>{words}</span></p>
                <progress
                    max=free.from_minor.to_string()
                    value=(free.from_minor - free.missing_minor).to_string()
                    aria-hidden="true"
                ></progress>
            </div>
        }
        .into_any(),
    )
}

fn proceed(problems: usize) -> impl IntoView {
    let text = Text::from(locale());
    let reason = (problems > 0).then(|| {
        view! {
            <p class="summary-small" id="proceed-error">{text.review_changes(problems as i64)}</p>
        }
    });
    view! {
        {reason}
        <form action=href("/api/checkout/validate") method="post">
            <PageField/>
            <button
                class="btn btn-primary btn-large btn-block"
                type="submit"
                disabled={problems > 0}
                aria-describedby=(problems > 0).then_some("proceed-error")
            >
                {text.to_checkout()}
            </button>
        </form>
    }
}
