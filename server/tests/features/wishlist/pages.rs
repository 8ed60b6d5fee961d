//! The list's page and the hearts, as a browser without script sees them.

use app::identity::Role;

use crate::support::{Browser, Goods, TestShop, on_both_databases};

on_both_databases!(
    kept_pages_are_the_same_bytes_with_and_without_a_list,
    a_device_gets_cookies_only_when_something_is_saved,
    a_product_is_saved_moved_and_removed_by_plain_forms,
    what_cannot_be_put_into_the_cart_stays_and_says_why,
    a_product_that_was_deleted_is_said_to_be_gone,
    what_is_not_saved_is_told_on_the_lists_page,
    a_list_follows_from_the_device_into_the_account,
);

const LIST: &str = "/wishlist";

async fn save(browser: &Browser, id: &str) -> Vec<String> {
    let answer = browser
        .call("/api/wishlist/add", &[("product_id", id)])
        .await;
    serde_json::from_value(answer.expect(200).json()).unwrap()
}

async fn kept_pages_are_the_same_bytes_with_and_without_a_list(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").category("Deck")).await;
    let site = shop.open().await;
    let (guest, saver) = (site.browser(), site.browser());
    save(&saver, &rope.id).await;
    for path in ["/", "/products", "/products/rope", "/categories/deck"] {
        let page = guest.page(path).await.expect(200);
        assert_eq!(page.header("cache-control"), "public, no-cache", "{path}");
        assert_eq!(saver.page(path).await.expect(200).body, page.body, "{path}");
        // The one form of all hearts, and a heart.
        assert!(
            page.body.contains(r#"action="/api/wishlist/add""#),
            "{path}"
        );
        assert!(page.body.contains(r#"form="hearts""#), "{path}");
        assert!(page.body.contains(&rope.id), "{path}");
    }
}

async fn a_device_gets_cookies_only_when_something_is_saved(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    for path in ["/", "/products/rope", LIST] {
        let page = browser.page(path).await.expect(200);
        assert_eq!(page.header("set-cookie"), "", "{path}");
    }
    let unknown = [("product_id", "x")];
    let refused = browser
        .call("/api/wishlist/add", &unknown)
        .await
        .expect(422);
    assert_eq!(refused.header("set-cookie"), "");
    let fields = [("product_id", rope.id.as_str())];
    let saved = browser.call("/api/wishlist/add", &fields).await.expect(200);
    let secret = saved.cookie("holdfast_wishlist").unwrap();
    assert!(secret.contains("HttpOnly"), "{secret}");
    let hint = saved.cookie("holdfast_has_wishlist").unwrap();
    assert!(hint.starts_with("holdfast_has_wishlist=1;") && !hint.contains("HttpOnly"));
    let removed = browser
        .call("/api/wishlist/remove", &fields)
        .await
        .expect(200);
    let hint = removed.cookie("holdfast_has_wishlist").unwrap();
    assert!(hint.contains("Max-Age=0"), "{hint}");
}

async fn a_product_is_saved_moved_and_removed_by_plain_forms(shop: TestShop) {
    let goods = ["Rope", "Lamp"].map(Goods::named);
    let [rope, lamp] = shop.stock_all(goods.to_vec()).await.try_into().unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    assert!(
        browser
            .page(LIST)
            .await
            .body
            .contains("Your wishlist is empty")
    );
    for product in [&rope, &lamp] {
        let fields = [("product_id", product.id.as_str()), ("page", "/products")];
        let answer = browser
            .submit("/api/wishlist/add", &fields)
            .await
            .expect(303);
        let page = browser.page(answer.location()).await.expect(200);
        assert!(page.body.contains("Saved to your wishlist."));
        assert!(page.body.contains(&product.title));
    }
    let fields = [("product_id", rope.id.as_str()), ("page", LIST)];
    let moved = browser
        .submit("/api/wishlist/move", &fields)
        .await
        .expect(303);
    let page = browser.page(moved.location()).await.expect(200);
    assert!(page.body.contains("It’s in your cart now."));
    assert!(!page.body.contains(&rope.id), "it is out of the list");
    let cart = browser.read("/api/cart").await.json();
    assert_eq!(cart["lines"][0]["variant_id"], rope.variant());
    let fields = [("product_id", lamp.id.as_str()), ("page", LIST)];
    let removed = browser.submit("/api/wishlist/remove", &fields).await;
    let page = browser
        .visit(removed.expect(303).location())
        .await
        .expect(200);
    assert!(page.body.contains("Your wishlist is empty"));
}

async fn what_cannot_be_put_into_the_cart_stays_and_says_why(shop: TestShop) {
    let jacket = Goods::named("Jacket").options(["Size"], &[(["M"], 9900, 3), (["L"], 9900, 3)]);
    let jacket = shop.stock(jacket).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    for product in [&jacket, &rope] {
        save(&browser, &product.id).await;
    }
    shop.set_units(&rope, 0).await;
    let page = browser.page(LIST).await.expect(200);
    assert!(page.body.contains("Choose a version"));
    assert!(page.body.contains("Sold out") && !page.body.contains("Move to cart"));
    let sold = [("product_id", rope.id.as_str()), ("page", LIST)];
    let refused = browser.submit("/api/wishlist/move", &sold).await.refused();
    assert!(refused.body.contains("Rope is sold out."));
    let several = [("product_id", jacket.id.as_str()), ("page", LIST)];
    let several = browser.submit("/api/wishlist/move", &several).await;
    assert_eq!(several.expect(303).location(), "/products/jacket");
    let list = browser.read("/api/wishlist").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert_eq!(browser.read("/api/cart").await.json()["count"], 0);
}

async fn a_product_that_was_deleted_is_said_to_be_gone(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    save(&browser, &rope.id).await;
    let products = &shop.shop().admin;
    products.delete_product(&admin, &rope.id).await.unwrap();
    let page = browser.page(LIST).await.expect(200);
    assert!(page.body.contains("Rope") && page.body.contains("No longer available"));
    assert!(!page.body.contains("/products/rope"));
    let fields = [("product_id", rope.id.as_str()), ("page", LIST)];
    let refused = browser
        .submit("/api/wishlist/move", &fields)
        .await
        .refused();
    assert!(refused.body.contains("no longer available"));
    let left = browser
        .call("/api/wishlist/remove", &fields)
        .await
        .expect(200);
    assert_eq!(left.json(), serde_json::json!([]));
}

async fn what_is_not_saved_is_told_on_the_lists_page(shop: TestShop) {
    let asleep = shop.stock(Goods::named("Asleep").inactive()).await;
    let site = shop.open().await;
    let browser = site.browser();
    let fields = [("product_id", asleep.id.as_str()), ("page", "/products")];
    let refused = browser
        .submit("/api/wishlist/add", &fields)
        .await
        .expect(303);
    let page = browser.page(refused.location()).await.expect(200);
    assert!(page.body.contains("so it wasn’t saved"));
}

async fn a_list_follows_from_the_device_into_the_account(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let email = "kim@example.com";
    shop.account(email, Role::Customer).await;
    let site = shop.open().await;
    let browser = site.browser();
    save(&browser, &rope.id).await;
    let signed_in = browser.sign_in(email).await.expect(200);
    let ended = signed_in.cookie("holdfast_wishlist").unwrap();
    assert!(ended.contains("Max-Age=0"), "{ended}");
    assert!(signed_in.cookie("holdfast_has_wishlist").is_some());
    let products = browser.read("/api/wishlist/products").await.json();
    assert_eq!(products, serde_json::json!([rope.id]));
    let signed_out = browser.call("/api/account/sign-out", &[]).await.expect(200);
    let hint = signed_out.cookie("holdfast_has_wishlist").unwrap();
    assert!(hint.contains("Max-Age=0"), "{hint}");
    let products = browser.read("/api/wishlist/products").await.json();
    assert_eq!(
        products,
        serde_json::json!([]),
        "the account's list stays its own"
    );
}
