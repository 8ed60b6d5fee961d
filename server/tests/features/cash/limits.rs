//! How many orders of one buyer may be open, up to which amount, and what cannot be bought that way.

use app::{
    cart::ports::CartItem,
    checkout::types::{PaymentOffer, PlaceOrder},
    contact::Contact,
    error::{ErrorKind, ShopError},
    identity::Role,
    orders::types::Parcel,
};
use server::cart::token::of_account;

use super::rope;
use crate::support::{
    APPROVES, Goods, MINUTE, TestShop, cash, contact, on_both_databases, order, test_card,
};

on_both_databases!(
    a_buyer_has_so_many_orders_open_and_no_more,
    an_account_counts_whatever_address_is_typed,
    a_mailbox_has_one_share_however_it_is_spelled,
    what_strangers_order_in_ones_name_keeps_nobody_out_whose_address_is_proven,
    what_an_account_knows_counts_where_steps_are_skipped,
    orders_of_one_buyer_at_once_on_two_nodes_keep_to_the_limit,
    what_has_lapsed_or_arrived_is_not_open_any_more,
    no_order_comes_to_more_than_may_be_owed,
    what_has_to_be_paid_before_is_not_sold_on_delivery,
);

async fn limit(shop: &TestShop, set: &str) {
    shop.execute(&format!("UPDATE cash_settings SET {set}"))
        .await;
}

async fn up_to(shop: &TestShop, minor: i64) {
    shop.execute(&format!(
        "UPDATE payment_methods SET highest_minor = {minor} WHERE method = 'cash_on_delivery'"
    ))
    .await;
}

/// What the payment step says against cash, and what it says if cash is chosen all the same.
async fn at_the_payment_step(shop: &TestShop, cart: &str) -> (Option<String>, Option<ShopError>) {
    let checkout = &shop.shop().checkout;
    // A guest's cart gets another token with an address in it.
    let cart = checkout.save_contact(Some(cart), contact()).await.unwrap();
    let cart = Some(cart.as_str());
    checkout.save_shipping(cart, "pickup").await.unwrap();
    let view = checkout.view(cart).await.unwrap();
    let is_cash = |offer: &&PaymentOffer| offer.method == "cash_on_delivery";
    let offer = view.payment.iter().find(is_cash).unwrap();
    let chosen = checkout.save_payment(cart, cash()).await;
    (offer.unavailable.clone(), chosen.err())
}

fn refused_at_payment(refusal: &ShopError, words: &str) {
    assert_eq!(refusal.kind, ErrorKind::Invalid);
    assert_eq!(refusal.fields.len(), 1);
    assert_eq!(refusal.fields[0].field, "payment");
    let said = &refusal.fields[0].message;
    assert!(said.contains(words), "{said}");
}

async fn a_buyer_has_so_many_orders_open_and_no_more(shop: TestShop) {
    limit(&shop, "most_open = 2").await;
    let rope = rope(&shop).await;
    let lines = [(rope.variant(), 1)];
    for _ in 0..2 {
        shop.bought(&lines, cash()).await;
    }
    let (cart, refused) = shop.buy(&lines, cash()).await;
    refused_at_payment(&refused.unwrap_err(), "2 open orders");
    // The same mailbox in another spelling.
    let loud = PlaceOrder {
        contact: Contact {
            email: "KIM@Example.com".to_owned(),
            ..contact()
        },
        ..order(cash(), 1000)
    };
    refused_at_payment(&shop.place(&cart, loud).await.unwrap_err(), "2 open orders");
    let (said, refused) = at_the_payment_step(&shop, &cart).await;
    assert!(said.unwrap().contains("2 open orders"));
    refused_at_payment(&refused.unwrap(), "2 open orders");
    // Others are not kept out, and one who pays now is not, either.
    let other = PlaceOrder {
        contact: Contact {
            email: "lou@example.com".to_owned(),
            ..contact()
        },
        ..order(cash(), 1000)
    };
    let others_cart = shop.cart(&lines).await;
    shop.place(&others_cart, other).await.unwrap();
    shop.bought(&lines, test_card(APPROVES)).await;
    assert_eq!(shop.units(rope.variant()).await, 6);
}

