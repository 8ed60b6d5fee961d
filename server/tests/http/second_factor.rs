//! The second factor over HTTP: set up and used without script, required of the staff, and asked for
//! again.

mod confirming;
mod resets;

use app::identity::Role;
use desk::admin::settings::ports::SecondFactorRule;
use reqwest::{Method, header::ACCEPT};

use super::roles::{ROUTES, Things, ask, functions, pages};
use crate::support::{
    ADMIN, Answer, Browser, Goods, MINUTE, PASSWORD, STAFF, TestShop, code, on_both_databases,
};

on_both_databases!(
    it_is_set_up_and_used_without_script,
    programs_are_told_what_to_send,
    who_shops_is_asked_for_a_code_and_keeps_the_cart,
    nothing_of_the_admin_area_opens_without_one_if_it_is_required,
);

const HERE: &str = "/account/security/second-factor";
const CODE: &str = "/api/account/sign-in/code";
const KIM: &str = "kim@example.com";

/// The secret that a page tells an app.
fn secret_of(page: &str) -> String {
    let (_, rest) = page
        .split_once("secret=")
        .expect("the app is told a secret");
    rest.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// Sets a second factor up in this browser, and tells its secret.
async fn set_up(shop: &TestShop, browser: &Browser) -> String {
    let begun = browser.call("/api/account/second-factor/begin", &[]).await;
    let secret = begun.expect(200).json()["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let code = code(&secret, shop.now());
    let fields = [
        ("factor_code", code.as_str()),
        ("factor_password", PASSWORD),
    ];
    let on = browser.call("/api/account/second-factor/on", &fields).await;
    assert_eq!(on.expect(200).json()["codes"].as_array().unwrap().len(), 10);
    secret
}

async fn it_is_set_up_and_used_without_script(shop: TestShop) {
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(STAFF).await.expect(200);
    let security = browser.page("/account/security").await.expect(200);
    assert!(security.body.contains(&format!("href=\"{HERE}\"")));
    let off = browser.page(HERE).await.expect(200);
    assert!(off.body.contains("Set it up"));
    let begun = browser
        .submit("/api/account/second-factor/begin", &[])
        .await;
    assert_eq!(begun.expect(303).location(), HERE);
    let page = browser.page(HERE).await.expect(200);
    let is_told = page.body.split("<svg").skip(1).any(|svg| {
        let (attributes, _) = svg.split_once('>').unwrap();
        attributes.contains("class=\"qr\"") && attributes.contains("aria-label=\"QR code")
    });
    assert!(is_told, "{}", page.body);
    let secret = secret_of(&page.body);
    let groups: Vec<String> = secret
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    assert!(
        page.body.contains(&groups.join(" ")),
        "it can be typed, too"
    );

    let on = "/api/account/second-factor/on";
    let wrong = [("factor_code", "no code"), ("factor_password", PASSWORD)];
    let refused = browser.submit(on, &wrong).await.refused();
    assert_eq!(secret_of(&refused.body), secret, "it is still the same");
    assert!(refused.body.contains("aria-invalid=\"true\""));
    assert!(!refused.body.contains("value=\"no code\""));
    let right = code(&secret, shop.now());
    let fields = [
        ("factor_code", right.as_str()),
        ("factor_password", PASSWORD),
    ];
    let request = browser
        .request(Method::POST, on)
        .header(ACCEPT, "text/html");
    let made = Answer::of(request.form(&fields)).await.expect(303);
    let cookie = made
        .cookie("holdfast_typed")
        .expect("it brings the codes along");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("Max-Age=120"),
        "{cookie}"
    );
    assert!(made.location().starts_with(&format!("{HERE}?form=")));
    let shown = browser.back(&made).await.came_back();
    assert_eq!(shown.body.matches("<li class=\"mono\">").count(), 10);
    assert_eq!(shown.header("cache-control"), "no-store");
    let ends = shown.cookie("holdfast_typed").expect("it ends");
    assert!(ends.contains("Max-Age=0"), "{ends}");
    let kept = "SELECT COUNT(*) AS n FROM kept_forms WHERE form LIKE '%recovery_code%'";
    assert_eq!(shop.number(kept).await, 0);
    // Loaded again, or looked at later, they are gone.
    assert_eq!(
        browser.page(made.location()).await.expect(303).location(),
        HERE
    );
    assert_eq!(browser.page(on).await.expect(303).location(), "/account");
    let later = browser.page(HERE).await.expect(200);
    assert!(!later.body.contains("<li class=\"mono\">"));
    assert!(!later.body.contains(&secret));
    assert!(later.body.contains("10 recovery codes are left."));

    let browser = site.browser();
    let fields = [
        ("email", STAFF),
        ("password", PASSWORD),
        ("next", "/admin/orders?page=2"),
    ];
    let asked = browser
        .submit("/api/admin/sign-in", &fields)
        .await
        .expect(303);
    assert_eq!(asked.cookie("holdfast_session"), None);
    let cookie = asked.cookie("holdfast_sign_in").expect("it waits");
    assert!(cookie.contains("HttpOnly") && cookie.contains("Max-Age=600"));
    let page = browser.page(asked.location()).await.expect(200);
    assert!(page.body.contains("autocomplete=\"one-time-code\""));
    browser.page("/admin/orders").await.expect(404);
    let next = ("next", "/admin/orders?page=2");
    let used = browser
        .submit(CODE, &[("factor_code", right.as_str()), next])
        .await;
    let used = used.refused();
    assert!(
        used.body.contains("aria-invalid=\"true\"")
            && !used.body.contains(&format!("value=\"{right}\""))
    );
    assert!(used.body.contains("value=\"/admin/orders?page=2\""));
    let fresh = shop.next_code(&secret);
    let entered = browser
        .submit(CODE, &[("factor_code", fresh.as_str()), next])
        .await;
    let entered = entered.expect(303);
    assert_eq!(entered.location(), "/admin/orders?page=2");
    assert!(entered.cookie("holdfast_session").is_some());
    let cleared = entered.cookie("holdfast_sign_in").expect("it is cleared");
    assert!(cleared.contains("Max-Age=0"));
    browser.page("/admin/orders").await.expect(200);

    // Who has no sign-in that waits begins at the beginning.
    let stranger = site.browser();
    let page = stranger.page("/account/sign-in/code").await.expect(303);
    assert_eq!(page.location(), "/account/sign-in");
    let posted = stranger
        .submit(CODE, &[("factor_code", fresh.as_str())])
        .await;
    assert_eq!(
        posted.expect(303).location(),
        "/account/sign-in?done=too-late"
    );
}

async fn programs_are_told_what_to_send(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let secret = set_up(&shop, &browser).await;
    let program = site.browser();
    let asked = program.sign_in(ADMIN).await.expect(401);
    assert_eq!(asked.kind(), "code_needed");
    let code = shop.next_code(&secret);
    let account = program.call(CODE, &[("factor_code", code.as_str())]).await;
    assert_eq!(account.expect(200).json()["email"], ADMIN);

    shop.clock.advance(15 * MINUTE);
    let fields = [("email", "new@shop.test"), ("role", "staff")];
    let asked = program
        .call("/api/admin/staff/invite", &fields)
        .await
        .expect(403);
    assert_eq!(asked.kind(), "confirm_needed");
    let wrong = [fields[0], fields[1], ("confirm_code", "no code")];
    let refused = program
        .call("/api/admin/staff/invite", &wrong)
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["confirm_code"]);
    let code = shop.next_code(&secret);
    let right = [fields[0], fields[1], ("confirm_code", code.as_str())];
    program
        .call("/api/admin/staff/invite", &right)
        .await
        .expect(200);
    program
        .call("/api/admin/staff/invite", &fields)
        .await
        .expect(200);
}

