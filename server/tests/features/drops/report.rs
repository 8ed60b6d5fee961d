//! What a drop came to, and what of it is kept.

use app::{drops::types::DropSaved, error::ErrorKind};
use desk::admin::drops::{
    figures::{Books, End, Figures},
    ports::{KeptReport, ReportState},
};
use sha2::{Digest, Sha256};

use super::{
    OPENS, kind,
    room::{SECOND, ticket, with, with_room},
    ropes,
};
use crate::support::{
    ADMIN, APPROVES, Goods, HOUR, MINUTE, TestShop, cash, on_both_databases, order, test_card,
};

on_both_databases!(
    a_report_is_there_when_the_drop_is_over,
    what_was_sold_and_came_back_is_counted_by_orders,
    a_report_is_kept_once_and_names_what_differs_later,
    nothing_is_kept_while_orders_are_not_paid,
    a_ledger_that_does_not_fit_is_told,
    waits_are_those_of_who_had_a_place,
    the_waiting_list_is_counted,
    a_report_is_a_paper_with_a_digest_that_anybody_can_check,
);

async fn worth(shop: &TestShop, saved: &DropSaved) -> ReportState {
    let reported = shop.shop().drop_desk.report(&saved.id).await.unwrap();
    reported.worth
}

async fn told(shop: &TestShop, saved: &DropSaved) -> (Figures, String, Option<KeptReport>) {
    match worth(shop, saved).await {
        ReportState::Figures {
            figures,
            text,
            kept,
            ..
        } => (*figures, text, kept),
        ReportState::TooEarly => panic!("it is over"),
    }
}

async fn a_report_is_there_when_the_drop_is_over(shop: TestShop) {
    let actor = shop.admin().await;
    let (_, saved) = ropes(&shop, &actor, 3).await;
    let desk = &shop.shop().drop_desk;
    for at in [OPENS - 1, OPENS, OPENS + HOUR - 1] {
        shop.clock.set(at);
        assert_eq!(worth(&shop, &saved).await, ReportState::TooEarly);
        let kept = desk.keep_report(&actor, &saved.id).await;
        assert_eq!(kind(kept), ErrorKind::Conflict);
    }
    shop.clock.set(OPENS + HOUR);
    let (figures, _, kept) = told(&shop, &saved).await;
    assert_eq!((figures.end, figures.ended_at), (End::OnTime, OPENS + HOUR));
    assert_eq!((figures.orders.placed, figures.variants[0].left), (0, 3));
    assert_eq!(kept, None);
    assert_eq!(kind(desk.report("none").await), ErrorKind::NotFound);
}

async fn what_was_sold_and_came_back_is_counted_by_orders(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 5).await;
    let cup = shop.stock(Goods::named("Cup")).await;
    shop.clock.set(OPENS + 7);
    shop.bought(&[(rope.variant(), 2), (cup.variant(), 1)], cash())
        .await;
    shop.clock.set(OPENS + SECOND);
    let back = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    shop.shop().orders.cancel(&actor, &back.id).await.unwrap();
    // A household is one, whoever orders for it.
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let mut another = order(cash(), 2000);
    another.contact.email = "somebody.else@example.com".to_owned();
    shop.place(&cart, another).await.unwrap();
    let desk = &shop.shop().drop_admin;
    shop.clock.set(OPENS + MINUTE);
    desk.call_off(&actor, &saved.id).await.unwrap();

    let (figures, _, _) = told(&shop, &saved).await;
    assert_eq!(
        (figures.end, figures.ended_at),
        (End::CalledOff, OPENS + MINUTE)
    );
    let rope = &figures.variants[0];
    assert_eq!((rope.units, rope.ordered, rope.back), (5, 4, 1));
    assert_eq!((rope.sold(), rope.left), (3, 2));
    let orders = figures.orders;
    assert_eq!((orders.placed, orders.cancelled), (3, 1));
    assert_eq!(orders.amount_minor, 6000, "without the cup");
    assert_eq!((orders.first_ms, orders.last_ms), (Some(7), Some(1000)));
    let households = figures.households;
    assert_eq!((households.count, households.most), (1, 3));
    assert_eq!(
        (figures.ledger, figures.payments),
        (Books::Agree, Books::Agree)
    );
}

