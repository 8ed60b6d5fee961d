//! What happened in a shop until it had cause for each of its mails.

use app::{
    checkout::types::{PaymentInput, PlaceOrder},
    drops::types::DropForm,
    identity::{Account, Role},
    locale::locale,
    orders::types::{Order, Parcel},
    ui::date::Zone,
};
use server::{
    db::{Get, Sql},
    ids::new_id,
};

use crate::{
    mail::KIM,
    support::{APPROVES, Goods, HOUR, TestShop, cash, order, test_card},
};

/// What mails are of.
pub struct Scene {
    pub kim: Account,
    pub paid: Order,
    pub refunded: Order,
    /// Sent, to be paid at the door.
    pub due: Order,
    /// Cancelled before it was paid.
    pub unpaid: Order,
    pub picked_up: Order,
    pub unconfirmed: Order,
    /// Nobody confirmed it in time.
    pub lapsed: Order,
    /// By bank transfer.
    pub to_pay: Order,
    pub invitation: String,
    pub reminder: String,
    pub drop: String,
    /// Three who wait: to be confirmed, told, and offered a unit.
    pub asked: String,
    pub told: String,
    pub offered: String,
}

/// A coat and two ropes, sent for 4.90.
async fn bought(shop: &TestShop, variants: [&str; 2], payment: PaymentInput) -> Order {
    let cart = shop.cart(&[(variants[0], 1), (variants[1], 2)]).await;
    let form = PlaceOrder {
        shipping: "standard".to_owned(),
        ..order(payment, 4900 + 2 * 1250 + 490)
    };
    let placed = shop.place(&cart, form).await.expect("it is sold");
    shop.order(&placed).await
}

/// A drop is announced, and someone asks to be reminded of it: the id of that.
async fn reminder(shop: &TestShop, admin: &Account) -> String {
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let form = DropForm {
        title: "Lamps & <Light>".to_owned(),
        opens: Zone::named("UTC").minute(shop.now() + HOUR),
        ..DropForm::default()
    };
    let desk = &shop.shop().drop_admin;
    let drop = desk.create(admin, form).await.unwrap();
    desk.add(admin, &drop.id, &lamp.id).await.unwrap();
    desk.plan(admin, &drop.id).await.unwrap();
    let drops = &shop.shop().drops;
    let asked = drops.remind("203.0.113.7", locale(), &drop.slug, KIM).await;
    asked.unwrap();
    let reminder = Sql::new("SELECT id FROM drop_reminders");
    let reminder = reminder.fetch_one(shop.db().reader()).await.unwrap();
    reminder.text("id").unwrap()
}

/// Someone waits for a variant: the id of that.
async fn wait(shop: &TestShop, variant_id: &str, state: &str) -> String {
    let (id, now, language) = (new_id(), shop.now(), locale().code());
    let until = match state {
        "offered" => (now + 4 * HOUR).to_string(),
        _ => "NULL".to_owned(),
    };
    shop.execute(&format!(
        "INSERT INTO waits (id, variant_id, email, mailbox, locale, state, state_at, offered_until, created_at) \
         VALUES ('{id}', '{variant_id}', '{KIM}', '{id}', '{language}', '{state}', {now}, {until}, {now})"
    ))
    .await;
    id
}

pub async fn scene(shop: &TestShop) -> Scene {
    let (admin, kim) = (shop.admin().await, shop.account(KIM, Role::Customer).await);
    let coat = Goods::named("Coat").options(["Size", "Colour"], &[(["M", "Navy"], 4900, 30)]);
    let rope = Goods::named("Rope & <Knot>").price(1250).units(60);
    let (coat, rope) = (shop.stock(coat).await, shop.stock(rope).await);
    let goods = [coat.variant(), rope.variant()];
    let paid = bought(shop, goods, test_card(APPROVES)).await;
    let refunded = bought(shop, goods, test_card(APPROVES)).await;
    let due = bought(shop, goods, cash()).await;
    let unpaid = bought(shop, goods, cash()).await;
    for order in [&refunded, &unpaid] {
        let orders = &shop.shop().orders;
        orders.cancel(&admin, &order.id).await.unwrap();
    }
    let picked_up = bought(shop, goods, cash()).await;
    for (order, carrier, tracking_number) in [(&due, "GLS", "501234"), (&picked_up, "", "")] {
        let desk = &shop.shop().order_desk;
        desk.pack(&admin, &order.id).await.unwrap();
        let parcel = Parcel {
            carrier: carrier.to_owned(),
            tracking_number: tracking_number.to_owned(),
        };
        desk.ship(&admin, &order.id, parcel).await.unwrap();
    }
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    let unconfirmed = bought(shop, goods, cash()).await;
    let lapsed = bought(shop, goods, cash()).await;
    assert!(
        shop.cancellations()
            .cancel_unconfirmed(&lapsed.id)
            .await
            .unwrap()
    );
    shop.execute(
        "UPDATE bank_settings SET holder = 'Lamp & Rope Ltd', \
         iban = 'DE89370400440532013000', bic = 'COBADEFFXXX', bank = 'Harbour Bank'",
    )
    .await;
    shop.execute("UPDATE payment_methods SET is_on = 1 WHERE method = 'bank_transfer'")
        .await;
    // Otherwise it waits to be confirmed first.
    shop.execute("UPDATE cash_settings SET confirmation = 0")
        .await;
    let transfer = PaymentInput {
        method: "bank_transfer".to_owned(),
        card_number: String::new(),
    };
    let to_pay = bought(shop, goods, transfer).await;
    // Its reference is made of its number.
    let number = "UPDATE orders SET number = 'HF-7K3MQ-9Q2XA' WHERE id = ";
    shop.execute(&format!("{number}'{}'", to_pay.id)).await;
    let staff = &shop.shop().staff;
    staff
        .invite(&admin, "max@shop.test", Role::Staff)
        .await
        .unwrap();
    let invitation = Sql::new("SELECT id FROM staff_invitations");
    let invitation = invitation.fetch_one(shop.db().reader()).await.unwrap();
    let reminder = reminder(shop, &admin).await;
    let drop = Sql::new("SELECT id FROM drops");
    let drop = drop.fetch_one(shop.db().reader()).await.unwrap();
    Scene {
        kim,
        paid,
        refunded,
        due,
        unpaid,
        picked_up,
        unconfirmed,
        lapsed,
        to_pay,
        invitation: invitation.text("id").unwrap(),
        reminder,
        drop: drop.text("id").unwrap(),
        asked: wait(shop, rope.variant(), "asked").await,
        told: wait(shop, rope.variant(), "told").await,
        offered: wait(shop, rope.variant(), "offered").await,
    }
}
