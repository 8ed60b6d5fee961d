//! What a form says that was sent too fast, or with a link in it, and where.

use app::{
    brakes::{Brake, CountedBy},
    feature::{Access, Braked},
    features,
    identity::Role,
};
use reqwest::header::ACCEPT;

use super::{CONTACT, WAIT, set, too_fast};
use crate::support::{Answer, Goods, PASSWORD, TestShop, on_both_databases};

on_both_databases!(
    what_was_typed_stays_in_the_form_of_who_was_too_fast,
    a_small_form_leads_to_a_page_that_says_it,
    whatever_a_stranger_posts_too_fast_leads_back_to_a_page,
    a_link_in_a_name_is_refused_where_strangers_write_one,
);

async fn what_was_typed_stays_in_the_form_of_who_was_too_fast(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    let few = [
        (Brake::LookUps, CountedBy::Network, "1"),
        (Brake::Steps, CountedBy::Cart, "1"),
        (Brake::Changes, CountedBy::Cart, "1"),
    ];
    set(&shop, &admin, &few).await;
    let site = shop.open().await;
    let browser = site.browser();
    let typed = [("number", "HF-12345-67890"), ("email", "kim@example.com")];
    browser
        .submit("/api/orders/look-up", &typed)
        .await
        .refused();
    let page = browser
        .submit("/api/orders/look-up", &typed)
        .await
        .refused();
    for shown in [
        WAIT,
        "value=\"HF-12345-67890\"",
        "value=\"kim@example.com\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let page = browser.submit("/de/api/orders/look-up", &typed).await;
    let page = page.refused();
    for shown in ["Von Ihrer Verbindung", "value=\"HF-12345-67890\""] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let call = too_fast(browser.call("/api/orders/look-up", &typed).await);
    assert_eq!(call.kind(), "too_many_requests");
    let seconds = call.json()["error"]["retry_after"].as_u64();
    assert_eq!(seconds.unwrap().to_string(), call.header("retry-after"));

    // Until there is a cart, nothing is counted by it.
    browser.add(rope.variant(), 1).await.expect(200);
    let step = [("shipping", "pickup")];
    browser
        .submit("/api/checkout/shipping", &step)
        .await
        .expect(303);
    let page = browser.submit("/api/checkout/contact", &CONTACT).await;
    let page = page.refused();
    for shown in [WAIT, "value=\"Kim Marten\"", "value=\"20457\""] {
        assert!(page.body.contains(shown), "{shown}");
    }
    browser.add(rope.variant(), 1).await.expect(200);
    let more = [("variant_id", rope.variant()), ("quantity", "2")];
    for path in ["/api/cart/add", "/api/cart/update"] {
        let page = browser.submit(path, &more).await;
        assert!(page.body.contains(WAIT), "{path}");
    }
}

async fn a_small_form_leads_to_a_page_that_says_it(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    let few = [
        (Brake::Begun, CountedBy::Network, "1"),
        (Brake::Changes, CountedBy::Network, "2"),
    ];
    set(&shop, &admin, &few).await;
    let site = shop.open().await;
    let heart = [("product_id", rope.id.as_str()), ("page", "/products")];
    site.browser()
        .submit("/api/wishlist/add", &heart)
        .await
        .expect(303);
    // What begins is refused within the function, and what is changed before it.
    for _ in 0..2 {
        let browser = site.browser();
        let request = browser
            .request(reqwest::Method::POST, "/api/wishlist/add")
            .header(ACCEPT, "text/html");
        let back = Answer::of(request.form(&heart)).await.expect(303);
        assert!(back.location().starts_with("/products?form="));
        let page = too_fast(browser.back(&back).await);
        for shown in ["<h1>Too many requests</h1>", WAIT] {
            assert!(page.body.contains(shown), "{shown}");
        }
    }
}

async fn whatever_a_stranger_posts_too_fast_leads_back_to_a_page(shop: TestShop) {
    let admin = shop.admin().await;
    let by = CountedBy::Network;
    set(&shop, &admin, &Brake::ALL.map(|brake| (brake, by, "1"))).await;
    let site = shop.open().await;
    let mut seen = 0;
    for function in features::functions() {
        if function.access != Access::Anybody || !matches!(function.braked, Braked::By(_)) {
            continue;
        }
        let browser = site.browser();
        let send = async || {
            let request = browser
                .request(reqwest::Method::POST, function.path)
                .header(ACCEPT, "text/html");
            Answer::of(request.form(&[("email", "kim@example.com")])).await
        };
        send().await;
        let late = send().await.expect(303);
        assert!(late.leads_back(), "{}: {}", function.path, late.location());
        assert!(!late.location().starts_with("/api/"), "{}", function.path);
        let page = browser.back(&late).await;
        assert!(page.body.contains(WAIT), "{}: {}", function.path, page.body);
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM kept_forms WHERE form LIKE '%too_many%'")
            .await,
        0
    );
}

async fn a_link_in_a_name_is_refused_where_strangers_write_one(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let mut contact = CONTACT;
    contact[1].1 = "Win: evil.com/prize";
    let page = browser
        .submit("/api/checkout/contact", &contact)
        .await
        .refused();
    for shown in [
        "can’t contain a link.",
        "value=\"Win: evil.com/prize\"",
        "id=\"name-error\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let page = browser
        .submit("/de/api/checkout/contact", &contact)
        .await
        .refused();
    assert!(page.body.contains("darf keinen Link enthalten."));
    let mut order = contact.to_vec();
    order.extend([
        ("checkout_key", "a-key-of-sixteen-or-more"),
        ("shipping", "pickup"),
        ("payment", "cash_on_delivery"),
        ("expected_total_minor", "4900"),
    ]);
    let refused = browser
        .call("/api/checkout/place", &order)
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["name"]);
    assert_eq!(shop.orders().await, 0);

    // The address book and the name of an account.
    shop.account("kim@example.com", Role::Customer).await;
    let kim = site.browser();
    let fields = [("email", "kim@example.com"), ("password", PASSWORD)];
    kim.call("/api/account/sign-in", &fields).await.expect(200);
    let refused = kim.call("/api/account/addresses/save", &contact).await;
    assert_eq!(refused.expect(422).fields(), ["name"]);
    let refused = kim
        .call("/api/account/rename", &[("name", "www.evil.example")])
        .await;
    assert_eq!(refused.expect(422).fields(), ["name"]);
}
