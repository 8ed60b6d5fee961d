//! The dashboard's figures, against orders counted by hand.

mod to_do;

use desk::admin::{
    dashboard::{
        period::Range,
        ports::{Bucket, Figures, Period, Span, Unit},
    },
    orders::types::Restock,
};

use super::{
    order_refunds::{refund, rope, some},
    overdue::left_alone,
    settings::set,
};
use crate::support::{
    APPROVES, DAY, DECLINES, Goods, HOUR, MINUTE, START, TestShop, cash, on_both_databases,
    test_card,
};

on_both_databases!(
    a_shop_without_orders_has_figures_too,
    figures_are_those_counted_by_hand,
    refunds_count_on_the_day_they_are_made,
    a_day_ends_at_midnight_of_the_shop,
    the_hour_that_comes_twice_is_counted_once,
    conversion_is_orders_of_filled_carts,
    another_currency_is_told_and_not_added_up,
    stock_is_low_at_what_is_set,
    a_sale_is_watched_while_it_runs,
    figures_are_compared_with_as_much_of_the_time_before,
    days_of_ones_own_are_shown_by_the_hour_the_day_or_the_month,
);

async fn figures(shop: &TestShop, span: Span) -> Figures {
    shop.shop().dashboard.figures(span.into()).await.unwrap()
}

async fn total(shop: &TestShop, span: Span) -> Bucket {
    figures(shop, span).await.total()
}

async fn a_shop_without_orders_has_figures_too(shop: TestShop) {
    for (span, buckets) in [
        (Span::Today, 24),
        (Span::Week, 7),
        (Span::Month, 30),
        (Span::Quarter, 90),
    ] {
        let figures = figures(&shop, span).await;
        assert_eq!(figures.buckets.len(), buckets);
        assert_eq!(figures.total(), Bucket::default());
        assert_eq!(figures.before, Bucket::default());
        assert_eq!(figures.conversion_permille(), None);
        assert!(figures.top.is_empty() && figures.low.is_empty());
    }
}

async fn figures_are_those_counted_by_hand(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    let lamp = shop.stock(Goods::named("Lamp").price(250)).await;
    // Before the 30 days, within them, within the 7, yesterday, today.
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.advance(20 * DAY);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    shop.clock.advance(7 * DAY);
    shop.bought(&[(lamp.variant(), 4)], test_card(APPROVES))
        .await;
    shop.clock.advance(3 * DAY);
    let paid = shop
        .bought(
            &[(rope.variant(), 1), (lamp.variant(), 1)],
            test_card(APPROVES),
        )
        .await;
    // None of these counts: declined, not paid yet, cancelled though it was paid.
    shop.buy(&[(rope.variant(), 1)], test_card(DECLINES))
        .await
        .1
        .unwrap_err();
    left_alone(&shop, &rope, 1).await;
    let cancelled = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    shop.shop()
        .orders
        .cancel(&admin, &cancelled.id)
        .await
        .unwrap();

    let today = figures(&shop, Span::Today).await;
    assert_eq!(
        today.total(),
        Bucket {
            gross_minor: 1250,
            orders: 1,
            units: 2,
            ..Bucket::default()
        }
    );
    // START is 08:53 by UTC.
    assert_eq!(
        (today.buckets[8].label.as_str(), today.buckets[8].orders),
        ("08:00", 1)
    );
    let week = figures(&shop, Span::Week).await;
    let by_day: Vec<_> = week
        .buckets
        .iter()
        .map(|day| (day.orders, day.gross_minor))
        .collect();
    assert_eq!(
        by_day,
        [(0, 0), (0, 0), (0, 0), (1, 1000), (0, 0), (0, 0), (1, 1250)]
    );
    let month = figures(&shop, Span::Month).await;
    let sum = month.total();
    assert_eq!((sum.orders, sum.gross_minor, sum.units), (3, 4250, 8));
    // Ropes on delivery have brought nothing yet.
    assert_eq!((month.received_minor, month.to_collect_minor), (2250, 2000));
    let top: Vec<_> = month
        .top
        .iter()
        .map(|p| (p.title.as_str(), p.units, p.amount_minor))
        .collect();
    assert_eq!(top, [("Lamp", 5, 1250), ("Rope", 3, 3000)]);
    assert_eq!(month.top[0].product_id.as_deref(), Some(lamp.id.as_str()));

    let at = paid
        .lines
        .iter()
        .position(|line| line.title == "Rope")
        .unwrap();
    refund(&shop, &admin, &paid, some(&[(at, 1)], 1, Restock::Not))
        .await
        .unwrap();
    let sum = total(&shop, Span::Today).await;
    assert_eq!(
        (sum.gross_minor, sum.refunded_minor, sum.net_minor()),
        (1250, 1000, 250)
    );
    assert_eq!((sum.refunds, sum.orders), (1, 1));
}

