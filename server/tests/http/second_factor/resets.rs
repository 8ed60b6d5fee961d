//! A second factor that another person takes away.

use app::identity::Role;

use super::{KIM, set_up};
use crate::support::{ADMIN, Goods, STAFF, TestShop, cash, on_both_databases};

on_both_databases!(
    an_admin_without_one_takes_nobodys_away,
    a_customers_second_factor_is_reset_on_their_page,
);

async fn an_admin_without_one_takes_nobodys_away(shop: TestShop) {
    shop.admin().await;
    let staff = shop.account(STAFF, Role::Staff).await;
    let session = shop.session_of(&staff).await;
    shop.switch_on(&staff, &session).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = browser.page("/admin/staff").await.expect(200);
    assert!(page.body.contains("Reset the second factor…"));
    let reset = "/api/admin/second-factor/reset";
    let fields = [("id", staff.id.as_str())];
    let refused = browser.call(reset, &fields).await.expect(403);
    assert_eq!(refused.kind(), "second_factor_needed");
    let page = browser.submit(reset, &fields).await.refused();
    assert!(page.body.contains("Set up your own second factor first"));
    set_up(&shop, &browser).await;
    let done = browser.submit(reset, &fields).await.expect(303);
    assert_eq!(done.location(), "/admin/staff?done=factor");
    let page = browser.page(done.location()).await.expect(200);
    assert!(page.body.contains("Their second factor is off."));
    // The admin's own row has no way to it.
    assert!(!page.body.contains("Reset the second factor…"));
}

async fn a_customers_second_factor_is_reset_on_their_page(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let kim = shop.account(KIM, Role::Customer).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let session = shop.session_of(&kim).await;
    shop.switch_on(&kim, &session).await;
    let site = shop.open().await;
    let path = format!("/admin/customers/{}", kim.id);
    let worker = site.browser();
    worker.sign_in(STAFF).await.expect(200);
    let page = worker.page(&path).await.expect(200);
    assert!(!page.body.contains("Reset the second factor…"));
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    set_up(&shop, &browser).await;
    let page = browser.page(&path).await.expect(200);
    assert!(page.body.contains("Reset the second factor…"));
    let fields = [("id", kim.id.as_str())];
    let done = browser
        .submit("/api/admin/second-factor/reset", &fields)
        .await
        .expect(303);
    assert_eq!(done.location(), format!("{path}?done=factor"));
    let page = browser.page(done.location()).await.expect(200);
    assert!(page.body.contains("The second factor is off"));
    let shopper = site.browser();
    shopper.sign_in(KIM).await.expect(200);
}
