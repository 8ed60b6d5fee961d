//! One card is one buyer, no matter who says they are someone else.

use app::{
    checkout::types::{PlaceOrder, Placed},
    contact::Contact,
    identity::Account,
    orders::{
        payment::PaymentStatus,
        types::{CancelReason, OrderStatus},
    },
};
use desk::admin::limits::{ports::LimitAdmin, types::LimitForm};
use server::{
    admin::limits::LimitService,
    buyer_limits::cards::{Admission, admit, key_column},
    clock::{Clock, SystemClock},
    db::Sql,
};

use super::{
    books, opened_with,
    provider::{Provider, Settings, Visit, cards},
    status, stripe,
};
use crate::support::{Goods, MINUTE, Stocked, TestShop, contact, on_both_databases, order};

on_both_databases!(
    an_order_over_the_limit_on_the_same_card_is_voided_and_cancelled,
    orders_on_the_same_card_at_once_see_each_other,
    a_cancelled_order_gives_the_cards_share_back,
    a_payment_that_is_released_gives_the_cards_share_back,
    however_a_hold_ends_the_cards_share_is_given_back_once,
);

/// A shop where one customer gets two ropes.
async fn limited(shop: &TestShop) -> (Provider, TestShop, Stocked, Account) {
    limited_with(shop, 10).await
}

async fn limited_with(shop: &TestShop, units: i64) -> (Provider, TestShop, Stocked, Account) {
    let rope = Goods::named("Rope").price(1000).units(units);
    let (provider, shop, rope) = opened_with(shop, Settings::default(), rope).await;
    let admin = shop.admin().await;
    let desk = LimitService::new(shop.db().clone(), shop.clock.clone());
    let version = desk.limits(Some(&rope.id)).await.unwrap().version;
    let form = LimitForm {
        variant: String::new(),
        units: "2".to_owned(),
        days: "0".to_owned(),
    };
    desk.save(&admin, Some(&rope.id), &version, vec![form])
        .await
        .unwrap();
    (provider, shop, rope, admin)
}

/// Two ropes for someone else each time, somewhere else, paid with this card.
async fn paid_by(
    (provider, shop, rope): (&Provider, &TestShop, &Stocked),
    number: usize,
    card: &str,
) -> Placed {
    let contact = Contact {
        email: format!("someone{number}@example.com"),
        address_line1: format!("Pier {number}"),
        ..contact()
    };
    let cart = shop.cart(&[(rope.variant(), 2)]).await;
    let placing = PlaceOrder {
        contact,
        ..order(stripe(), 2000)
    };
    let placed = shop.place(&cart, placing).await.expect("it is sold");
    let page = placed.pay_at.clone().expect("there is a page to pay on");
    let visit = provider.pay(&page, card).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    placed
}

async fn an_order_over_the_limit_on_the_same_card_is_voided_and_cancelled(shop: TestShop) {
    let (provider, shop, rope, _) = limited(&shop).await;
    let setting = (&provider, &shop, &rope);
    let first = paid_by(setting, 1, cards::APPROVES).await;
    let orders = &shop.shop().orders;
    assert_eq!(
        orders.returned(&first.token).await.unwrap().status,
        OrderStatus::Paid
    );
    let second = paid_by(setting, 2, cards::APPROVES).await;
    let post = shop.post();
    post.deliver().await;
    for _ in 0..2 {
        let order = orders.returned(&second.token).await.unwrap();
        assert_eq!(order.status, OrderStatus::Cancelled);
        assert_eq!(order.payment_status, PaymentStatus::Voided);
        assert_eq!(order.cancel_reason, Some(CancelReason::CardLimit));
        shop.clock.advance(MINUTE);
    }
    let mails = post.deliver().await;
    let mail = mails
        .iter()
        .find(|mail| mail.subject.contains("was cancelled"));
    let mail = mail.expect("the shopper is told").body();
    for words in ["already been bought with this card", "You were not charged"] {
        assert!(mail.contains(words), "{words}: {mail}");
    }
    assert_eq!(books(&provider), (2000, 0, 0), "nothing of it was taken");
    assert_eq!(
        shop.units(rope.variant()).await,
        8,
        "its units are back once"
    );
    let of_second = "SELECT COUNT(*) AS n FROM buyer_limit_uses u JOIN orders o ON o.id = u.order_id \
                     WHERE o.status = 'cancelled'";
    assert_eq!(shop.number(of_second).await, 0);
    let site = shop.open().await;
    let page = format!("/orders/{}", second.token);
    let shown = site.browser().page(&page).await.expect(200).body;
    assert!(
        shown.contains("already been bought with this card"),
        "{shown}"
    );
}

