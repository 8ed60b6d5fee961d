//! What is found for what someone typed: only what they may open.

use app::{
    catalog::query::encode,
    error::ShopResult,
    identity::{Account, Role},
    orders::status::status_words,
    ui::date::date,
};

use super::{
    ports::{
        AdminSearch, FoundCustomer, FoundNamed, FoundOrder, FoundProduct, Matches, OwnMatches,
    },
    said,
    types::{Found, FoundKind, Group, Hit},
};
use crate::admin::frame::places;

/// Letters that are looked for: fewer are in too much.
const LEAST: usize = 2;
/// Letters of what was typed that are looked at.
const MOST: usize = 100;

pub async fn find(port: &dyn AdminSearch, account: &Account, typed: &str) -> ShopResult<Found> {
    // Of what nobody types on purpose no database is asked.
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = typed.chars().take(MOST).map(printable).collect();
    let text = text.trim();
    if text.chars().count() < LEAST {
        return Ok(Found::default());
    }
    let matches = port.matches(text).await?;
    // What the owner made is the admins' to edit.
    let own = match account.role {
        Role::Admin => port.own(text).await?,
        Role::Staff | Role::Customer => OwnMatches::default(),
    };
    Ok(found(account, text, matches, own))
}

fn found(account: &Account, text: &str, matches: Matches, own: OwnMatches) -> Found {
    let of = |kind, title: &str, hits| Group {
        kind,
        title: title.to_owned(),
        hits,
    };
    let products = matches.products.into_iter();
    let products = products.map(|product| of_product(account.role, product));
    let groups = [
        of(
            FoundKind::Places,
            said().places(),
            places_with(account, text),
        ),
        of(
            FoundKind::Orders,
            said().orders(),
            matches.orders.into_iter().map(of_order).collect(),
        ),
        of(FoundKind::Products, said().products(), products.collect()),
        of(
            FoundKind::Customers,
            said().customers(),
            matches.customers.into_iter().map(of_customer).collect(),
        ),
        of(
            FoundKind::Categories,
            said().categories(),
            named("/admin/categories", own.categories),
        ),
        of(
            FoundKind::Collections,
            said().collections(),
            named("/admin/collections", own.collections),
        ),
        of(
            FoundKind::Pages,
            said().own_pages(),
            named("/admin/pages", own.pages),
        ),
    ];
    Found {
        groups: groups
            .into_iter()
            .filter(|group| !group.hits.is_empty())
            .collect(),
    }
}

fn places_with(account: &Account, text: &str) -> Vec<Hit> {
    let wanted = text.to_lowercase();
    places(account)
        .into_iter()
        .filter(|(_, title)| title.to_lowercase().contains(&wanted))
        .map(|(href, title)| Hit {
            title,
            detail: String::new(),
            href,
        })
        .collect()
}

fn named(list: &str, found: Vec<FoundNamed>) -> Vec<Hit> {
    let hits = found.into_iter().map(|one| Hit {
        title: one.title,
        detail: String::new(),
        href: format!("{list}/{}", one.id),
    });
    hits.collect()
}

fn of_order(order: FoundOrder) -> Hit {
    let short = order.short_number.map(|number| format!("#{number} "));
    let detail = [
        order.name,
        date(order.created_at),
        status_words(order.status).to_owned(),
    ];
    let detail: Vec<_> = detail.into_iter().filter(|part| !part.is_empty()).collect();
    Hit {
        title: format!("{}{}", short.unwrap_or_default(), order.number),
        detail: detail.join(" · "),
        href: format!("/admin/orders/{}", order.id),
    }
}

/// Products are the admins' to edit; the others see their stock.
fn of_product(role: Role, product: FoundProduct) -> Hit {
    let href = match role {
        Role::Admin => format!("/admin/products/{}", product.id),
        Role::Staff | Role::Customer => {
            let query = encode(&[("q".to_owned(), product.title.clone())]);
            format!("/admin/stock?{query}")
        }
    };
    Hit {
        title: product.title,
        detail: product.vendor,
        href,
    }
}

fn of_customer(customer: FoundCustomer) -> Hit {
    let href = format!("/admin/customers/{}", customer.id);
    match customer.name.is_empty() {
        true => Hit {
            title: customer.email,
            detail: String::new(),
            href,
        },
        false => Hit {
            title: customer.name,
            detail: customer.email,
            href,
        },
    }
}
