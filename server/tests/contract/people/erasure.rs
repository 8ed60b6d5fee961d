//! A customer's data: handed out whole, and gone when they want it gone.

use app::{
    account::ports::{AddressRole, OwnAccount},
    checkout::types::Draft,
    error::ErrorKind,
    identity::Role,
};
use desk::admin::orders::ports::NewNote;
use server::db::{Dialect, Get, Sql};

use super::customers::{ordered, verify};
use crate::support::{APPROVES, Goods, STAFF, TestShop, contact, on_both_databases, test_card};

on_both_databases!(
    an_export_holds_what_is_known_and_opens_nothing,
    an_address_that_was_not_proven_brings_nobody_elses_checkout,
    an_erased_customer_is_nowhere_in_the_database,
    an_order_under_way_keeps_a_customer_from_being_erased,
    another_address_erases_nobody_and_staff_is_not_erased,
    an_erased_order_is_found_by_nobody,
);

const EMAIL: &str = "kim.larch@example.com";

async fn an_export_holds_what_is_known_and_opens_nothing(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (admin, account) = (
        shop.admin().await,
        shop.account(EMAIL, Role::Customer).await,
    );
    verify(&shop, &account.id).await;
    let own = &shop.services.accounts;
    own.save_address(&account, None, contact(), AddressRole::Default)
        .await
        .unwrap();
    let session = shop.session_of(&account).await;
    let (secret, codes) = shop.switch_on(&account, &session).await;
    let order = ordered(&shop, EMAIL, &[(rope.variant(), 1)]).await;
    let left = left_checkout(&shop, rope.variant()).await;
    let ports = shop.shop();
    let card = ports
        .checkout
        .save_payment(Some(&left), test_card(APPROVES))
        .await;
    card.unwrap();
    own.ask_verify(&account).await.unwrap();
    ports.accounts.ask_reset("client", EMAIL).await.unwrap();
    let customers = &ports.customers;
    let text = customers.export(&admin, &account.id).await.unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(json["account"]["second_factor_since"].is_i64());
    assert!(json["sessions"][0]["confirmed_at"].is_i64());
    let checkouts = json["checkouts"].as_array().unwrap();
    assert_eq!(checkouts.len(), 1);
    assert_eq!(checkouts[0]["contact"]["name"], contact().name);
    assert_eq!(checkouts[0]["payment"]["method"], "test_card");
    assert_eq!(checkouts[0]["items"][0]["quantity"], 2);
    let mails = json["mails"].as_array().unwrap();
    for kind in ["second_factor", "verify_address", "password_reset"] {
        let told = mails.iter().filter(|mail| mail["kind"] == kind);
        assert_eq!(told.count(), 1, "{kind}");
    }
    assert_eq!(json["account"]["email"], EMAIL);
    assert_eq!(json["addresses"].as_array().unwrap().len(), 1);
    assert_eq!(json["orders"][0]["number"], order.number);
    assert!(
        mails
            .iter()
            .any(|mail| mail["kind"] == "order_confirmation")
    );
    assert_eq!(json["sessions"].as_array().unwrap().len(), 1);
    let hash = server::ids::hash_secret(&session);
    let drafts = Sql::new("SELECT draft FROM carts WHERE draft LIKE '%test_card%'");
    let row = drafts.fetch_one(shop.db().reader()).await.unwrap();
    let draft: Draft = serde_json::from_str(&row.text("draft").unwrap()).unwrap();
    let token = draft.payment.unwrap().token;
    assert!(!token.is_empty());
    for secret in [
        session.as_str(),
        &hash,
        &order.token,
        &token,
        &left,
        &secret,
        &codes.codes[0],
        "argon2",
    ] {
        assert!(!text.contains(secret));
    }
    let told = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'customer.export'";
    assert_eq!(shop.number(told).await, 1);
}

/// The token of a guest's cart with two units and the address, and no order.
async fn left_checkout(shop: &TestShop, variant: &str) -> String {
    let cart = shop.cart(&[(variant, 2)]).await;
    let mut typed = contact();
    typed.email = EMAIL.to_uppercase();
    let checkout = &shop.shop().checkout;
    checkout.save_contact(Some(&cart), typed).await.unwrap()
}

async fn an_address_that_was_not_proven_brings_nobody_elses_checkout(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let (admin, account) = (
        shop.admin().await,
        shop.account(EMAIL, Role::Customer).await,
    );
    let left = left_checkout(&shop, rope.variant()).await;
    let customers = &shop.shop().customers;
    let exported = async || {
        let text = customers.export(&admin, &account.id).await.unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    assert_eq!(exported().await["checkouts"], serde_json::json!([]));
    verify(&shop, &account.id).await;
    let own = exported().await;
    assert_eq!(own["checkouts"].as_array().unwrap().len(), 1);
    shop.execute("UPDATE accounts SET verified_at = NULL").await;
    customers.erase(&admin, &account.id, EMAIL).await.unwrap();
    let cart = shop.shop().cart.view(Some(&left)).await.unwrap();
    assert_eq!(cart.count, 2, "the owner of the mailbox goes on shopping");
}

/// Every text in every table.
async fn whole_database(shop: &TestShop) -> String {
    let db = shop.db();
    let tables = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name AS tab, c.name AS col FROM sqlite_master m \
             JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'"
        }
        Dialect::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS tab, CAST(column_name AS TEXT) AS col \
             FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'"
        }
    };
    let mut all = String::new();
    let columns = Sql::new(tables).fetch_all(db.reader()).await.unwrap();
    assert!(columns.len() > 50);
    for column in columns {
        let (table, column) = (column.text("tab").unwrap(), column.text("col").unwrap());
        let sql = format!("SELECT {column} AS value FROM {table} WHERE {column} IS NOT NULL");
        for row in Sql::new(&sql).fetch_all(db.reader()).await.unwrap() {
            all.push_str(&row.text("value").unwrap().to_lowercase());
            all.push('\n');
        }
    }
    all
}