async fn orders_on_the_same_card_at_once_see_each_other(shop: TestShop) {
    let (provider, shop, rope, _) = limited(&shop).await;
    let setting = (&provider, &shop, &rope);
    let first = paid_by(setting, 1, cards::APPROVES).await;
    let second = paid_by(setting, 2, cards::APPROVES).await;
    let orders = &shop.shop().orders;
    let (one, other) = tokio::join!(
        orders.returned(&first.token),
        orders.returned(&second.token)
    );
    one.unwrap();
    other.unwrap();
    shop.clock.advance(2 * MINUTE);
    shop.services.checkout.settle_overdue().await.unwrap();
    let mut ended = [
        status(&shop, &first).await.0,
        status(&shop, &second).await.0,
    ];
    ended.sort_by_key(|status| status.as_str());
    assert_eq!(ended, [OrderStatus::Cancelled, OrderStatus::Paid]);
    assert_eq!(books(&provider), (2000, 0, 0));
    assert_eq!(shop.units(rope.variant()).await, 8);
}

async fn a_cancelled_order_gives_the_cards_share_back(shop: TestShop) {
    let (provider, shop, rope, admin) = limited(&shop).await;
    let setting = (&provider, &shop, &rope);
    let orders = &shop.shop().orders;
    let first = paid_by(setting, 1, cards::APPROVES).await;
    let paid = orders.returned(&first.token).await.unwrap();
    orders.cancel(&admin, &paid.id).await.unwrap();
    let second = paid_by(setting, 2, cards::APPROVES).await;
    let paid = orders.returned(&second.token).await.unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (4000, 2000, 0));
    let uses = "SELECT COUNT(DISTINCT buyer) AS n FROM buyer_limit_uses";
    assert_eq!(
        shop.number(uses).await,
        3,
        "a mailbox, an address and a card"
    );
}

/// Counts the order's first attempt for the card, as before its money is taken.
async fn counted(shop: &TestShop, order_id: &str, card: &str) -> Admission {
    let sql = Sql::new(&format!("SELECT {}", key_column()));
    let key: String = sql.fetch_value(shop.db().reader()).await.unwrap();
    admit(shop.db(), shop.now(), (order_id, 1), &key, card)
        .await
        .unwrap()
}

async fn a_payment_that_is_released_gives_the_cards_share_back(shop: TestShop) {
    let (provider, shop, rope, admin) = limited(&shop).await;
    let setting = (&provider, &shop, &rope);
    let first = paid_by(setting, 1, cards::APPROVES).await;
    let id = shop.order(&first).await.id;
    // It is counted for the card, and the node stops before it takes the money.
    let card = cards::Card::typed(cards::APPROVES).unwrap().fingerprint();
    let counted = counted(&shop, &id, &card).await;
    assert_eq!(counted, Admission::Within);
    let desk = &shop.shop().order_desk;
    desk.void_payment(&admin, &id, "").await.unwrap();
    // The card buys for someone else, although the order still waits.
    assert_eq!(status(&shop, &first).await.0, OrderStatus::PendingPayment);
    let second = paid_by(setting, 2, cards::APPROVES).await;
    let orders = &shop.shop().orders;
    let paid = orders.returned(&second.token).await.unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    assert_eq!(books(&provider), (2000, 0, 0));
}

