//! Units that are kept for those who waited, while nothing is for sale.

use app::error::ErrorKind;

use super::{super::*, intent, world};
use crate::{cart::check::Offer, sale::terms::Source};

/// A unit of a drop's variant that is sold out, kept for the buyer of cart 1 until the moment 10.
fn snapshot() -> BatchSnapshot {
    let offer = Offer {
        active: true,
        stock: 0,
        price_minor: 100,
        sold_from: None,
    };
    let mut variant = world::variant("v0", offer);
    variant.source = Source::Drop {
        id: "d".to_owned(),
        has_begun: true,
        gate: None,
    };
    let item = CartItem {
        variant_id: "v0".to_owned(),
        quantity: 1,
        seen_price_minor: 100,
        title: "Rope".to_owned(),
        variant_title: String::new(),
    };
    let names = [0, 1].map(|cart| format!("cart-{cart}"));
    BatchSnapshot {
        at: 9,
        cart_ids: names
            .iter()
            .map(|name| (name.clone(), name.clone()))
            .collect(),
        carts: names
            .iter()
            .map(|name| (name.clone(), vec![item.clone()]))
            .collect(),
        variants: BTreeMap::from([("v0".to_owned(), variant)]),
        rates: vec![world::rate()],
        currency: "EUR".to_owned(),
        delivers_to: DeliveryCountries::of(["DE"]),
        opening: Opening::Open,
        offered: vec![Offered {
            wait_id: "w".to_owned(),
            drop_id: "d".to_owned(),
            variant_id: "v0".to_owned(),
            mailbox: "1@example.com".to_owned(),
            cart_id: "cart-1".to_owned(),
            until: 10,
        }],
        ..BatchSnapshot::default()
    }
}

fn refused(snapshot: &mut BatchSnapshot, cart: usize) -> ErrorKind {
    match snapshot.decide(&intent(cart, cart, cart, 100)) {
        (Outcome::Refused(refusal), None) => refusal.kind(),
        (outcome, _) => panic!("{outcome:?}"),
    }
}

#[test]
fn a_kept_unit_is_sold_to_its_cart_and_nothing_is_taken_from_others() {
    let mut snapshot = snapshot();
    assert_eq!(refused(&mut snapshot, 0), ErrorKind::SoldOut);
    let (outcome, grant) = snapshot.decide(&intent(1, 1, 1, 100));
    assert!(matches!(outcome, Outcome::Placed(_)), "{outcome:?}");
    let ids: Vec<String> = grant
        .iter()
        .flat_map(|grant| &grant.offered)
        .map(|one| one.wait_id.clone())
        .collect();
    assert_eq!(ids, ["w"]);
    assert_eq!(snapshot.variants["v0"].stock, 0);
    assert!(snapshot.offered.is_empty(), "once");
}

#[test]
fn a_kept_unit_is_of_one_cart_one_drop_and_a_time() {
    let changes: [fn(&mut BatchSnapshot); 4] = [
        |snapshot| snapshot.at = 10,
        |snapshot| snapshot.offered[0].cart_id = "cart-0".to_owned(),
        |snapshot| snapshot.offered[0].drop_id = "another".to_owned(),
        |snapshot| snapshot.offered[0].variant_id = "v1".to_owned(),
    ];
    for change in changes {
        let mut snapshot = snapshot();
        change(&mut snapshot);
        assert_eq!(refused(&mut snapshot, 1), ErrorKind::SoldOut);
        assert_eq!(snapshot.offered.len(), 1);
    }
}

#[test]
fn an_order_for_another_mailbox_is_told_why() {
    let mut snapshot = snapshot();
    snapshot.offered[0].mailbox = "2@example.com".to_owned();
    let (outcome, grant) = snapshot.decide(&intent(1, 1, 1, 100));
    assert_eq!(outcome, Outcome::Refused(Refusal::KeptForAnother));
    assert!(grant.is_none() && snapshot.offered.len() == 1);
}