async fn an_erased_customer_is_nowhere_in_the_database(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let (admin, account) = (
        shop.admin().await,
        shop.account(EMAIL, Role::Customer).await,
    );
    verify(&shop, &account.id).await;
    let own = &shop.services.accounts;
    own.save_address(&account, None, contact(), AddressRole::Default)
        .await
        .unwrap();
    own.ask_verify(&account).await.unwrap();
    let order = ordered(&shop, &EMAIL.to_uppercase(), &[(rope.variant(), 1)]).await;
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &order.id).await.unwrap();
    desk.ship(&admin, &order.id, Default::default())
        .await
        .unwrap();
    desk.deliver(&admin, &order.id).await.unwrap();
    let note = NewNote {
        text: format!("{} rang.", contact().name),
        key: String::new(),
    };
    desk.note(&admin, &order.id, note).await.unwrap();
    // A guest's checkout that was left.
    let left = shop.cart(&[(rope.variant(), 1)]).await;
    let mut typed = contact();
    typed.email = EMAIL.to_owned();
    shop.shop()
        .checkout
        .save_contact(Some(&left), typed)
        .await
        .unwrap();
    let other = ordered(&shop, "other@example.com", &[(rope.variant(), 1)]).await;
    assert!(whole_database(&shop).await.contains(EMAIL));

    let customers = &shop.shop().customers;
    customers.erase(&admin, &account.id, EMAIL).await.unwrap();
    let all = whole_database(&shop).await;
    assert!(!all.contains(EMAIL), "{all}");
    assert!(all.contains("other@example.com"), "nobody else is touched");
    let kept = shop.shop().orders.by_id(&order.id).await.unwrap();
    assert_eq!(kept.total_minor, order.total_minor);
    assert_eq!(kept.contact.country, order.contact.country);
    assert_eq!(
        (
            kept.contact.name.as_str(),
            kept.contact.address_line1.as_str()
        ),
        ("Erased", "")
    );
    let events = desk.order(&order.id).await.unwrap().events;
    assert!(events.iter().all(|event| event.text.is_empty()));
    let gone = customers.customer(&account.id, None).await.unwrap_err();
    assert_eq!(gone.kind, ErrorKind::NotFound);
    let untouched = shop.shop().orders.by_id(&other.id).await.unwrap();
    assert_eq!(untouched.contact.name, contact().name);
    let sent = shop.post().deliver().await;
    assert!(
        sent.iter()
            .all(|mail| !mail.raw.to_lowercase().contains("larch@"))
    );
    let told = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'customer.erase'";
    assert_eq!(shop.number(told).await, 1);
}

async fn an_order_under_way_keeps_a_customer_from_being_erased(shop: TestShop) {
    let (rope, admin) = (shop.stock(Goods::named("Rope")).await, shop.admin().await);
    let order = ordered(&shop, EMAIL, &[(rope.variant(), 1)]).await;
    let customers = &shop.shop().customers;
    let refused = customers.erase(&admin, &order.id, EMAIL).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(refused.message.contains(&order.number), "{refused}");
    let kept = shop.shop().orders.by_id(&order.id).await.unwrap();
    assert_eq!(kept.contact.email, EMAIL);
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    customers.erase(&admin, &order.id, EMAIL).await.unwrap();
    let again = customers.erase(&admin, &order.id, EMAIL).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::NotFound);
}

async fn another_address_erases_nobody_and_staff_is_not_erased(shop: TestShop) {
    let (admin, account) = (
        shop.admin().await,
        shop.account(EMAIL, Role::Customer).await,
    );
    let member = shop.account(STAFF, Role::Staff).await;
    let customers = &shop.shop().customers;
    for wrong in ["", "kim@example.com"] {
        let refused = customers
            .erase(&admin, &account.id, wrong)
            .await
            .unwrap_err();
        assert_eq!(refused.fields[0].field, "email");
    }
    let refused = customers
        .erase(&admin, &member.id, STAFF)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    let accounts = shop.number("SELECT COUNT(*) AS n FROM accounts").await;
    assert_eq!(accounts, 3);
    customers
        .erase(&admin, &account.id, " Kim.Larch@Example.com ")
        .await
        .unwrap();
}

async fn an_erased_order_is_found_by_nobody(shop: TestShop) {
    let (rope, admin) = (shop.stock(Goods::named("Rope")).await, shop.admin().await);
    let order = ordered(&shop, EMAIL, &[(rope.variant(), 1)]).await;
    let orders = &shop.shop().orders;
    orders.cancel(&admin, &order.id).await.unwrap();
    shop.shop()
        .customers
        .erase(&admin, &order.id, EMAIL)
        .await
        .unwrap();
    orders.by_token(&order.token).await.unwrap_err();
    for email in ["", " ", EMAIL] {
        let found = orders.look_up(&order.number, email).await.unwrap_err();
        assert_eq!(found.kind, ErrorKind::Invalid);
    }
}
