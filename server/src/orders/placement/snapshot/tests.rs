//! Any batching against orders one by one.

mod kept;
mod queues;
mod world;

use app::{
    brakes::{HeldBy, HoldLimits},
    contact::Contact,
    locale::Locale,
    orders::details::Particulars,
};
use proptest::prelude::*;
use world::{Back, Happens, World};

use super::*;
use crate::{
    buyer_limits::decide::{Limit, Scope},
    cart::check::Offer,
};

/// Of the shop, a variant and a product; all variants are of two products.
fn limits([shop, variant, product]: [i64; 3]) -> Limits {
    let limit = |id: &str, scope, units| Limit {
        id: id.to_owned(),
        scope,
        units,
        days: 0,
    };
    Limits {
        limits: vec![
            limit("a", Scope::Shop, shop),
            limit("b", Scope::Variant("v0".to_owned()), variant),
            limit("c", Scope::Product("p1".to_owned()), product),
        ],
        used: BTreeMap::new(),
    }
}

fn intent(n: usize, cart: usize, key: usize, total: i64) -> Intent {
    Intent {
        checkout_key: format!("key-{key}"),
        cart_hash: format!("cart-{cart}"),
        account_id: None,
        network: String::new(),
        locale: Locale::default(),
        contact: Contact {
            country: "DE".to_owned(),
            // Some carts are one buyer's.
            email: format!("{}@example.com", cart % 3),
            ..Contact::default()
        },
        particulars: Particulars::default(),
        shipping: "standard".to_owned(),
        payment: Ok(PaymentChoice {
            method: "cash_on_delivery".to_owned(),
            token: String::new(),
            label: String::new(),
        }),
        method: "cash_on_delivery",
        settlement: Settlement::OnDelivery,
        expected_total_minor: total,
        terms: None,
        names: None,
        tickets: Vec::new(),
        order_id: format!("order-{n}"),
        number: format!("N{n}"),
        token: format!("t{n}"),
    }
}

fn world() -> impl Strategy<Value = World> {
    let offer = (prop::bool::weighted(0.9), 0i64..8, 1i64..3);
    let line = (0usize..4, 1i64..4, 1i64..3);
    (
        prop::collection::vec(offer, 4),
        prop::collection::vec(prop::collection::btree_map(0usize..4, line, 0..4), 8),
        (3i64..12, 2i64..6, 2i64..8),
        (0i64..12, 0i64..8),
    )
        .prop_map(|(offers, carts, (shop, variant, product), held)| World {
            stock: offers
                .into_iter()
                .enumerate()
                .map(|(n, (active, stock, price_minor))| {
                    (
                        format!("v{n}"),
                        Offer {
                            active,
                            stock,
                            price_minor,
                            sold_from: None,
                        },
                    )
                })
                .collect(),
            carts: carts
                .into_iter()
                .enumerate()
                .map(|(n, lines)| {
                    let lines = lines
                        .into_iter()
                        .map(|(v, (_, quantity, price))| (format!("v{v}"), quantity, price))
                        .collect();
                    (format!("cart-{n}"), lines)
                })
                .collect(),
            existing: BTreeMap::new(),
            open: Vec::new(),
            limits: limits([shop, variant, product]),
            held: Held {
                limits: Some(
                    HoldLimits::default()
                        .with(HeldBy::Network, held.0)
                        .with(HeldBy::Address, held.1),
                ),
                units: BTreeMap::new(),
            },
            kept: BTreeMap::new(),
        })
}

/// A cart that is ordered under a key, at the price that is shown or at another; or what goes back.
#[derive(Debug, Clone)]
enum Pick {
    Order(usize, usize, bool),
    Cancel(usize),
    Refund(usize, usize),
}

fn pick() -> impl Strategy<Value = Pick> {
    prop_oneof![
        6 => (0usize..8, 0usize..10, prop::bool::weighted(0.9))
            .prop_map(|(cart, key, honest)| Pick::Order(cart, key, honest)),
        1 => (0usize..10).prop_map(Pick::Cancel),
        1 => (0usize..10, 0usize..3).prop_map(|(key, line)| Pick::Refund(key, line)),
    ]
}