async fn refunds_count_on_the_day_they_are_made(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    let bought = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    shop.clock.advance(2 * DAY);
    refund(&shop, &admin, &bought, some(&[(0, 2)], 1, Restock::ToStock))
        .await
        .unwrap();
    let week = figures(&shop, Span::Week).await;
    let net: Vec<_> = week.buckets.iter().map(Bucket::net_minor).collect();
    assert_eq!(net, [0, 0, 0, 0, 2000, 0, -2000]);
    assert_eq!(total(&shop, Span::Today).await.net_minor(), -2000);
}

async fn a_day_ends_at_midnight_of_the_shop(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    // 23:59:59 and 00:00:00 in Auckland, where the clocks are 13 hours ahead.
    let midnight = 1_760_007_600_000;
    assert!(midnight > START && midnight % DAY == 11 * HOUR);
    shop.clock.advance(midnight - 1 - START);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.advance(1);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    assert_eq!(
        total(&shop, Span::Today).await.units,
        3,
        "by UTC it is one day"
    );
    set(&shop, &admin, |form| {
        form.time_zone = "Pacific/Auckland".to_owned()
    })
    .await;
    let today = figures(&shop, Span::Today).await;
    assert_eq!((today.total().units, today.buckets[0].units), (2, 2));
    let week = figures(&shop, Span::Week).await;
    assert_eq!((week.buckets[5].units, week.buckets[6].units), (1, 2));
}

async fn the_hour_that_comes_twice_is_counted_once(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    set(&shop, &admin, |form| {
        form.time_zone = "Europe/Berlin".to_owned()
    })
    .await;
    // 26 October 2025: at 01:00 by UTC clocks went from 03:00 back to 02:00.
    let back = 1_761_440_400_000;
    for (minutes, units) in [(-181, 1), (-180, 2), (-30, 1), (30, 3)] {
        shop.clock.advance(back + minutes * MINUTE - shop.now());
        shop.bought(&[(rope.variant(), units)], cash()).await;
    }
    let today = figures(&shop, Span::Today).await;
    assert_eq!(today.buckets.len(), 25);
    let sold: Vec<_> = today
        .buckets
        .iter()
        .filter(|hour| hour.units > 0)
        .map(|hour| (hour.label.as_str(), hour.units))
        .collect();
    assert_eq!(sold, [("00:00", 2), ("02:00", 1), ("02:00 again", 3)]);
    let week = figures(&shop, Span::Week).await;
    assert_eq!((week.buckets[5].units, week.buckets[6].units), (1, 6));
    // The day is an hour longer: its last one is still today.
    shop.clock.advance(back + 22 * HOUR - 1 - shop.now());
    assert_eq!(total(&shop, Span::Today).await.units, 6);
    shop.clock.advance(1);
    assert_eq!(total(&shop, Span::Today).await.units, 0);
}

async fn conversion_is_orders_of_filled_carts(shop: TestShop) {
    let rope = rope(&shop).await;
    shop.cart(&[(rope.variant(), 1)]).await;
    shop.clock.advance(DAY);
    shop.cart(&[(rope.variant(), 1)]).await;
    shop.cart(&[(rope.variant(), 1)]).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let today = figures(&shop, Span::Today).await;
    assert_eq!((today.standing, today.open_carts), (1, 2));
    assert_eq!(today.conversion_permille(), Some(333));
    let week = figures(&shop, Span::Week).await;
    assert_eq!(week.conversion_permille(), Some(250));
    // The day before, up to the same time, with the cart that was filled then.
    shop.clock.advance(HOUR);
    let today = figures(&shop, Span::Today).await;
    assert_eq!(today.earlier.open_carts, Some(1));
    assert_eq!(today.earlier.conversion_permille(), Some(0));
    // Of carts that may have expired nothing is told.
    let quarter = figures(&shop, Span::Quarter).await;
    assert_eq!(quarter.earlier.open_carts, None);
    assert_eq!(quarter.earlier.conversion_permille(), None);
}

