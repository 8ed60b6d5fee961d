//! What prevents the cart from being bought as it is, each with a button that mends it.

use app::{
    cart::{
        text::Text,
        types::{AcceptedChange, CartLine, CartView},
    },
    error::{BuyerLimit, ErrorKind, LineProblem},
    locale::{href, locale},
    ui::{
        form::PageField,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

/// The id of a line's list item, so that the banner can lead to it.
pub fn line_id(variant_id: &str) -> String {
    format!("line-{variant_id}")
}

/// All problems of the cart; nothing if there are none.
pub fn problem_banner(cart: &CartView) -> AnyView {
    let rows: Vec<_> = cart
        .lines
        .iter()
        .filter_map(|line| {
            line.problem
                .as_ref()
                .map(|problem| row(line, problem, &cart.currency))
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let title = Text::from(locale()).items_have_changed();
    let accept_all = accept_all(cart);
    view! {
        <div class="banner banner-bad" id="problems" role="alert" tabindex="-1">
            {icon(Icon::Alert)}
            <div class="banner-body">
                <h2 class="banner-title">{title}</h2>
                <ul>{rows}</ul>
                {accept_all}
            </div>
        </div>
    }
    .into_any()
}

/// All that is shown, agreed to at once, as far as it is for the shopper to agree.
fn accept_all(cart: &CartView) -> Option<impl IntoView + use<>> {
    let changes: Vec<_> = cart.lines.iter().filter_map(accepted).collect();
    if changes.is_empty() {
        return None;
    }
    let words = Text::from(locale()).accept_all(changes.len() as i64);
    let fields = changes.into_iter().enumerate().map(|(at, change)| {
        let field = |name: &str, value: String| {
            let name = format!("changes[{at}][{name}]");
            view! { <input type="hidden" name=name value=value/> }
        };
        view! {
            {field("variant_id", change.variant_id)}
            {field("quantity", change.quantity.to_string())}
            {field("price_minor", change.price_minor.to_string())}
        }
    });
    let form = view! {
        <form action=href("/api/cart/accept-all") method="post">
            <PageField/>
            {fields.collect_view()}
            <button class="btn btn-primary" type="submit">{words}</button>
        </form>
    };
    Some(form)
}

/// What the banner says of a line, as it would be then.
fn accepted(line: &CartLine) -> Option<AcceptedChange> {
    let problem = line.problem.as_ref()?;
    let (quantity, price_minor) = match problem.kind {
        // What is for sale is taken out by its own button.
        ErrorKind::LimitReached if problem.available == 0 => return None,
        // It is waited for in the cart.
        ErrorKind::NotYet | ErrorKind::Waiting => return None,
        ErrorKind::Insufficient | ErrorKind::LimitReached => {
            (problem.available, line.unit_price_minor)
        }
        ErrorKind::PriceChanged => (line.quantity, problem.price_minor),
        _ => (0, line.unit_price_minor),
    };
    Some(AcceptedChange {
        variant_id: line.variant_id.clone(),
        quantity,
        price_minor,
    })
}

/// Under the line itself, in a few words.
pub fn in_short(line: &CartLine, problem: &LineProblem, currency: &str) -> String {
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, currency);
    match problem.kind {
        ErrorKind::SoldOut => text.sold_out().to_owned(),
        ErrorKind::NotYet => text.not_yet().to_owned(),
        ErrorKind::Waiting => text.waiting().to_owned(),
        ErrorKind::Insufficient => {
            text.only_left(&problem.available.to_string(), &line.quantity.to_string())
        }
        ErrorKind::PriceChanged => text.price_changed(
            &money(problem.seen_price_minor),
            &money(problem.price_minor),
        ),
        ErrorKind::LimitReached => match &problem.limit {
            Some(BuyerLimit {
                units,
                ordered: Some(ordered),
            }) => text.limit_ordered(&ordered.to_string(), &units.to_string()),
            Some(BuyerLimit { units, .. }) => text.limit_reached(&units.to_string()),
            None => text.no_longer_available().to_owned(),
        },
        _ => text.no_longer_available().to_owned(),
    }
}

fn row(line: &CartLine, problem: &LineProblem, currency: &str) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let money = |minor| locale().money(minor, currency);
    let words = match problem.kind {
        ErrorKind::SoldOut => text.row_sold_out().to_owned(),
        ErrorKind::NotYet => text.row_not_yet().to_owned(),
        ErrorKind::Waiting => text.row_waiting().to_owned(),
        ErrorKind::Insufficient => text.row_only_left(&problem.available.to_string()),
        ErrorKind::PriceChanged => text.row_price_changed(
            &money(problem.seen_price_minor),
            &money(problem.price_minor),
        ),
        ErrorKind::LimitReached => match &problem.limit {
            Some(BuyerLimit {
                units,
                ordered: Some(ordered),
            }) => text.row_limit_ordered(&ordered.to_string(), &units.to_string()),
            Some(BuyerLimit { units, .. }) => text.row_limit_reached(&units.to_string()),
            None => text.row_no_longer_available().to_owned(),
        },
        _ => text.row_no_longer_available().to_owned(),
    };
    view! {
        <li class="banner-row">
            <span>
                <a class="link" href=format!("#{}", line_id(&line.variant_id))>{full_title(line)}</a>
                {words}
            </span>
            {remedies(line, problem, currency)}
        </li>
    }
}

/// `Skerry Walking Boot, 42 / Amber`: two variants of a product need telling apart.
fn full_title(line: &CartLine) -> String {
    match line.variant_title.as_str() {
        "" => line.title.clone(),
        variant => format!("{}, {variant}", line.title),
    }
}

fn remedies(line: &CartLine, problem: &LineProblem, currency: &str) -> AnyView {
    match problem.kind {
        ErrorKind::Insufficient => change_quantity(line, problem.available).into_any(),
        ErrorKind::LimitReached if problem.available > 0 => {
            change_quantity(line, problem.available).into_any()
        }
        ErrorKind::PriceChanged => view! {
            <div class="row">
                {accept_price(line, problem.price_minor, currency)}
                {remove(line)}
            </div>
        }
        .into_any(),
        _ => remove(line).into_any(),
    }
}

fn change_quantity(line: &CartLine, available: i64) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <form action=href("/api/cart/update") method="post">
            <PageField/>
            <input type="hidden" name="variant_id" value=line.variant_id.clone()/>
            <input type="hidden" name="quantity" value=available.to_string()/>
            <button class="btn btn-small" type="submit">
                {text.change_to(&available.to_string())}
                {of(line)}
            </button>
        </form>
    }
}

fn accept_price(line: &CartLine, price_minor: i64, currency: &str) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <form action=href("/api/cart/accept-price") method="post">
            <PageField/>
            <input type="hidden" name="variant_id" value=line.variant_id.clone()/>
            <input type="hidden" name="price_minor" value=price_minor.to_string()/>
            <button class="btn btn-small" type="submit">
                {text.accept(&locale().money(price_minor, currency))}
                {of(line)}
            </button>
        </form>
    }
}

fn remove(line: &CartLine) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <form action=href("/api/cart/remove") method="post">
            <PageField/>
            <input type="hidden" name="variant_id" value=line.variant_id.clone()/>
            <button class="btn btn-small" type="submit">{text.remove()} {of(line)}</button>
        </form>
    }
}

/// Which line a button is about, for those who hear it without its surroundings.
fn of(line: &CartLine) -> impl IntoView + use<> {
    view! { <span class="visually-hidden">{format!(" ({})", full_title(line))}</span> }
}
