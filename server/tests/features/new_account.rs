//! An account after the order: the password that was chosen with it counts in its own browser alone, and once the
//! address is proven.

use app::{identity::Role, orders::types::Order};

use crate::support::{
    Browser, Goods, PASSWORD, Post, Site, TestShop, cash, contact, on_both_databases,
};

on_both_databases!(
    a_password_chosen_with_the_order_makes_the_account_that_has_it,
    in_another_browser_the_link_asks_for_a_password_of_its_own,
    whether_there_is_an_account_is_told_to_the_mailbox_alone,
    only_who_may_see_a_guests_order_is_offered_an_account,
    a_weak_password_is_refused_where_it_was_typed,
    asking_has_limits_and_leaves_little_behind,
);

const ASK: &str = "/api/account/ask-sign-up-of-order";
const SIGN_UP: &str = "/api/account/sign-up";
const OTHER_PASSWORD: &str = "lanterns of another harbour";
const KEPT: &str = "SELECT COUNT(*) AS n FROM chosen_passwords";

/// A guest's order whose mails were read.
async fn ordered(shop: &TestShop, post: &Post) -> Order {
    let rope = shop.stock(Goods::named("Rope")).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    post.deliver().await;
    order
}

/// A browser in which a password was chosen, and the token of the mailed link.
async fn asked(site: &Site, post: &Post, order: &Order) -> (Browser, String) {
    let browser = site.browser();
    let fields = [("token", order.token.as_str()), ("password", PASSWORD)];
    browser.submit(ASK, &fields).await.expect(303);
    let link = post.the_mail().await.link("/account/sign-up/");
    (browser, link)
}

