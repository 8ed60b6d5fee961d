//! Every e-mail that the shop writes, about orders in a language.

use std::collections::BTreeSet;

use app::{
    checkout::types::PaymentInput,
    identity::Role,
    locale::{Locale, locale, within},
    orders::types::{Order, Parcel},
    shop::Opening,
};
use server::{
    account::store,
    db::{Get, Sql},
    ids::new_id,
    outbox::{FactorChange, Mail, Payback, Trouble, queue_all},
};

use crate::{
    bank_transfer::transfer,
    support::{ADMIN, HOUR, Sent, Stocked, TestShop, cash, order},
};

const KIM: &str = "kim@example.com";
const LOU: &str = "lou@example.com";
const KINDS: usize = 22;

/// A new kind does not compile until it has a number, and is missed until it is sent.
const fn number(mail: &Mail) -> usize {
    match mail {
        Mail::OrderConfirmation { .. } => 0,
        Mail::OrderToConfirm { .. } => 1,
        Mail::OrderToPay { .. } => 2,
        Mail::OrderShipped { .. } => 3,
        Mail::OrderCancelled { .. } => 4,
        Mail::OrderRefunded { .. } => 5,
        Mail::SignUp { .. } => 6,
        Mail::PasswordReset { .. } => 7,
        Mail::VerifyAddress { .. } => 8,
        Mail::PasswordChanged { .. } => 9,
        Mail::AddressChanged { .. } => 10,
        Mail::SecondFactor { .. } => 11,
        Mail::PaymentTrouble { .. } => 12,
        Mail::StaffInvitation { .. } => 13,
        Mail::ContactMessage { .. } => 14,
        Mail::TestMail { .. } => 15,
        Mail::DropReminderToConfirm { .. } => 16,
        Mail::DropReminder { .. } => 17,
        Mail::RoomCode { .. } => 18,
        Mail::WaitToConfirm { .. } => 19,
        Mail::BackInStock { .. } => 20,
        Mail::UnitOffered { .. } => 21,
    }
}

/// What is in the shop's language, no matter who caused it.
pub fn is_for_staff(mail: &Sent) -> bool {
    ["max@shop.test", "desk@shop.test"].contains(&mail.header("To"))
}

/// Of the orders that the e-mails are about.
pub struct Pages {
    pub paths: Vec<String>,
    pub invoice: String,
}

pub async fn all(shop: &TestShop, rope: &Stocked, locale: Locale) -> (Pages, Vec<Sent>) {
    let languages = shop.services.settings.last_known().languages.clone();
    let language = languages.closest(locale);
    // Only so many go to one mailbox at a time.
    let shop = shop.with_buckets_of_its_own();
    let buy = async |payment| within(language, bought(&shop, rope, locale, payment)).await;
    let (due, shipped, cancelled) = (buy(cash()).await, buy(cash()).await, buy(cash()).await);
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    let unconfirmed = buy(cash()).await;
    shop.execute("UPDATE cash_settings SET confirmation = 0")
        .await;
    let to_pay = buy(transfer()).await;
    within(language, handle(&shop, &shipped, &cancelled)).await;

    let orders = [&due, &shipped, &cancelled, &unconfirmed, &to_pay];
    let mut mails = within(language, written(&shop, orders)).await;
    let kinds: BTreeSet<_> = mails.iter().map(number).collect();
    assert_eq!(kinds.len(), KINDS, "{mails:?}");
    // A demonstration asks nobody to confirm an order.
    if shop.services.settings.now().await.unwrap().opening == Opening::Demo {
        mails.retain(|mail| !matches!(mail, Mail::OrderToConfirm { .. }));
    }
    // What was written on the way here is among them.
    shop.execute("DELETE FROM mails").await;
    within(language, note(&shop, &mails)).await;
    let sent = shop.post().deliver().await;
    let subjects: Vec<_> = sent.iter().map(|mail| &mail.subject).collect();
    assert_eq!(sent.len(), mails.len(), "{subjects:?}");
    let path = |order: &&Order| language.href(&format!("/orders/{}", order.token));
    let pages = Pages {
        paths: orders.iter().map(path).collect(),
        invoice: format!("/admin/orders/{}/invoice", due.id),
    };
    (pages, sent)
}

async fn bought(shop: &TestShop, rope: &Stocked, locale: Locale, payment: PaymentInput) -> Order {
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let total = shop.subtotal(&cart).await;
    let checkout = shop.shop().checkout.in_language(locale);
    let mut wanted = order(payment, total);
    // One buyer may have few orders that wait for their money, and each language orders once more.
    wanted.contact.email = format!("{}@example.com", new_id());
    let placed = checkout.place(Some(&cart), wanted).await;
    shop.order(&placed.expect("it is sold")).await
}

