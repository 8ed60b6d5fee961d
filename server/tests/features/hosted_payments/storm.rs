//! Everything goes wrong at once, and the provider's books are the shop's. `HOLDFAST_STORM_SEED` takes
//! another seed than that of every run.

use app::{
    checkout::types::Placed,
    error::{ErrorKind, ShopResult},
    identity::{Account, Role},
    orders::types::{Order, OrderStatus},
};
use async_trait::async_trait;
use desk::admin::orders::{
    ports::NewRefund,
    types::{RefundRequest, RefundUnits, Restock, ShippingRefund},
};
use futures_util::future::join_all;

use super::{
    connect, opened_with,
    paid_books::{
        self,
        courses::Courses,
        walk::{Errand, Said, Wish, walk},
    },
    provider::{Mischief, Provider, Settings},
    stripe,
};
use crate::support::{Goods, MINUTE, Stocked, TestShop, contact, on_both_databases};

on_both_databases!(the_providers_books_are_the_shops_whatever_goes_wrong);

const BUYERS: usize = 40;
/// What each buys.
const UNITS_EACH: i64 = 2;
const UNITS: i64 = 100;
const PRICE: i64 = 500;
/// As many as buy at the same moment.
const AT_ONCE: usize = 8;
/// Far more than any run needs.
const ROUNDS: usize = 200;
/// Within this time an order is not asked about twice by its own page.
const LOOK_PAUSE: i64 = 2_000;

/// An order, and who has to do with it.
struct Ordered<'a> {
    shop: &'a TestShop,
    placed: Placed,
    id: String,
    shopper: &'a Account,
    admin: &'a Account,
}

#[async_trait]
impl Errand for Ordered<'_> {
    async fn page(&self) -> Option<String> {
        let again = self.shop.shop().checkout.pay(&self.placed.token).await;
        again.ok()?.pay_at
    }

    async fn come_back(&self) {
        let orders = &self.shop.shop().orders;
        orders.returned(&self.placed.token).await.unwrap();
    }

    async fn status(&self) -> OrderStatus {
        self.shop.order(&self.placed).await.status
    }

    async fn ask(&self, wish: Wish, key: &str) -> Said {
        let (shop, id) = (self.shop.shop(), &self.id);
        let desk = &shop.order_desk;
        said(match wish {
            Wish::CancelByShopper => shop.own_orders.cancel(self.shopper, id).await,
            Wish::CancelByStaff => shop.orders.cancel(self.admin, id).await,
            Wish::RefundUnit(number) => desk.refund(self.admin, id, one_unit(number, key)).await,
            Wish::Capture => desk.capture_payment(self.admin, id, key).await,
            Wish::Release => desk.void_payment(self.admin, id, key).await,
        })
    }

    async fn pause(&self) {
        self.shop.clock.advance(LOOK_PAUSE);
    }
}

fn said(answer: ShopResult<Order>) -> Said {
    match answer {
        Ok(_) => Said::Done,
        Err(refusal) if refusal.kind == ErrorKind::Conflict => Said::Refused,
        Err(error) => Said::Unclear(error.message),
    }
}

fn one_unit(number: i64, key: &str) -> NewRefund {
    NewRefund {
        request: RefundRequest {
            units: RefundUnits::Some(vec![(0, 1)]),
            shipping: ShippingRefund::LeaveOut,
            restock: Restock::ToStock,
            note: String::new(),
        },
        number,
        key: key.to_owned(),
        expected_minor: None,
    }
}

/// The shopper, and an admin.
struct People {
    shopper: Account,
    admin: Account,
}

async fn buy(
    (shop, provider, rope): (&TestShop, &Provider, &Stocked),
    people: &People,
    courses: &Courses,
) {
    let (_, placed) = shop.buy(&[(rope.variant(), UNITS_EACH)], stripe()).await;
    let placed = placed.expect("there are units for all");
    let page = placed.pay_at.clone();
    let order = Ordered {
        shop,
        id: shop.order(&placed).await.id,
        placed,
        shopper: &people.shopper,
        admin: &people.admin,
    };
    walk(&order, provider, courses, page).await;
}

/// Whatever is not at its end yet.
async fn unsettled(shop: &TestShop) -> i64 {
    shop.number(
        "SELECT (SELECT COUNT(*) FROM orders WHERE status = 'pending_payment') \
         + (SELECT COUNT(*) FROM refunds WHERE status = 'owed') \
         + (SELECT COUNT(*) FROM payment_attempts WHERE status = 'pending') AS n",
    )
    .await
}

async fn the_providers_books_are_the_shops_whatever_goes_wrong(shop: TestShop) {
    let seed = std::env::var("HOLDFAST_STORM_SEED").ok();
    let seed = seed.map_or(1, |seed| seed.parse().expect("a seed is a number"));
    let settings = Settings {
        mischief: Mischief::full(seed),
        retries: 2,
        ..Settings::default()
    };
    let rope = Goods::named("Rope").price(PRICE).units(UNITS);
    let (provider, shop, rope) = opened_with(&shop, settings, rope).await;
    let people = People {
        shopper: shop.account(&contact().email, Role::Customer).await,
        admin: shop.admin().await,
    };
    // What guests have ordered with a proven address is theirs.
    shop.execute("UPDATE accounts SET verified_at = created_at")
        .await;
    let other = shop.second_node();
    let site = other.open().await;
    connect(&provider, &site);
    let courses = Courses::of(seed);
    for begun in (0..BUYERS).step_by(AT_ONCE) {
        let at_once = begun..BUYERS.min(begun + AT_ONCE);
        let buying = at_once.map(|_| buy((&shop, &provider, &rope), &people, &courses));
        join_all(buying).await;
    }
    provider.quiet().await;
    // Past every hold. Events that come from here on are of another time.
    shop.clock.advance(31 * MINUTE);
    let mut rounds = 0;
    while unsettled(&shop).await > 0 {
        assert!(rounds < ROUNDS, "seed {seed}: it does not come to an end");
        rounds += 1;
        let node = [&shop, &other][rounds % 2];
        node.services.checkout.settle_overdue().await.unwrap();
        shop.clock.advance(2 * MINUTE);
    }

    let whose = format!("seed {seed}");
    paid_books::compare(&shop.services, &shop.clock, &provider, &whose).await;
    let held = paid_books::assert_equal(shop.db(), &provider, &whose).await;
    assert_eq!(shop.units(rope.variant()).await, UNITS - held);
    courses.assert_all_walked();
}
