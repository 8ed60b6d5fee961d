//! What an account has in the shop: its orders, its cart, its address at the checkout.

use reqwest::{Method, header::COOKIE};

use super::accounts::{KIM, sign_in, signed_in};
use crate::support::{Answer, Goods, TestShop, cash, on_both_databases, order};

on_both_databases!(
    other_peoples_orders_are_not_found,
    an_order_is_cancelled_and_ordered_again,
    two_carts_become_one_and_the_page_says_so,
    the_accounts_cart_is_in_no_cookie,
    catalogue_pages_do_not_tell_who_is_signed_in,
    the_checkout_begins_with_the_default_address,
);

/// The id of an order of one rope.
async fn buy(shop: &TestShop, email: &str, variant: &str) -> String {
    let sql = format!("SELECT COUNT(*) AS n FROM accounts WHERE email = '{email}'");
    assert_eq!(shop.number(&sql).await, 1);
    let (account, _) = server::account::store::by_email(shop.db(), email)
        .await
        .unwrap()
        .unwrap();
    let cart = server::cart::token::of_account(&account.id);
    let item = app::cart::ports::CartItem::Variant(variant.to_owned());
    shop.shop().cart.add(Some(&cart), item, 1).await.unwrap();
    let total = shop.subtotal(&cart).await;
    let placed = shop.place(&cart, order(cash(), total)).await.unwrap();
    shop.order(&placed).await.id
}

async fn other_peoples_orders_are_not_found(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let kim = signed_in(&shop, &site, KIM).await;
    let lou = signed_in(&shop, &site, "lou@example.com").await;
    let id = buy(&shop, KIM, rope.variant()).await;
    let path = format!("/account/orders/{id}");
    kim.page(&path).await.expect(200);
    lou.page(&path).await.expect(404);
    for action in ["/api/account/orders/cancel", "/api/account/orders/again"] {
        lou.call(action, &[("id", &id)]).await.expect(404);
    }
    let list = kim.page("/account/orders").await.expect(200);
    assert!(list.body.contains(&path));
    assert!(!lou.page("/account/orders").await.body.contains(&path));
}

async fn an_order_is_cancelled_and_ordered_again(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let kim = signed_in(&shop, &site, KIM).await;
    let id = buy(&shop, KIM, rope.variant()).await;
    let fields = [("id", id.as_str())];
    let page = kim.page(&format!("/account/orders/{id}")).await.expect(200);
    assert!(page.body.contains("Yes, cancel order"));
    let done = kim
        .submit("/api/account/orders/cancel", &fields)
        .await
        .expect(303);
    let page = kim.page(done.location()).await.expect(200);
    assert!(page.body.contains("Your order is cancelled."));
    assert!(!page.body.contains("Yes, cancel order"));
    kim.submit("/api/account/orders/cancel", &fields)
        .await
        .refused();

    let again = kim
        .submit("/api/account/orders/again", &fields)
        .await
        .expect(303);
    let cart = kim.page(again.location()).await.expect(200);
    assert!(
        cart.body
            .contains("The items from your order are in your cart again.")
    );
    shop.set_active(&rope, false).await;
    kim.call("/api/cart/remove", &[("variant_id", rope.variant())])
        .await
        .expect(200);
    let again = kim
        .submit("/api/account/orders/again", &fields)
        .await
        .expect(303);
    let cart = kim.page(again.location()).await.expect(200);
    assert!(
        cart.body
            .contains("None of the items from your order are available any more.")
    );
    assert!(cart.body.contains("Rope is no longer available."));
}

async fn two_carts_become_one_and_the_page_says_so(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(4)).await;
    let site = shop.open().await;
    let first = signed_in(&shop, &site, KIM).await;
    first.add(rope.variant(), 3).await.expect(200);
    let second = site.browser();
    second.add(rope.variant(), 3).await.expect(200);
    let arrived = sign_in(&second, KIM).await.expect(303);
    assert!(arrived.location().starts_with("/cart?merged=1"));
    let page = second.page(arrived.location()).await.expect(200);
    assert!(
        page.body
            .contains("from before you signed in are here, too")
    );
    assert!(
        page.body
            .contains("Rope: 4, the most you can order at once.")
    );
    let cart = first.read("/api/cart").await.json();
    assert_eq!(cart["count"], 4, "it is the same on the other device");
    second
        .submit("/api/account/sign-out", &[])
        .await
        .expect(303);
    assert_eq!(second.read("/api/cart").await.json()["count"], 0);
}

async fn the_accounts_cart_is_in_no_cookie(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let kim = signed_in(&shop, &site, KIM).await;
    let added = kim.add(rope.variant(), 1).await.expect(200);
    assert_eq!(added.cookie("holdfast_cart"), None);
    let account = server::account::store::by_email(shop.db(), KIM)
        .await
        .unwrap();
    let token = server::cart::token::of_account(&account.unwrap().0.id);
    for cookie in [
        token.clone(),
        token.replace(':', "%3A"),
        format!("\"{token}\""),
    ] {
        let request = site
            .browser()
            .request(Method::GET, "/api/cart")
            .header(COOKIE, format!("holdfast_cart={cookie}"));
        assert_eq!(Answer::of(request).await.json()["count"], 0, "{cookie}");
    }
}

async fn catalogue_pages_do_not_tell_who_is_signed_in(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let kim = signed_in(&shop, &site, KIM).await;
    for path in ["/", "/products", &format!("/products/{}", rope.slug)] {
        let (one, other) = (kim.page(path).await, site.browser().page(path).await);
        assert_eq!(one.body, other.body, "{path}");
        assert!(one.body.contains(r#"href="/account""#));
    }
}

async fn the_checkout_begins_with_the_default_address(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let kim = signed_in(&shop, &site, KIM).await;
    let fields = [
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
    ];
    kim.submit("/api/account/addresses/save", &fields)
        .await
        .expect(303);
    kim.add(rope.variant(), 1).await.expect(200);
    let page = kim.visit("/checkout").await.expect(200);
    for value in [KIM, "Kim Marten", "Quay 7", "20457", "Hamburg"] {
        assert!(
            page.body.contains(&format!(r#"value="{value}""#)),
            "{value}"
        );
    }
    assert!(!page.body.contains("Already have an account?"));
    // Nothing is left to be asked: it is the review, from which each step can be reached.
    assert!(page.body.contains("action=\"/api/checkout/place\""));
    assert!(page.body.contains("Cash on delivery"));
    for step in ["contact", "shipping", "payment", "review"] {
        let step = format!("/checkout?step={step}");
        kim.page(&step).await.expect(200);
    }
    // The lines are looked at all the same.
    shop.set_units(&rope, 0).await;
    for path in ["/checkout", "/checkout?step=review"] {
        assert_eq!(kim.page(path).await.expect(303).location(), "/cart");
    }
    shop.set_units(&rope, 5).await;
    let guest = site.browser();
    guest.add(rope.variant(), 1).await.expect(200);
    let page = guest.visit("/checkout").await.expect(200);
    assert!(page.body.contains("Already have an account?") && !page.body.contains("Quay 7"));
}
