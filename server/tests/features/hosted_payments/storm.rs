//! Everything goes wrong at once, and the provider's books are the shop's. `HOLDFAST_STORM_SEED` takes
//! another seed than that of every run.

use app::identity::Account;
use futures_util::future::join_all;

use super::{
    connect, opened_with,
    paid_books::paid_orders,
    provider::{Mischief, Provider, Settings, cards},
    stripe,
};
use crate::support::{Goods, MINUTE, Stocked, TestShop, on_both_databases};

on_both_databases!(the_providers_books_are_the_shops_whatever_goes_wrong);

const BUYERS: usize = 40;
const UNITS: i64 = 60;
const PRICE: i64 = 1000;
/// As many as buy at the same moment.
const AT_ONCE: usize = 8;
/// How often a shopper presses a button that does not work.
const PRESSES: usize = 20;
/// Far more than any run needs.
const ROUNDS: usize = 200;

/// What a shopper does who has an order to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    PaysAndComesBack,
    PaysAndClosesThePage,
    Leaves,
    /// And the staff cancels.
    PaysWhileItIsCancelled,
}

impl Course {
    const fn of(n: usize) -> Self {
        match n % 4 {
            0 => Self::PaysAndComesBack,
            1 => Self::PaysAndClosesThePage,
            2 => Self::Leaves,
            _ => Self::PaysWhileItIsCancelled,
        }
    }
}

async fn buy(shop: &TestShop, provider: &Provider, rope: &Stocked, admin: &Account, n: usize) {
    let course = Course::of(n);
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], stripe()).await;
    // A provider that refuses for good ends the order.
    let Ok(mut placed) = placed else { return };
    for _ in 0..PRESSES {
        if placed.pay_at.is_some() {
            break;
        }
        if let Ok(again) = shop.shop().checkout.pay(&placed.token).await {
            placed = again;
        }
    }
    let order = shop.order(&placed).await;
    let Some(page) = placed.pay_at else { return };
    if course != Course::Leaves {
        provider.pay(&page, cards::APPROVES).await;
    }
    match course {
        Course::PaysAndComesBack => {
            let orders = &shop.shop().orders;
            orders.returned(&placed.token).await.unwrap();
        }
        Course::PaysWhileItIsCancelled => {
            // The event may have been quicker than the staff, and the staff than the event.
            shop.shop().orders.cancel(admin, &order.id).await.unwrap();
        }
        Course::PaysAndClosesThePage | Course::Leaves => {}
    }
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
    let admin = shop.admin().await;
    let other = shop.second_node();
    let site = other.open().await;
    connect(&provider, &site);
    let buyers: Vec<usize> = (0..BUYERS).collect();
    for at_once in buyers.chunks(AT_ONCE) {
        let buying = at_once
            .iter()
            .map(|n| buy(&shop, &provider, &rope, &admin, *n));
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
    let sold = paid_orders(shop.db(), provider.sums(), PRICE, &whose).await;
    assert_eq!(shop.units(rope.variant()).await, UNITS - sold);
}
