//! The product table over HTTP: many changed at once, and one by a click.

use super::{admin_work::admin, order_desk::from_page};
use crate::support::{Browser, Goods, TestShop, on_both_databases};

on_both_databases!(
    many_are_changed_after_a_look_and_taken_back,
    a_change_without_ticks_comes_back_as_typed,
    what_would_become_free_is_ticked_first,
    one_click_says_in_how_many_carts_it_lies,
);

async fn many_are_changed_after_a_look_and_taken_back(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let boot = shop.stock(Goods::named("Boot")).await;
    shop.cart(&[(rope.variant(), 1)]).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let fields = [
        ("ids[]", rope.id.as_str()),
        ("ids[]", &boot.id),
        ("scope", "ticked"),
        ("action", "deactivate"),
    ];
    let planned = browser
        .submit("/api/admin/products/bulk", &fields)
        .await
        .expect(303);
    let job = planned.location().to_owned();
    let page = browser.page(&job).await.expect(200).body;
    assert!(
        page.contains("2 products would change") && page.contains("1 cart"),
        "{page}"
    );
    let id = job.strip_prefix("/admin/jobs/").unwrap();
    site.browser().page("/products/rope").await.expect(200);
    browser
        .submit("/api/admin/jobs/start", &[("id", id)])
        .await
        .expect(303);
    settle(&browser, &job).await;
    site.browser().page("/products/rope").await.expect(404);
    let page = browser.page(&job).await.body;
    assert!(page.contains("2 products changed") && page.contains("Undo"));

    let undone = browser
        .submit("/api/admin/jobs/undo", &[("id", id)])
        .await
        .expect(303);
    settle(&browser, undone.location()).await;
    site.browser().page("/products/rope").await.expect(200);
    let again = browser.call("/api/admin/jobs/undo", &[("id", id)]).await;
    assert_eq!(again.expect(409).kind(), "conflict");

    let all = [
        ("scope", "all"),
        ("query", "q=boot&active=true"),
        ("action", "price_by"),
        ("value", "1.00"),
    ];
    let planned = browser
        .submit("/api/admin/products/bulk", &all)
        .await
        .expect(303);
    let page = browser.page(planned.location()).await.body;
    assert!(page.contains("1 product would change") && page.contains("€50.00"));
}

/// Waits until a job's page does not load itself again.
async fn settle(browser: &Browser, job: &str) {
    for _ in 0..500 {
        if !browser
            .page(job)
            .await
            .expect(200)
            .body
            .contains("http-equiv=\"refresh\"")
        {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{job} goes on and on");
}

async fn what_would_become_free_is_ticked_first(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let fields = [
        ("ids[]", rope.id.as_str()),
        ("scope", "ticked"),
        ("action", "price_by"),
        ("value", "-49.00"),
    ];
    let planned = browser
        .submit("/api/admin/products/bulk", &fields)
        .await
        .expect(303);
    let job = planned.location().to_owned();
    let page = browser.page(&job).await.expect(200).body;
    assert!(page.contains("Yes, make 1 variant free"), "{page}");
    let id = job.strip_prefix("/admin/jobs/").unwrap();
    let start = "/api/admin/jobs/start";
    let refused = browser.submit(start, &[("id", id)]).await.refused();
    assert!(refused.body.contains("make_free-error"), "{}", refused.body);
    let yes = [("id", id), ("make_free", "1")];
    browser.submit(start, &yes).await.expect(303);
    settle(&browser, &job).await;
    let editor = format!("/admin/products/{}", rope.id);
    let page = browser.page(&editor).await.expect(200).body;
    assert!(
        page.contains("badge-warn\">Free"),
        "the editor marks it, too"
    );
}

async fn a_change_without_ticks_comes_back_as_typed(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let (path, here) = ("/api/admin/products/bulk", "/admin/products?sort=title");
    let fields = [
        ("scope", "ticked"),
        ("action", "add_tag"),
        ("value", "Sale"),
    ];
    let page = from_page(&browser, here, path, &fields).await.refused();
    assert!(page.body.contains(&format!("data-unsaved=\"{path}\"")));
    assert!(page.body.contains("Select the products") && page.body.contains("value=\"Sale\""));
    let fields = [
        ("scope", "all"),
        ("action", "price_percent"),
        ("value", "-101"),
    ];
    let page = from_page(&browser, here, path, &fields).await.refused();
    assert!(page.body.contains("aria-invalid=\"true\"") && page.body.contains("value=\"-101\""));
}

async fn one_click_says_in_how_many_carts_it_lies(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    for _ in 0..3 {
        shop.cart(&[(rope.variant(), 1)]).await;
    }
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let table = browser
        .page("/admin/products?q=rope")
        .await
        .expect(200)
        .body;
    let next = format!("/admin/products?q=rope&amp;switched={}", rope.id);
    assert!(table.contains(&next), "the button leads back here");
    let next = next.replace("&amp;", "&");
    let fields = [("id", rope.id.as_str()), ("active", "0"), ("next", &next)];
    let done = browser
        .submit("/api/admin/products/update", &fields)
        .await
        .expect(303);
    let page = browser.page(done.location()).await.expect(200).body;
    assert!(
        page.contains("Rope is now inactive.") && page.contains("3 carts"),
        "{page}"
    );
}
