//! Forms that are sent after a session has ended.

use app::identity::Role;
use reqwest::{
    Method,
    header::ACCEPT,
    multipart::{Form, Part},
};

use super::{HTML, form, sent};
use crate::support::{ADMIN, Answer, Browser, STAFF, TestShop, on_both_databases};

on_both_databases!(
    whose_session_ended_signs_in_and_goes_on_with_what_was_typed,
    a_refused_form_is_there_again_after_the_session_has_ended,
    a_form_of_an_ended_session_is_shown_to_no_lower_role,
);

/// Signs in at the page that an answer leads to, and goes on from there.
async fn goes_on(browser: &Browser, sent: &Answer, email: &str) -> Answer {
    let door = browser.page(sent.location()).await.expect(200).body;
    assert!(door.contains("You are no longer signed in."), "{door}");
    let (path, query) = sent.location().split_once('?').unwrap();
    let mut query = url::form_urlencoded::parse(query.as_bytes());
    let (_, next) = query.find(|(name, _)| name == "next").unwrap();
    let function = format!("/api{path}");
    let password = crate::support::PASSWORD;
    let fields = [
        ("email", email),
        ("password", password),
        ("next", next.as_ref()),
    ];
    // Sent as it is: where it leads has the key of a form, as with one that is refused.
    let signed_in = Answer::of(form(browser, &function, &fields)).await;
    let signed_in = signed_in.expect(303);
    assert_eq!(signed_in.location(), next);
    browser.page(signed_in.location()).await
}

async fn whose_session_ended_signs_in_and_goes_on_with_what_was_typed(shop: TestShop) {
    const CUSTOMER: &str = "kim@example.com";
    shop.admin().await;
    shop.account(CUSTOMER, Role::Customer).await;
    let site = shop.open().await;
    for (email, path, typed) in [
        (ADMIN, "/api/admin/categories/create", "name"),
        (CUSTOMER, "/api/account/addresses/save", "city"),
    ] {
        let browser = site.browser();
        browser.sign_in(email).await.expect(200);
        shop.execute("DELETE FROM sessions").await;
        let sent = Answer::of(form(&browser, path, &[(typed, "Hamburg")])).await;
        let sent = sent.expect(303);
        assert!(
            sent.location().contains("/sign-in?done=ended&next="),
            "{path}"
        );
        let page = goes_on(&browser, &sent, email).await.expect(200).body;
        assert!(page.contains("value=\"Hamburg\""), "{page}");
        assert!(page.contains("You had been signed out."), "{page}");
        // A program is told the same as ever.
        shop.execute("DELETE FROM sessions").await;
        let refused = browser.call(path, &[(typed, "Hamburg")]).await;
        assert!(matches!(refused.status, 401 | 404), "{}", refused.status);
    }
    // What has no fields to keep is told, too.
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    shop.execute("DELETE FROM sessions").await;
    let picture = Form::new().part("file", Part::bytes(b"no".to_vec()).file_name("x.png"));
    let upload = browser
        .request(Method::POST, "/api/admin/pictures/upload")
        .header(ACCEPT, HTML);
    let sent = Answer::of(upload.multipart(picture)).await.expect(303);
    assert_eq!(sent.location(), "/admin/sign-in?done=ended&next=%2Fadmin");
}

async fn a_refused_form_is_there_again_after_the_session_has_ended(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    for (email, shown) in [(ADMIN, 200), (STAFF, 303)] {
        let browser = site.browser();
        browser.sign_in(ADMIN).await.expect(200);
        let typed = "Hamburg ".repeat(100);
        let path = "/api/admin/categories/create";
        let back = sent(&browser, path, &[("name", &typed)]).await;
        browser.back(&back).await.refused();
        shop.execute("DELETE FROM sessions").await;
        let late = browser.page(back.location()).await.expect(303);
        assert!(late.location().starts_with("/admin/sign-in?done=ended"));
        let page = goes_on(&browser, &late, email).await.expect(shown);
        assert_eq!(page.body.contains(typed.trim()), shown == 200, "{email}");
    }
}

async fn a_form_of_an_ended_session_is_shown_to_no_lower_role(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    shop.execute("DELETE FROM sessions").await;
    let path = "/api/admin/categories/create";
    let typed = [("name", "Hamburg"), ("page", "/admin/products")];
    let sent = Answer::of(form(&browser, path, &typed)).await.expect(303);
    // On to the page without it.
    let page = goes_on(&browser, &sent, STAFF).await.expect(303);
    assert_eq!(page.location(), "/admin/products");
    let other = site.browser();
    other.sign_in(ADMIN).await.expect(200);
    let (_, key) = sent.location().rsplit_once("form%3D").unwrap();
    let page = other.page(&format!("/admin/products?form={key}")).await;
    assert_eq!(page.expect(303).location(), "/admin/products");
}