async fn an_account_counts_whatever_address_is_typed(shop: TestShop) {
    limit(&shop, "most_open = 1").await;
    let rope = rope(&shop).await;
    let kim = shop.account("kim@example.com", Role::Customer).await;
    let cart = of_account(&kim.id);
    let mut outcomes = Vec::new();
    for email in ["one@example.com", "two@example.com"] {
        let item = CartItem::Variant(rope.variant().to_owned());
        shop.shop().cart.add(Some(&cart), item, 1).await.unwrap();
        let form = PlaceOrder {
            contact: Contact {
                email: email.to_owned(),
                ..contact()
            },
            ..order(cash(), 1000)
        };
        outcomes.push(shop.place(&cart, form).await);
    }
    assert!(outcomes[0].is_ok(), "{outcomes:?}");
    refused_at_payment(outcomes[1].as_ref().unwrap_err(), "1 open order");
}

fn to(email: &str) -> PlaceOrder {
    PlaceOrder {
        contact: Contact {
            email: email.to_owned(),
            ..contact()
        },
        ..order(cash(), 1000)
    }
}

async fn a_mailbox_has_one_share_however_it_is_spelled(shop: TestShop) {
    limit(&shop, "most_open = 2").await;
    let rope = rope(&shop).await;
    let mut taken = 0;
    for email in [
        "kim.marten@gmail.com",
        "KimMarten+2@gmail.com",
        "k.immarten@googlemail.com",
        "kimmarten+shop@gmail.com",
    ] {
        let cart = shop.cart(&[(rope.variant(), 1)]).await;
        match shop.place(&cart, to(email)).await {
            Ok(_) => taken += 1,
            Err(refusal) => refused_at_payment(&refusal, "2 open orders"),
        }
    }
    assert_eq!((taken, shop.orders().await), (2, 2));
    // Where dots count, they are someone else's.
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    shop.place(&cart, to("kimmarten@example.com"))
        .await
        .unwrap();
}

async fn what_strangers_order_in_ones_name_keeps_nobody_out_whose_address_is_proven(
    shop: TestShop,
) {
    limit(&shop, "most_open = 2, confirmation = 1").await;
    let rope = rope(&shop).await;
    let kim = shop.account("kim@example.com", Role::Customer).await;
    let lines = [(rope.variant(), 1)];
    for _ in 0..2 {
        shop.bought(&lines, cash()).await;
    }
    let cart = of_account(&kim.id);
    let fills = async || {
        let item = CartItem::Variant(rope.variant().to_owned());
        shop.shop().cart.add(Some(&cart), item, 1).await.unwrap();
    };
    let buys = async || {
        let (said, refused) = at_the_payment_step(&shop, &cart).await;
        let placed = shop.place(&cart, order(cash(), 1000)).await;
        assert_eq!(said.is_some(), placed.is_err(), "{said:?}");
        assert_eq!(refused.is_some(), placed.is_err(), "{refused:?}");
        placed
    };
    // Without a proof, one who is signed in is a stranger, too.
    shop.execute("UPDATE accounts SET verified_at = NULL").await;
    fills().await;
    refused_at_payment(&buys().await.unwrap_err(), "2 open orders");
    shop.execute("UPDATE accounts SET verified_at = 1").await;
    buys().await.unwrap();
    fills().await;
    buys().await.unwrap();
    fills().await;
    refused_at_payment(&buys().await.unwrap_err(), "2 open orders");
    // One who types the address is kept out by all of them.
    refused_at_payment(
        &shop.buy(&lines, cash()).await.1.unwrap_err(),
        "2 open orders",
    );
}