/// How money that was set aside is let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nobody takes it in time, and the hold is over.
    Lapsed,
    /// The bank holds it no more when it is to be taken; the order waits for another card.
    Declined,
    /// The same, and the page is over: the next attempt begins.
    NextPage,
    ByHand,
    Cancelled,
}

async fn however_a_hold_ends_the_cards_share_is_given_back_once(shop: TestShop) {
    let (provider, shop, rope, admin) = limited_with(&shop, 100).await;
    let setting = (&provider, &shop, &rope);
    let orders = &shop.shop().orders;
    // Each has a card of its own.
    for (n, end, number) in [
        (10, End::Lapsed, "4000056655665556"),
        (20, End::Declined, "4242424242424242"),
        (30, End::NextPage, "5555555555554444"),
        (40, End::ByHand, "5200828282828210"),
        (50, End::Cancelled, "378282246310005"),
    ] {
        shop.clock.set(SystemClock.now());
        let first = paid_by(setting, n, number).await;
        let id = shop.order(&first).await.id;
        // It is counted for the card, and the node stops before it takes the money.
        let card = cards::Card::typed(number).unwrap().fingerprint();
        let counted = counted(&shop, &id, &card).await;
        assert_eq!(counted, Admission::Within, "{end:?}");
        for _ in 0..2 {
            ended(&shop, &provider, &admin, &first, end).await;
        }
        shop.clock.set(SystemClock.now());
        let second = paid_by(setting, n + 1, number).await;
        let paid = orders.returned(&second.token).await.unwrap();
        assert_eq!(paid.status, OrderStatus::Paid, "{end:?}");
        // Once: the card has no more than one share.
        let third = paid_by(setting, n + 2, number).await;
        let refused = orders.returned(&third.token).await.unwrap();
        assert_eq!(
            refused.cancel_reason,
            Some(CancelReason::CardLimit),
            "{end:?}"
        );
    }
}

async fn ended(shop: &TestShop, provider: &Provider, admin: &Account, placed: &Placed, end: End) {
    let id = shop.order(placed).await.id;
    let orders = &shop.shop().orders;
    let intent = || {
        let accounts = provider.accounts().into_iter();
        let mut of = accounts.filter(|account| account.order_id.as_deref() == Some(id.as_str()));
        of.next().expect("it was paid").intent
    };
    match end {
        End::Lapsed => {
            provider.cancel(&intent());
            shop.clock.advance(31 * MINUTE);
            shop.services.checkout.settle_overdue().await.unwrap();
            assert_eq!(status(shop, placed).await.0, OrderStatus::Cancelled);
        }
        End::Declined => {
            provider.cancel(&intent());
            shop.clock.advance(MINUTE);
            orders.returned(&placed.token).await.unwrap();
            assert_eq!(status(shop, placed).await.0, OrderStatus::PendingPayment);
        }
        End::NextPage => {
            // Someone has just looked, and did not see it yet.
            let over = format!(
                "UPDATE payment_attempts SET expires_at = 1, looked_at = {} \
                 WHERE order_id = '{id}' AND status = 'pending' AND attempt = 1",
                shop.now()
            );
            shop.execute(&over).await;
            let next = shop.shop().checkout.pay(&placed.token).await.unwrap();
            assert!(next.pay_at.is_some());
        }
        End::ByHand => {
            // The second time there is nothing to release.
            let _ = shop.shop().order_desk.void_payment(admin, &id, "").await;
            assert_eq!(status(shop, placed).await.0, OrderStatus::PendingPayment);
        }
        End::Cancelled => {
            // The second time it is cancelled already.
            let _ = orders.cancel(admin, &id).await;
            assert_eq!(status(shop, placed).await.0, OrderStatus::Cancelled);
        }
    }
}
