//! A thousand requests that no page of ours would send: none is a 500, none writes anything.
//!
//! Requests go over the wire as bytes, since a well-behaved client would put most of them right.
//! Each is wrong in one field at least, with values that can never be right, so none is legal by
//! accident.

mod endpoints;
mod requests;
#[path = "../support/mod.rs"]
mod support;

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use app::{
    cart::ports::CartItem, feature::Method, features, identity::Role, orders::ports::OrderFilter,
};
use rand::{SeedableRng, rngs::StdRng};
use requests::{Guest, request};
use server::{account::store::new_setup_token, cart::token::of_account};
use support::{Goods, Stocked, TestShop, cash, on_both_databases, requests::SAMPLES, rows};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

on_both_databases!(a_thousand_malformed_requests_break_and_write_nothing);

#[test]
fn every_function_is_asked_for_or_has_nothing_to_spoil() {
    let posted = features::functions().filter(|function| function.method == Method::Post);
    for path in posted.map(|function| function.path) {
        let sample = SAMPLES.iter().find(|sample| sample.path == path);
        let sample = sample.unwrap_or_else(|| panic!("{path} is in no file of tests/requests"));
        assert_ne!(!sample.spoil.is_empty(), sample.nothing_to_spoil, "{path}");
    }
}

const REQUESTS: usize = 1000;
const SEED: u64 = 20_251_009;

/// The status of the answer.
async fn send(address: SocketAddr, request: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(address).await.expect("the site listens");
    // The site may hang up before it has read everything, if it has read enough to refuse it.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let read = tokio::time::timeout(Duration::from_secs(20), read).await;
    let _ = read.expect("an answer in time");
    let head = String::from_utf8_lossy(&answer);
    let status = head
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3));
    status
        .and_then(|status| status.parse().ok())
        .unwrap_or_else(|| panic!("no answer: {head:.200}"))
}

fn good_values(rope: &Stocked) -> BTreeMap<&'static str, String> {
    [
        ("variant_id", rope.variant()),
        ("product_id", rope.id.as_str()),
        ("id", rope.id.as_str()),
        ("quantity", "1"),
        ("price_minor", "4900"),
        ("email", "kim@example.com"),
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
        ("shipping", "pickup"),
        ("payment", "cash_on_delivery"),
        ("checkout_key", "a-key-of-sixteen-or-more"),
        ("expected_total_minor", "4900"),
        ("number", "HF-00000-00000"),
        ("password", "not this one"),
        ("title", "Rope"),
        ("slug", "rope-two"),
        ("active", "1"),
        ("version", "1"),
        ("variants[0][price]", "1.00"),
        ("variants[0][stock]", "5"),
        ("delta", "1"),
        ("reason", "Found"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

async fn a_thousand_malformed_requests_break_and_write_nothing(shop: TestShop) {
    let goods = Goods::named("Rope")
        .category("Deck")
        .pictured(&["/media/demo/a.webp"]);
    let rope = shop.stock(goods.units(50)).await;
    shop.buy(&[(rope.variant(), 1)], cash()).await.1.unwrap();
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    // A shopper at the checkout has a row there already.
    shop.shop().checkout.view(Some(&cart)).await.unwrap();
    // Orders get their short numbers when staff first look at them.
    let newest = OrderFilter::default();
    shop.shop().orders.list(&newest).await.unwrap();
    let admin = shop.account("admin@shop.test", Role::Admin).await;
    // One who is signed in has a cart of their own.
    let own = of_account(&admin.id);
    let item = CartItem::Variant(rope.variant().to_owned());
    shop.shop().cart.add(Some(&own), item, 1).await.unwrap();
    shop.shop().checkout.view(Some(&own)).await.unwrap();
    let session = shop.session_of(&admin).await;
    new_setup_token(shop.db(), shop.now()).await.unwrap();
    let guest = Guest { cart, session };
    let site = shop.open().await;
    let good = good_values(&rope);
    let before = rows(shop.db()).await;

    let mut rng = StdRng::seed_from_u64(SEED);
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for number in 0..REQUESTS {
        let request = request(&guest, &good, &mut rng);
        let status = send(site.address, &request).await;
        let shown = || {
            String::from_utf8_lossy(&request)
                .chars()
                .take(1500)
                .collect::<String>()
        };
        assert!(status < 500, "request {number} is a {status}:\n{}", shown());
        *statuses.entry(status).or_default() += 1;
        if number % 100 == 99 {
            let now = rows(shop.db()).await;
            assert_eq!(
                now, before,
                "written by request {number} or up to 99 before"
            );
        }
    }
    // They reached what they were meant for.
    for expected in [200, 400, 404, 405, 422] {
        assert!(statuses.contains_key(&expected), "{statuses:?}");
    }
    assert_eq!(rows(shop.db()).await, before);
}