async fn who_shops_is_asked_for_a_code_and_keeps_the_cart(shop: TestShop) {
    shop.account(KIM, Role::Customer).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    let fields = [
        ("email", KIM),
        ("password", PASSWORD),
        ("next", "/checkout"),
    ];
    browser
        .submit("/api/account/sign-in", &fields)
        .await
        .expect(303);
    let secret = set_up(&shop, &browser).await;

    let browser = site.browser();
    browser.add(rope.variant(), 2).await.expect(200);
    let asked = browser
        .submit("/api/account/sign-in", &fields)
        .await
        .expect(303);
    assert_eq!(asked.location(), "/account/sign-in/code?next=%2Fcheckout");
    let other = site.browser();
    let waits = other
        .submit("/api/account/sign-in", &fields)
        .await
        .expect(303);
    assert!(waits.cookie("holdfast_sign_in").is_some());
    let left = other.submit("/api/account/sign-out", &[]).await.expect(303);
    let forgotten = left.cookie("holdfast_sign_in").expect("it is cleared");
    assert!(forgotten.contains("Max-Age=0"), "{forgotten}");
    let cart = browser.read("/api/cart").await.expect(200);
    assert_eq!(cart.json()["count"], 2, "still a guest's");
    let code = shop.next_code(&secret);
    let entered = [("factor_code", code.as_str()), ("next", "/checkout")];
    let entered = browser.submit(CODE, &entered).await.expect(303);
    assert_eq!(entered.location(), "/checkout");
    let cart = browser.read("/api/cart").await.expect(200);
    assert_eq!(cart.json()["count"], 2);
}