async fn a_report_is_kept_once_and_names_what_differs_later(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 3).await;
    shop.clock.set(OPENS);
    let order = shop.bought(&[(rope.variant(), 2)], cash()).await;
    shop.clock.set(OPENS + HOUR);
    let desk = &shop.shop().drop_desk;
    let (_, text, _) = told(&shop, &saved).await;
    desk.keep_report(&actor, &saved.id).await.unwrap();
    let again = desk.keep_report(&actor, &saved.id).await;
    assert_eq!(kind(again), ErrorKind::Conflict);
    let entries = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'drop.report'";
    assert_eq!(shop.number(entries).await, 1);

    let (_, _, kept) = told(&shop, &saved).await;
    let kept = kept.unwrap();
    assert_eq!(kept.digest, hex(&text));
    assert!(kept.is_whole && kept.differences.is_empty(), "{kept:?}");
    assert_eq!((kept.actor.as_str(), kept.at), (ADMIN, OPENS + HOUR));

    // What is left goes back on the shelf: that is no other result.
    let drops = &shop.shop().drop_admin;
    drops.put_back(&actor, &saved.id).await.unwrap();
    let (_, _, kept) = told(&shop, &saved).await;
    assert!(kept.unwrap().differences.is_empty());

    shop.shop().orders.cancel(&actor, &order.id).await.unwrap();
    let (_, _, kept) = told(&shop, &saved).await;
    let differences = kept.unwrap().differences;
    let of = |name: &str| {
        let mut all = differences.iter();
        let one = all.find(|one| one.name == name).unwrap();
        (one.kept.clone(), one.now.clone())
    };
    assert_eq!(of("orders_cancelled"), ("0".to_owned(), "1".to_owned()));
    assert_eq!(of("units_back"), ("0".to_owned(), "2".to_owned()));
    assert!(differences.iter().all(|one| one.name != "orders"));
}

async fn nothing_is_kept_while_orders_are_not_paid(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 3).await;
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    shop.clock.set(OPENS + HOUR - 1);
    shop.buy(&[(rope.variant(), 1)], cash()).await.1.unwrap();
    shop.clock.set(OPENS + HOUR);
    let kept = shop.shop().drop_desk.keep_report(&actor, &saved.id).await;
    assert_eq!(kind(kept), ErrorKind::Conflict);
    let entries = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'drop.report'";
    assert_eq!(shop.number(entries).await, 0);
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = format!("/admin/drops/{}/report", saved.id);
    let shown = browser.page(&page).await.expect(200).body;
    assert!(shown.contains("1 order is not paid yet"), "{shown}");
    let fields = [("id", saved.id.as_str()), ("page", page.as_str())];
    let refused = browser.submit("/api/admin/drops/report/keep", &fields);
    let refused = refused.await.refused().body;
    assert!(refused.contains("waits for its payment"), "{refused}");
}

async fn a_ledger_that_does_not_fit_is_told(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 3).await;
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.clock.set(OPENS + HOUR);
    assert_eq!(told(&shop, &saved).await.0.ledger, Books::Agree);
    shop.execute("UPDATE drop_lines SET remaining = 1").await;
    assert_eq!(told(&shop, &saved).await.0.ledger, Books::Differ);
    shop.execute("UPDATE drop_lines SET remaining = 2").await;
}

