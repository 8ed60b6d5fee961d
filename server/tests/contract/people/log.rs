//! The audit log: nobody rewrites it, and everything the staff changes is in it.

use app::{identity::Role, orders::types::Parcel};
use desk::admin::{
    audit_log::log::{LogFilter, LogPage},
    orders::ports::NewNote,
    product_filter::Cursor,
    products::types::ProductChange,
};
use server::db::{Dialect, Sql};

use crate::support::{ADMIN, Goods, MINUTE, STAFF, TestShop, cash, on_both_databases};

on_both_databases!(
    the_database_refuses_to_change_or_remove_an_entry,
    an_entry_tells_only_the_fields_that_changed,
    the_log_is_narrowed_by_who_what_which_and_when,
    pages_of_the_log_miss_nothing_and_repeat_nothing,
    every_step_of_an_order_is_in_the_log_and_no_words_about_the_customer,
);

async fn entries(shop: &TestShop, filter: LogFilter) -> LogPage {
    shop.shop().audit_log.entries(&filter).await.unwrap()
}

async fn the_database_refuses_to_change_or_remove_an_entry(shop: TestShop) {
    shop.admin().await;
    let mut attempts = vec![
        "UPDATE audit_entries SET actor = 'somebody'",
        "UPDATE audit_entries SET id = id",
        "DELETE FROM audit_entries",
    ];
    attempts.extend(match shop.db().dialect() {
        Dialect::Sqlite => &[
            "INSERT OR REPLACE INTO audit_entries (id, at, actor, action, subject_kind, subject_id) \
             SELECT id, 0, 'x', 'x', 'x', 'x' FROM audit_entries",
            "INSERT OR REPLACE INTO audit_entries (rowid, id, at, actor, action, subject_kind, \
             subject_id) SELECT rowid, 'new', 0, 'x', 'x', 'x', 'x' FROM audit_entries",
        ][..],
        Dialect::Postgres => &[
            "TRUNCATE audit_entries",
            "INSERT INTO audit_entries (id, at, actor, action, subject_kind, subject_id) \
             SELECT id, 0, 'x', 'x', 'x', 'x' FROM audit_entries \
             ON CONFLICT (id) DO UPDATE SET actor = 'x'",
        ][..],
    });
    let before = entries(&shop, LogFilter::default()).await;
    assert_eq!(before.rows.len(), 1, "the admin was made");
    for attempt in attempts {
        let mut tx = shop.db().begin().await.unwrap();
        let refused = Sql::new(attempt).execute(&mut *tx).await.unwrap_err();
        assert!(
            refused.to_string().contains("append-only"),
            "{attempt}: {refused}"
        );
        tx.rollback().await.unwrap();
    }
    assert_eq!(entries(&shop, LogFilter::default()).await, before);
}

async fn an_entry_tells_only_the_fields_that_changed(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    let change = ProductChange {
        title: Some("Cord".to_owned()),
        active: Some(false),
        ..ProductChange::default()
    };
    let port = &shop.shop().admin;
    port.update_product(&admin, &rope.id, change).await.unwrap();
    let port = &shop.shop().stock;
    port.set_stock(&admin, rope.variant(), 3, "Counted")
        .await
        .unwrap();
    let log = entries(&shop, LogFilter::default()).await;
    let told = |action: &str| -> Vec<String> {
        let entry = log
            .rows
            .iter()
            .find(|entry| entry.action == action)
            .unwrap();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let changes = entry.changes.iter();
        changes
            .map(|c| format!("{}: {} > {}", c.field, text(&c.before), text(&c.after)))
            .collect()
    };
    assert_eq!(
        told("product.update"),
        ["Active: yes > no", "Title: Rope > Cord"]
    );
    assert_eq!(
        told("stock.adjust"),
        ["Reason:  > Counted", "Stock: 10 > 3"]
    );
    let update = log
        .rows
        .iter()
        .find(|e| e.action == "product.update")
        .unwrap();
    assert_eq!(update.actor, ADMIN);
    assert_eq!(update.subject.title, "Cord");
    let page = format!("/admin/products/{}", rope.id);
    assert_eq!(update.subject.href, Some(page));
}