async fn nothing_of_the_admin_area_opens_without_one_if_it_is_required(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let things = Things::of(&shop).await;
    let admin = server::account::store::by_email(shop.db(), ADMIN).await;
    let (admin, _) = admin.unwrap().unwrap();
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    browser.page("/admin").await.expect(200);
    let desk = &shop.shop().settings_desk;
    let view = desk.settings().await.unwrap();
    let form = desk::admin::settings::ports::SettingsForm {
        version: view.version.to_string(),
        name: view.settings.name.clone(),
        currency: view.settings.currency.clone(),
        tax: "19".to_owned(),
        time_zone: view.settings.time_zone.clone(),
        payment_hold_minutes: "30".to_owned(),
        cart_days: "30".to_owned(),
        low_stock: "5".to_owned(),
        second_factor: SecondFactorRule::Required.as_str().to_owned(),
        rates: view.rates.clone(),
        ..Default::default()
    };
    desk.save(&admin, form).await.unwrap();

    // At once, also for who is signed in already.
    for (path, expected) in pages("/admin") {
        let [guest, .., for_admin] = expected;
        let page = browser.page(&things.path(&path)).await;
        match (guest, for_admin) {
            (404, 200) => assert_eq!(page.expect(303).location(), HERE, "{path}"),
            _ => assert_eq!(page.status, for_admin, "{path}"),
        }
    }
    for (method, path, fields, expected) in ROUTES.iter().chain(&functions()) {
        let is_of_the_area = expected[0] == 404 && expected[3] != 404;
        if !is_of_the_area || !(path.starts_with("/api/admin/") || path.starts_with("/admin/")) {
            continue;
        }
        let body = things.put_into(fields);
        let answer = ask(&browser, method, &things.path(path), body).await;
        // A page for one who follows a link.
        if *method == "GET" && path.starts_with("/admin/") {
            assert_eq!(answer.expect(303).location(), HERE, "{path}");
            continue;
        }
        assert_eq!(answer.status, 403, "{path}");
        assert_eq!(answer.kind(), "second_factor_needed", "{path}");
    }
    let posted = browser
        .submit("/api/admin/staff/invite", &[])
        .await
        .expect(303);
    assert_eq!(posted.location(), HERE);
    let page = browser.page(HERE).await.expect(200);
    assert!(page.body.contains("requires a second factor"));
    browser.page("/account").await.expect(200);
    browser.page("/products").await.expect(200);

    set_up(&shop, &browser).await;
    browser.page("/admin").await.expect(200);
    browser.page("/admin/settings").await.expect(200);
    // Customers are not asked.
    let shopper = site.browser();
    shopper.sign_in("shopper@example.com").await.expect(200);
    let page = shopper.page(HERE).await.expect(200);
    assert!(!page.body.contains("requires a second factor"));
    shopper.page("/admin").await.expect(404);
}