async fn what_an_account_knows_counts_where_steps_are_skipped(shop: TestShop) {
    // One rope is 10.00, and the first way to send it costs something.
    let rope = rope(&shop).await;
    let kim = shop.account("kim@example.com", Role::Customer).await;
    let cart = of_account(&kim.id);
    let item = CartItem::Variant(rope.variant().to_owned());
    let checkout = &shop.shop().checkout;
    shop.shop().cart.add(Some(&cart), item, 1).await.unwrap();
    let cart = Some(cart.as_str());
    let view = checkout.view_of(cart, &contact()).await.unwrap();
    let total = view.totals.total_minor;
    assert!(total > 1000, "{total}");
    let chosen = async || checkout.save_payment_of(cart, &contact(), cash()).await;
    up_to(&shop, total - 1).await;
    let view = checkout.view_of(cart, &contact()).await.unwrap();
    let is_cash = |offer: &&PaymentOffer| offer.method == "cash_on_delivery";
    assert!(
        view.payment
            .iter()
            .find(is_cash)
            .unwrap()
            .unavailable
            .is_some()
    );
    assert_eq!(chosen().await.unwrap_err().fields[0].field, "payment");
    up_to(&shop, total).await;
    chosen().await.unwrap();
    // Nothing of what is known was kept.
    let draft = checkout.view(cart).await.unwrap().draft;
    assert_eq!((draft.contact, draft.shipping), (None, None));
}

async fn orders_of_one_buyer_at_once_on_two_nodes_keep_to_the_limit(shop: TestShop) {
    limit(&shop, "most_open = 3").await;
    // Of several products: no lock of units makes them wait for each other.
    let goods = (0..8).map(|n| Goods::named(&format!("Rope {n}")).price(1000));
    let goods = shop.stock_all(goods.collect()).await;
    let nodes = [shop.clone(), shop.second_node()];
    let mut buying = Vec::new();
    for (n, goods) in goods.iter().enumerate() {
        let node = nodes[n % 2].clone();
        let cart = node.cart(&[(goods.variant(), 1)]).await;
        buying.push(tokio::spawn(async move {
            node.place(&cart, order(cash(), 1000)).await
        }));
    }
    let mut placed = 0;
    for buying in buying {
        match buying.await.unwrap() {
            Ok(_) => placed += 1,
            Err(refusal) => refused_at_payment(&refusal, "3 open orders"),
        }
    }
    assert_eq!((placed, shop.orders().await), (3, 3));
}

async fn what_has_lapsed_or_arrived_is_not_open_any_more(shop: TestShop) {
    limit(&shop, "most_open = 1, confirmation = 1").await;
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let lines = [(rope.variant(), 1)];
    shop.bought(&lines, cash()).await;
    assert!(shop.buy(&lines, cash()).await.1.is_err(), "it waits");
    shop.clock.advance(30 * MINUTE);
    assert_eq!(shop.services.checkout.settle_overdue().await.unwrap(), 1);
    let order = shop.bought(&lines, cash()).await;
    let desk = &shop.shop().order_desk;
    desk.confirm(&admin, &order.id).await.unwrap();
    desk.pack(&admin, &order.id).await.unwrap();
    desk.ship(&admin, &order.id, Parcel::default())
        .await
        .unwrap();
    assert!(
        shop.buy(&lines, cash()).await.1.is_err(),
        "it is on its way"
    );
    desk.deliver(&admin, &order.id).await.unwrap();
    shop.bought(&lines, cash()).await;
}

async fn no_order_comes_to_more_than_may_be_owed(shop: TestShop) {
    up_to(&shop, 2000).await;
    let rope = rope(&shop).await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let (cart, refused) = shop.buy(&[(rope.variant(), 3)], cash()).await;
    refused_at_payment(&refused.unwrap_err(), "€20.00");
    let (said, refused) = at_the_payment_step(&shop, &cart).await;
    assert!(said.unwrap().contains("€20.00"));
    refused_at_payment(&refused.unwrap(), "€20.00");
    assert_eq!(shop.units(rope.variant()).await, 8);
}

async fn what_has_to_be_paid_before_is_not_sold_on_delivery(shop: TestShop) {
    let (rope, coat) = (
        rope(&shop).await,
        shop.stock(Goods::named("Coat").price(1000)).await,
    );
    shop.rewrite(&coat, |draft| draft.prepaid = true).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let lines = [(rope.variant(), 1), (coat.variant(), 1)];
    let (cart, refused) = shop.buy(&lines, cash()).await;
    refused_at_payment(&refused.unwrap_err(), "can’t be paid on delivery");
    let (said, refused) = at_the_payment_step(&shop, &cart).await;
    assert!(said.unwrap().contains("“Coat”"));
    refused_at_payment(&refused.unwrap(), "“Coat”");
    shop.bought(&lines, test_card(APPROVES)).await;
    assert_eq!(shop.units(coat.variant()).await, 9);
}