async fn the_log_is_narrowed_by_who_what_which_and_when(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (admin, staff) = (shop.admin().await, shop.account(STAFF, Role::Staff).await);
    let port = &shop.shop().stock;
    for (who, units) in [(&admin, 1), (&staff, 2), (&staff, 3)] {
        shop.clock.advance(MINUTE);
        port.adjust_stock(who, rope.variant(), units, "Found", "")
            .await
            .unwrap();
    }
    let narrowed = |filter: LogFilter| {
        let shop = shop.clone();
        async move { entries(&shop, filter).await.rows.len() }
    };
    let some = |text: &str| Some(text.to_owned());
    let by = |actor: &str| LogFilter {
        actor: some(actor),
        ..LogFilter::default()
    };
    assert_eq!(narrowed(by(STAFF)).await, 2);
    assert_eq!(narrowed(by("nobody@shop.test")).await, 0);
    for (action, found) in [("stock", 3), ("stock.adjust", 3), ("stoc", 0), ("%", 0)] {
        let filter = LogFilter {
            action: some(action),
            ..LogFilter::default()
        };
        assert_eq!(narrowed(filter).await, found, "{action}");
    }
    let filter = LogFilter {
        subject: some(rope.variant()),
        from: Some(shop.now() - MINUTE),
        until: Some(shop.now()),
        ..LogFilter::default()
    };
    assert_eq!(narrowed(filter).await, 1);
    let all = entries(&shop, LogFilter::default()).await;
    assert!(
        all.actors.iter().any(|who| who == ADMIN),
        "{:?}",
        all.actors
    );
    assert_eq!(all.actions, ["staff.create", "stock.adjust"]);
}

async fn pages_of_the_log_miss_nothing_and_repeat_nothing(shop: TestShop) {
    let (rope, admin) = (shop.stock(Goods::named("Rope")).await, shop.admin().await);
    for _ in 0..70 {
        let port = &shop.shop().stock;
        // Many at one time: ids tell them apart.
        port.adjust_stock(&admin, rope.variant(), 1, "Found", "")
            .await
            .unwrap();
    }
    let mut seen = Vec::new();
    let mut pages = Vec::new();
    let mut cursor = None;
    loop {
        let filter = LogFilter {
            cursor: cursor.clone(),
            ..LogFilter::default()
        };
        let page = entries(&shop, filter).await;
        seen.extend(page.rows.iter().map(|entry| entry.id.clone()));
        let after = page.after.clone();
        pages.push(page);
        match after {
            Some(after) => cursor = Some(Cursor::After(after)),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages.len()), (71, 3));
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), seen.len());
    let filter = LogFilter {
        cursor: pages[1].before.clone().map(Cursor::Before),
        ..LogFilter::default()
    };
    let back = entries(&shop, filter).await;
    assert_eq!(back.rows, pages[0].rows);
    let nonsense = LogFilter {
        cursor: Some(Cursor::After("'; --~x".to_owned())),
        ..LogFilter::default()
    };
    assert_eq!(entries(&shop, nonsense).await.rows, pages[0].rows);
}

async fn every_step_of_an_order_is_in_the_log_and_no_words_about_the_customer(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let staff = shop.account(STAFF, Role::Staff).await;
    let desk = &shop.shop().order_desk;
    let id = shop.bought(&[(rope.variant(), 2)], cash()).await.id;
    let parcel = |number: &str| Parcel {
        carrier: "UPS".to_owned(),
        tracking_number: number.to_owned(),
    };
    desk.receive(&staff, &id).await.unwrap();
    desk.pack(&staff, &id).await.unwrap();
    desk.ship(&staff, &id, parcel("1Z9991111")).await.unwrap();
    desk.change_parcel(&staff, &id, parcel("1Z9992222"))
        .await
        .unwrap();
    desk.deliver(&staff, &id).await.unwrap();
    let note = NewNote {
        text: "Kim Larch is at home after six.".to_owned(),
        key: "0123456789abcdef".to_owned(),
    };
    desk.note(&staff, &id, note.clone()).await.unwrap();
    desk.note(&staff, &id, note).await.unwrap();
    let all = super::super::order_refunds::all(1);
    desk.refund(&staff, &id, all).await.unwrap();
    let other = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    shop.shop().orders.cancel(&staff, &other).await.unwrap();
    let mut actions: Vec<String> = entries(&shop, LogFilter::default())
        .await
        .rows
        .into_iter()
        .map(|entry| entry.action)
        .filter(|action| action.starts_with("order."))
        .collect();
    actions.sort();
    assert_eq!(
        actions,
        [
            "order.cancel",
            "order.deliver",
            "order.note",
            "order.pack",
            "order.receive_payment",
            "order.refund",
            "order.ship",
            "order.tracking",
        ]
    );
    for words in ["Kim", "Quay", "kim@example.com", "1Z999"] {
        let told = format!(
            "SELECT COUNT(*) AS n FROM audit_entries \
             WHERE before_json LIKE '%{words}%' OR after_json LIKE '%{words}%'"
        );
        assert_eq!(shop.number(&told).await, 0, "{words}");
    }
}