async fn waits_are_those_of_who_had_a_place(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = with_room(&shop, &actor, (&rope, 5), "nobody").await;
    shop.clock.set(OPENS - 10 * MINUTE);
    let ticket = ticket(&shop, &saved.slug).await;
    shop.clock.set(OPENS);
    super::room::moves(&shop, 0).await;
    for _ in 0..10 {
        super::room::moves(&shop, SECOND).await;
    }
    let tickets = with(&ticket);
    let cart = shop.shop().cart.with_tickets(tickets.clone());
    let item = app::cart::ports::CartItem::Variant(rope.variant().to_owned());
    let cart = cart.add(None, item, 1).await.unwrap().0;
    let checkout = shop.shop().checkout.with_tickets(tickets);
    let placed = checkout.place(Some(&cart), order(cash(), 2000)).await;
    placed.unwrap();
    shop.clock.set(OPENS + HOUR);
    let waits = told(&shop, &saved).await.0.waits.unwrap();
    assert_eq!((waits.counted, waits.median_ms), (1, 10 * SECOND));

    shop.shop()
        .drop_desk
        .keep_report(&actor, &saved.id)
        .await
        .unwrap();
    // Long after, it is forgotten who was let in.
    shop.execute("DELETE FROM room_uses").await;
    let (figures, _, kept) = told(&shop, &saved).await;
    assert_eq!(figures.waits, None);
    assert!(kept.unwrap().differences.is_empty());
}

async fn the_waiting_list_is_counted(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 3).await;
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 3)], cash()).await;
    shop.clock.set(OPENS + HOUR);
    assert_eq!(told(&shop, &saved).await.0.list, None);
    let states = ["asked", "waiting", "waiting", "lapsed", "ordered"];
    for (n, state) in (1..).zip(states) {
        shop.execute(&format!(
            "INSERT INTO waits (id, variant_id, drop_id, email, mailbox, locale, state, state_at, created_at) \
             VALUES ('w{n}', '{}', '{}', 'w{n}@example.com', 'w{n}@example.com', 'en', '{state}', 0, 0)",
            rope.variant(),
            saved.id
        ))
        .await;
    }
    shop.execute(
        "UPDATE waits SET order_id = (SELECT MIN(id) FROM orders) WHERE state = 'ordered'",
    )
    .await;
    let list = told(&shop, &saved).await.0.list.unwrap();
    assert_eq!((list.joined, list.offered, list.ordered), (4, 2, 1));
}

/// As `sha256sum` has it.
fn hex(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn a_report_is_a_paper_with_a_digest_that_anybody_can_check(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 3).await;
    shop.clock.set(OPENS);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let path = format!("/admin/drops/{}/report", saved.id);
    let site = shop.open().await;
    let browser = site.browser();
    browser.page(&path).await.expect(404);
    browser.sign_in(ADMIN).await.expect(200);
    let early = browser.page(&path).await.expect(200).body;
    assert!(early.contains("when the drop is over") && !early.contains("report/keep"));
    shop.clock.set(OPENS + HOUR);
    let paper = browser.page(&path).await.expect(200).body;
    let (_, text, _) = told(&shop, &saved).await;
    for words in [
        "Report: Summer",
        "Keep this report",
        "Households that bought",
        "class=\"sheet\"",
        hex(&text).as_str(),
    ] {
        assert!(paper.contains(words), "{words} in {paper}");
    }
    let shown = paper.split("<pre>").nth(1).unwrap();
    let shown = shown.split("</pre>").next().unwrap();
    assert_eq!(
        hex(shown),
        hex(&text),
        "what is shown is what the digest is of"
    );

    let fields = [("id", saved.id.as_str()), ("page", path.as_str())];
    let kept = browser.submit("/api/admin/drops/report/keep", &fields);
    assert_eq!(kept.await.expect(303).location(), path);
    let paper = browser.page(&path).await.expect(200).body;
    assert!(
        paper.contains("All figures are still the same") && !paper.contains("Keep this report")
    );
    let log = browser.page("/admin/audit").await.expect(200).body;
    assert!(
        log.contains("Report of a drop kept") && log.contains(&hex(&text)),
        "{log}"
    );

    let german = shop.speaking("de").open().await;
    let browser = german.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let paper = browser.page(&path).await.expect(200).body;
    for words in [
        "Bericht: Summer",
        "Alle Zahlen sind noch dieselben",
        "stimmen überein",
    ] {
        assert!(paper.contains(words), "{words} in {paper}");
    }
}
