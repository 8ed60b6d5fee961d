//! A cart goes on under a new token when someone types who they are.

use app::{
    checkout::types::CheckoutView,
    contact::Contact,
    identity::{Account, Role},
};
use desk::admin::{
    dashboard::ports::Span,
    jobs::{
        bulk::{BulkAction, BulkSelection},
        ports::ProductJobs,
    },
};
use server::{
    cart::{store, token::of_account},
    ids::is_secret,
};

use super::carts::add;
use crate::support::{Goods, HOUR, Stocked, TestShop, cash, contact, on_both_databases, order};

on_both_databases!(
    contact_details_come_under_a_new_token,
    who_typed_the_details_before_does_not_read_the_next_ones,
    the_same_details_again_change_nothing,
    the_old_token_leads_to_the_lines_for_an_hour,
    a_form_that_is_sent_twice_at_once_leaves_full_carts,
    an_order_goes_through_with_the_new_token_and_no_second_time,
    an_accounts_cart_keeps_its_name,
    the_copy_counts_as_no_cart,
);

async fn view(shop: &TestShop, cart: &str) -> CheckoutView {
    shop.shop().checkout.view(Some(cart)).await.unwrap()
}

async fn save(shop: &TestShop, cart: &str, contact: Contact) -> String {
    let checkout = &shop.shop().checkout;
    checkout.save_contact(Some(cart), contact).await.unwrap()
}

fn other_contact() -> Contact {
    Contact {
        name: "Lou Larch".to_owned(),
        ..contact()
    }
}

async fn contact_details_come_under_a_new_token(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let old = shop.cart(&[(rope.variant(), 2)]).await;
    let checkout = &shop.shop().checkout;
    checkout.save_shipping(Some(&old), "express").await.unwrap();
    let key = view(&shop, &old).await.checkout_key;
    let new = save(&shop, &old, contact()).await;
    assert!(is_secret(&new) && new != old);
    checkout.save_payment(Some(&new), cash()).await.unwrap();

    let own = view(&shop, &new).await;
    assert_eq!(own.draft.contact, Some(contact()));
    assert_eq!(own.cart.count, 2);
    assert_eq!(own.checkout_key, key, "the order is the same one");
    let known = view(&shop.second_node(), &old).await;
    assert_eq!(known.draft.contact, None);
    assert_eq!(known.draft.payment, None);
    assert_eq!(known.draft.shipping.as_deref(), Some("express"));
    assert_eq!(known.cart.lines, own.cart.lines);
    assert_ne!(known.checkout_key, key);
}

async fn who_typed_the_details_before_does_not_read_the_next_ones(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let planted = save(&shop, &cart, other_contact()).await;
    let own = save(&shop, &planted, contact()).await;
    assert_ne!(own, planted);
    assert_eq!(view(&shop, &planted).await.draft.contact, None);
    assert_eq!(view(&shop, &own).await.draft.contact, Some(contact()));
}

async fn the_same_details_again_change_nothing(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let own = save(&shop, &cart, contact()).await;
    assert_eq!(save(&shop, &own, contact()).await, own);
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM carts").await, 2);
}

async fn the_old_token_leads_to_the_lines_for_an_hour(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let old = shop.cart(&[(rope.variant(), 3)]).await;
    let new = save(&shop, &old, contact()).await;
    let count = |token: &str| {
        let (shop, token) = (shop.clone(), token.to_owned());
        async move { shop.shop().cart.view(Some(&token)).await.unwrap().count }
    };
    shop.clock.advance(HOUR - 1);
    assert_eq!(
        count(&old).await,
        3,
        "an answer that was lost loses nothing"
    );
    shop.clock.advance(1);
    assert_eq!(count(&old).await, 0);
    assert_eq!(store::drop_expired(shop.db(), shop.now()).await.unwrap(), 1);
    assert_eq!(count(&new).await, 3);
    // One who goes on with the copy keeps it, as any cart.
    let newest = save(&shop, &new, other_contact()).await;
    add(&shop, Some(&new), rope.variant(), 1).await.unwrap();
    shop.clock.advance(2 * HOUR);
    assert_eq!((count(&new).await, count(&newest).await), (4, 3));
}

async fn a_form_that_is_sent_twice_at_once_leaves_full_carts(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let old = shop.cart(&[(rope.variant(), 2)]).await;
    let sending = (0..4).map(|_| {
        let (shop, old) = (shop.clone(), old.clone());
        tokio::spawn(async move { save(&shop, &old, contact()).await })
    });
    let mut tokens = Vec::new();
    for sent in sending.collect::<Vec<_>>() {
        tokens.push(sent.await.unwrap());
    }
    // Whichever answer the browser heeds.
    for token in &tokens {
        let seen = view(&shop, token).await;
        assert_eq!(seen.draft.contact, Some(contact()));
        assert_eq!(seen.cart.count, 2);
    }
    let seen = view(&shop, &old).await;
    assert_eq!((seen.draft.contact, seen.cart.count), (None, 2));
}

async fn an_order_goes_through_with_the_new_token_and_no_second_time(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000).units(5)).await;
    let old = shop.cart(&[(rope.variant(), 1)]).await;
    let new = save(&shop, &old, contact()).await;
    let mut wanted = order(cash(), 1000);
    wanted.checkout_key = view(&shop, &new).await.checkout_key;
    let first = shop.place(&new, wanted.clone()).await.unwrap();
    assert_eq!(shop.place(&new, wanted.clone()).await.unwrap(), first);
    let refused = shop.place(&old, wanted).await;
    assert!(refused.is_err(), "the key of another's order shows nothing");
    assert_eq!(
        (shop.orders().await, shop.units(rope.variant()).await),
        (1, 4)
    );
}

async fn an_accounts_cart_keeps_its_name(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let kim = shop.account("kim@example.com", Role::Customer).await;
    let cart = of_account(&kim.id);
    add(&shop, Some(&cart), rope.variant(), 1).await.unwrap();
    assert_eq!(save(&shop, &cart, contact()).await, cart);
    assert_eq!(view(&shop, &cart).await.draft.contact, Some(contact()));
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM carts").await, 1);
}

/// In how many carts the product lies, as the staff is told.
async fn told(shop: &TestShop, admin: &Account, product: &Stocked) -> [i64; 3] {
    let (port, jobs) = (&shop.shop().admin, &shop.services.jobs);
    let ids = BulkSelection::Ids(vec![product.id.clone()]);
    let job = jobs.plan(admin, ids, BulkAction::Delete).await.unwrap();
    let of_job = jobs.job(&job, 0).await.unwrap().in_carts;
    jobs.discard(admin, &job).await.unwrap();
    let of_product = port.product(&product.id).await.unwrap().in_carts;
    let figures = shop.shop().dashboard.figures(Span::Today.into()).await;
    [figures.unwrap().open_carts, of_product, of_job]
}

async fn the_copy_counts_as_no_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    save(&shop, &cart, contact()).await;
    assert_eq!(told(&shop, &admin, &rope).await, [1, 1, 1]);
    // Someone goes on with the copy: that is a second cart.
    add(&shop, Some(&cart), rope.variant(), 1).await.unwrap();
    assert_eq!(told(&shop, &admin, &rope).await, [2, 2, 2]);
}