async fn signs_in(site: &Site, password: &str) -> u16 {
    let fields = [
        ("email", contact().email),
        ("password", password.to_owned()),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let answer = site.browser().call("/api/account/sign-in", &fields).await;
    answer.status
}

async fn a_password_chosen_with_the_order_makes_the_account_that_has_it(shop: TestShop) {
    let (site, post) = (shop.open().await, shop.post());
    let order = ordered(&shop, &post).await;
    let browser = site.browser();
    let page = format!("/orders/{}", order.token);
    let shown = browser.page(&page).await.expect(200).body;
    assert!(
        shown.contains(ASK) && shown.contains("Create an account"),
        "{shown}"
    );
    let fields = [("token", order.token.as_str()), ("password", PASSWORD)];
    let asked = browser.submit(ASK, &fields).await.expect(303);
    assert_eq!(asked.location(), format!("{page}?done=account#new-account"));
    let said = browser
        .page(&format!("{page}?done=account"))
        .await
        .expect(200)
        .body;
    assert!(
        said.contains("Check your inbox") && !said.contains(ASK),
        "{said}"
    );
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM accounts").await, 0);
    assert_eq!(
        signs_in(&site, PASSWORD).await,
        401,
        "nothing is proven yet"
    );

    let link = post.the_mail().await.link("/account/sign-up/");
    let page = browser
        .page(&format!("/account/sign-up/{link}"))
        .await
        .expect(200)
        .body;
    assert!(
        page.contains("You chose a password with your order"),
        "{page}"
    );
    assert!(!page.contains("name=\"password\""), "{page}");
    let made = browser
        .submit(SIGN_UP, &[("token", link.as_str())])
        .await
        .expect(303);
    assert_eq!(made.location(), "/account?done=welcome");
    assert!(made.cookie("holdfast_session").is_some());
    let own = browser.page("/account/orders").await.expect(200).body;
    assert!(own.contains(&order.number), "{own}");
    let shown = browser
        .page(&format!("/orders/{}", order.token))
        .await
        .expect(200)
        .body;
    assert!(!shown.contains(ASK), "{shown}");
    assert_eq!(signs_in(&site, PASSWORD).await, 200);
    assert_eq!(shop.number(KEPT).await, 0);
}

async fn in_another_browser_the_link_asks_for_a_password_of_its_own(shop: TestShop) {
    let (site, post) = (shop.open().await, shop.post());
    let order = ordered(&shop, &post).await;
    let (first, link) = asked(&site, &post, &order).await;
    // The one who reads the e-mail did not choose the password, as far as anybody can tell.
    let owner = site.browser();
    let page = owner
        .page(&format!("/account/sign-up/{link}"))
        .await
        .expect(200)
        .body;
    assert!(page.contains("name=\"password\""), "{page}");
    owner
        .submit(SIGN_UP, &[("token", link.as_str())])
        .await
        .refused();
    let fields = [
        ("token", link.as_str()),
        ("name", ""),
        ("password", OTHER_PASSWORD),
    ];
    owner.submit(SIGN_UP, &fields).await.expect(303);
    assert_eq!(signs_in(&site, PASSWORD).await, 401);
    assert_eq!(signs_in(&site, OTHER_PASSWORD).await, 200);
    first
        .call(SIGN_UP, &[("token", link.as_str())])
        .await
        .expect(404);
}

async fn whether_there_is_an_account_is_told_to_the_mailbox_alone(shop: TestShop) {
    let (site, post) = (shop.open().await, shop.post());
    let order = ordered(&shop, &post).await;
    let ask = async || {
        let browser = site.browser();
        let fields = [
            ("token", order.token.as_str()),
            ("password", OTHER_PASSWORD),
        ];
        let answer = browser.submit(ASK, &fields).await.expect(303);
        let said = browser
            .page(&format!("/orders/{}?done=account", order.token))
            .await;
        (
            answer.location().to_owned(),
            said.expect(200).body.contains("Check your inbox"),
        )
    };
    let without = ask().await;
    let mail = post.the_mail().await;
    assert!(mail.body().contains("/account/sign-up/"));
    shop.account(&contact().email, Role::Customer).await;
    assert_eq!(ask().await, without);
    let mail = post.the_mail().await.body();
    assert!(!mail.contains("/account/sign-up/"), "{mail}");
    assert_eq!(signs_in(&site, OTHER_PASSWORD).await, 401);
    assert_eq!(signs_in(&site, PASSWORD).await, 200);
}

async fn only_who_may_see_a_guests_order_is_offered_an_account(shop: TestShop) {
    let (site, post) = (shop.open().await, shop.post());
    let order = ordered(&shop, &post).await;
    let browser = site.browser();
    for token in ["", "x", &"a".repeat(order.token.len())] {
        let fields = [("token", token), ("password", PASSWORD)];
        browser.call(ASK, &fields).await.expect(404);
    }
    let account = shop.account("lou@example.com", Role::Customer).await;
    shop.execute(&format!("UPDATE orders SET account_id = '{}'", account.id))
        .await;
    let page = browser
        .page(&format!("/orders/{}", order.token))
        .await
        .expect(200)
        .body;
    assert!(!page.contains(ASK), "{page}");
    let fields = [("token", order.token.as_str()), ("password", PASSWORD)];
    browser.call(ASK, &fields).await.expect(404);
    assert!(post.deliver().await.is_empty());
    assert_eq!(shop.number(KEPT).await, 0);
}

async fn a_weak_password_is_refused_where_it_was_typed(shop: TestShop) {
    let (site, post) = (shop.open().await, shop.post());
    let order = ordered(&shop, &post).await;
    let page = format!("/orders/{}", order.token);
    let fields = [
        ("token", order.token.as_str()),
        ("password", "short"),
        ("page", page.as_str()),
    ];
    let refused = site.browser().submit(ASK, &fields).await.refused().body;
    assert!(refused.contains("id=\"password-error\""), "{refused}");
    assert!(!refused.contains("value=\"short\""), "{refused}");
    assert!(post.deliver().await.is_empty());
}

async fn asking_has_limits_and_leaves_little_behind(shop: TestShop) {
    let (site, post) = (shop.open().await, shop.post());
    let order = ordered(&shop, &post).await;
    let browser = site.browser();
    let fields = [("token", order.token.as_str()), ("password", PASSWORD)];
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(browser.call(ASK, &fields).await.status);
    }
    assert_eq!(answers, [200, 200, 200, 429, 429]);
    assert_eq!(shop.number(KEPT).await, 3);
    for at in 0..6 {
        let row = format!(
            "INSERT INTO chosen_passwords (token_hash, email, name, password_hash, created_at, expires_at) \
             VALUES ('{at}', '{}', '', 'x', {at}, {})",
            contact().email,
            i64::MAX
        );
        shop.execute(&row).await;
    }
    let port = &shop.shop().accounts;
    port.ask_sign_up_with("elsewhere", &contact(), PASSWORD)
        .await
        .unwrap();
    assert_eq!(shop.number(KEPT).await, 5, "the newest are kept");
    server::account::store::drop_expired(shop.db(), i64::MAX)
        .await
        .unwrap();
    assert_eq!(shop.number(KEPT).await, 0);
}