/// Ships the one by the first of the shop's carriers, and cancels the other.
async fn handle(shop: &TestShop, shipped: &Order, cancelled: &Order) {
    let admin = store::by_email(shop.db(), ADMIN).await.unwrap();
    let (admin, _) = admin.expect("there is an admin");
    let ports = shop.shop();
    ports.order_desk.pack(&admin, &shipped.id).await.unwrap();
    let carriers = ports.carriers.carriers().await.unwrap().carriers;
    let parcel = Parcel {
        carrier: carriers.0[0].name.clone(),
        tracking_number: "501234".to_owned(),
    };
    let desk = &ports.order_desk;
    desk.ship(&admin, &shipped.id, parcel).await.unwrap();
    ports.orders.cancel(&admin, &cancelled.id).await.unwrap();
}

/// Someone has asked to be reminded of a drop.
async fn reminder(shop: &TestShop) -> String {
    let (id, now, language) = (new_id(), shop.now(), locale().code());
    let opens_at = now + HOUR;
    shop.execute(&format!(
        "INSERT INTO drops (id, slug, title, state, state_at, opens_at, created_at) \
         VALUES ('lights', 'lights', 'Lights', 'planned', {now}, {opens_at}, {now}) \
         ON CONFLICT (id) DO UPDATE SET opens_at = {opens_at}"
    ))
    .await;
    shop.execute(&format!(
        "INSERT INTO drop_reminders (id, drop_id, email, mailbox, locale, created_at) \
         VALUES ('{id}', 'lights', '{id}@example.com', '{id}@example.com', '{language}', {now})"
    ))
    .await;
    id
}

/// Someone waits for a variant.
async fn wait(shop: &TestShop, state: &str) -> String {
    let (id, now, language) = (new_id(), shop.now(), locale().code());
    let until = match state {
        "offered" => (now + HOUR).to_string(),
        _ => "NULL".to_owned(),
    };
    shop.execute(&format!(
        "INSERT INTO waits (id, variant_id, email, mailbox, locale, state, state_at, offered_until, created_at) \
         SELECT '{id}', MIN(v.id), '{id}@example.com', '{id}', '{language}', '{state}', {now}, {until}, {now} \
         FROM variants v JOIN products p ON p.id = v.product_id"
    ))
    .await;
    id
}

async fn written(
    shop: &TestShop,
    [due, shipped, cancelled, unconfirmed, to_pay]: [&Order; 5],
) -> Vec<Mail> {
    let kim = match store::by_email(shop.db(), KIM).await.unwrap() {
        Some((kim, _)) => kim,
        None => shop.account(KIM, Role::Customer).await,
    };
    let (account_id, order_id) = (kim.id, due.id.clone());
    let row = Sql::new("SELECT id FROM staff_invitations");
    let row = row.fetch_one(shop.db().reader()).await.unwrap();
    let text = |text: &str| text.to_owned();
    let reminder_id = reminder(shop).await;
    vec![
        Mail::OrderConfirmation {
            order_id: order_id.clone(),
        },
        Mail::OrderToConfirm {
            order_id: unconfirmed.id.clone(),
        },
        Mail::OrderToPay {
            order_id: to_pay.id.clone(),
        },
        Mail::OrderShipped {
            order_id: shipped.id.clone(),
            fulfilment_id: text("fulfilment"),
        },
        Mail::OrderCancelled {
            order_id: cancelled.id.clone(),
        },
        Mail::OrderRefunded {
            order_id: order_id.clone(),
            refund_id: text("refund"),
            amount_minor: 100,
            how: Payback::Sent,
        },
        Mail::SignUp { email: text(LOU) },
        Mail::PasswordReset {
            email: text(KIM),
            typed: None,
        },
        Mail::VerifyAddress {
            account_id: account_id.clone(),
            email: text("kim@new.example"),
        },
        Mail::PasswordChanged {
            account_id: account_id.clone(),
        },
        Mail::AddressChanged {
            account_id: account_id.clone(),
            old: text("kim@old.example"),
        },
        Mail::SecondFactor {
            account_id: account_id.clone(),
            change: FactorChange::On,
        },
        Mail::PaymentTrouble {
            account_id,
            order_id,
            amount_minor: 100,
            trouble: Trouble::CameLate,
        },
        Mail::StaffInvitation {
            invitation_id: row.text("id").unwrap(),
        },
        Mail::ContactMessage {
            to: text("desk@shop.test"),
            name: text("Kim"),
            email: text(KIM),
            order_number: due.number.clone(),
            message: text("Hello."),
        },
        Mail::TestMail { to: text(ADMIN) },
        Mail::DropReminderToConfirm {
            reminder_id: reminder_id.clone(),
        },
        Mail::DropReminder { reminder_id },
        Mail::RoomCode {
            drop_id: text("lights"),
            email: text(LOU),
        },
        Mail::WaitToConfirm {
            wait_id: wait(shop, "asked").await,
        },
        Mail::BackInStock {
            wait_id: wait(shop, "told").await,
        },
        Mail::UnitOffered {
            wait_id: wait(shop, "offered").await,
        },
    ]
}

async fn note(shop: &TestShop, mails: &[Mail]) {
    let mut tx = shop.db().begin().await.unwrap();
    queue_all(&mut tx, shop.db().dialect(), shop.now(), mails)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