async fn another_currency_is_told_and_not_added_up(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    set(&shop, &admin, |form| {
        form.currency = "USD".to_owned();
        form.confirm_currency = "1".to_owned();
    })
    .await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let today = figures(&shop, Span::Today).await;
    assert_eq!((today.total().gross_minor, today.total().orders), (2000, 1));
    assert_eq!(
        (today.currency.as_str(), today.other_currencies),
        ("USD", 1)
    );
    assert_eq!(today.top[0].units, 2);
}

async fn stock_is_low_at_what_is_set(shop: TestShop) {
    let admin = shop.admin().await;
    for units in 0..12 {
        shop.stock(Goods::named(&format!("Thing {units}")).units(units))
            .await;
    }
    shop.stock(Goods::named("Hidden").units(0).inactive()).await;
    let low = |figures: Figures| -> Vec<i64> {
        figures.low.iter().map(|variant| variant.stock).collect()
    };
    let today = figures(&shop, Span::Today).await;
    assert!(!today.more_low);
    assert_eq!(low(today), [0, 1, 2, 3, 4, 5]);
    set(&shop, &admin, |form| form.low_stock = "9".to_owned()).await;
    let today = figures(&shop, Span::Today).await;
    assert!(today.more_low);
    assert_eq!(low(today), [0, 1, 2, 3, 4, 5, 6, 7]);
}

async fn a_sale_is_watched_while_it_runs(shop: TestShop) {
    let rope = rope(&shop).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.advance(HOUR);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    shop.clock.advance(2 * MINUTE);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let live = shop.shop().dashboard.live().await.unwrap();
    assert_eq!(live.orders_last_minute, 1);
    let sold = &live.variants[0];
    assert_eq!((sold.title.as_str(), sold.sold, sold.left), ("Rope", 4, 5));
    assert_eq!(sold.percent(), 44);
}

async fn figures_are_compared_with_as_much_of_the_time_before(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = rope(&shop).await;
    // START is 08:53 by UTC: an hour later yesterday's time is not compared with yet.
    let first = shop
        .bought(&[(rope.variant(), 2)], test_card(APPROVES))
        .await;
    shop.clock.advance(HOUR);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    refund(&shop, &admin, &first, some(&[(0, 1)], 1, Restock::Not))
        .await
        .unwrap();
    shop.clock.advance(DAY - HOUR / 2);
    shop.bought(&[(rope.variant(), 3)], cash()).await;
    let today = figures(&shop, Span::Today).await;
    assert_eq!((today.total().orders, today.total().units), (1, 3));
    assert_eq!((today.before.orders, today.before.units), (1, 2));
    assert_eq!(today.before.refunded_minor, 0);
    shop.clock.advance(HOUR);
    let today = figures(&shop, Span::Today).await;
    assert_eq!((today.before.orders, today.before.units), (2, 3));
    assert_eq!(
        (today.before.gross_minor, today.before.net_minor()),
        (3000, 2000)
    );
    // The two ropes were paid, the third is due on delivery; all were filled carts.
    let earlier = today.earlier;
    assert_eq!(
        (earlier.received_minor, earlier.to_collect_minor),
        (2000, 1000)
    );
    assert_eq!((earlier.standing, earlier.open_carts), (2, Some(0)));
    assert_eq!(earlier.conversion_permille(), Some(1000));
    shop.clock.advance(6 * DAY);
    let week = figures(&shop, Span::Week).await;
    assert_eq!((week.total().orders, week.before.orders), (1, 2));
}

async fn days_of_ones_own_are_shown_by_the_hour_the_day_or_the_month(shop: TestShop) {
    let rope = rope(&shop).await;
    // 9 October 2025, and the next day a little later.
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.advance(DAY + HOUR);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let own = async |from: &str, to: &str| {
        let period = Period::Between(Range::parse(from, to).unwrap());
        shop.shop().dashboard.figures(period).await.unwrap()
    };
    let day = own("2025-10-09", "2025-10-09").await;
    assert_eq!((day.unit, day.buckets.len()), (Unit::Hour, 24));
    assert_eq!((day.total().units, day.before.units), (1, 0));
    let days = own("2025-10-08", "2025-10-10").await;
    let sold: Vec<_> = days.buckets.iter().map(|day| day.units).collect();
    assert_eq!((days.unit, sold), (Unit::Day, vec![0, 1, 2]));
    let next = own("2025-10-10", "2025-10-10").await;
    assert_eq!((next.total().units, next.before.units), (2, 1));
    let year = own("2025-01-01", "2025-12-31").await;
    assert_eq!((year.unit, year.buckets.len()), (Unit::Month, 12));
    assert_eq!(
        (year.buckets[9].label.as_str(), year.buckets[9].units),
        ("Oct 2025", 3)
    );
}