proptest! {
    #[test]
    fn any_batching_gives_what_one_by_one_in_order_of_arrival_gives(
        start in world(),
        picks in prop::collection::vec(pick(), 1..28),
        cuts in prop::collection::vec(1usize..6, 28),
    ) {
        let happens: Vec<Happens> = picks
            .iter()
            .enumerate()
            .map(|(n, pick)| match pick {
                Pick::Order(cart, key, honest) => {
                    let total: i64 = start.carts[&format!("cart-{cart}")]
                        .iter()
                        .map(|(_, quantity, price)| quantity * price)
                        .sum();
                    let total = if *honest { total } else { total + 1 };
                    Happens::Order(Box::new(intent(n, *cart, *key, total)))
                }
                Pick::Cancel(key) => Happens::Back(Back::Cancelled(format!("key-{key}"))),
                Pick::Refund(key, line) => {
                    Happens::Back(Back::Refunded(format!("key-{key}"), *line))
                }
            })
            .collect();

        let (mut alone, mut one_by_one) = (start.clone(), Vec::new());
        for one in &happens {
            match one {
                Happens::Order(intent) => {
                    one_by_one.extend(alone.place(std::slice::from_ref(&**intent)));
                }
                Happens::Back(back) => alone.give_back(back),
            }
        }

        // What goes back is no part of a batch.
        let (mut together, mut batched) = (start.clone(), Vec::new());
        let (mut batch, mut cuts) = (Vec::new(), cuts.into_iter());
        let mut cut = 1;
        for one in &happens {
            match one {
                Happens::Order(intent) => batch.push((**intent).clone()),
                Happens::Back(back) => {
                    batched.extend(together.place(&std::mem::take(&mut batch)));
                    together.give_back(back);
                }
            }
            if batch.len() >= cut {
                batched.extend(together.place(&std::mem::take(&mut batch)));
                cut = cuts.next().unwrap_or(1);
            }
        }
        batched.extend(together.place(&batch));

        prop_assert_eq!(&batched, &one_by_one);
        prop_assert_eq!(&together.stock, &alone.stock);
        prop_assert!(together.stock.values().all(|offer| offer.stock >= 0));

        // Nobody has more open than may be.
        prop_assert_eq!(&together.open, &alone.open);
        let open = |order: &OpenOrder| order.buyer.count(Address::Typed, &together.open);
        prop_assert!(together.open.iter().all(|order| open(order) <= 2));

        // Nobody has more than their share, which is what they keep.
        prop_assert_eq!(&together.limits, &alone.limits);
        prop_assert_eq!(&together.limits.used, &together.counted());
        for limit in &together.limits.limits {
            let mut of_limit = together.limits.used.iter().filter(|((id, _), _)| *id == limit.id);
            prop_assert!(of_limit.all(|(_, units)| *units <= limit.units));
        }

        // Nobody holds more unpaid than may be.
        prop_assert_eq!(&together.held, &alone.held);
        let limits = together.held.limits.unwrap_or_default();
        for (name, units) in &together.held.units {
            let by = match name.starts_with("network") {
                true => HeldBy::Network,
                false => HeldBy::Address,
            };
            prop_assert!(limits.most(by).is_none_or(|most| *units <= most));
        }

        // What is gone from stock is what standing orders hold, each cart ordered once.
        let taken: i64 = start.stock.values().map(|o| o.stock).sum::<i64>()
            - together.stock.values().map(|o| o.stock).sum::<i64>();
        let carts: Vec<&String> = together.existing.values().map(|(cart, _)| cart).collect();
        let distinct: BTreeSet<&&String> = carts.iter().collect();
        prop_assert_eq!(distinct.len(), carts.len());
        let kept = together.kept.values();
        let held: i64 = kept.flat_map(|kept| kept.items.values()).sum();
        prop_assert_eq!(taken, held);
    }
}
