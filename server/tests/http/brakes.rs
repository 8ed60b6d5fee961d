//! Strangers are no faster than people are.

use std::time::Instant;

use app::{
    brakes::{Brake, CountedBy},
    feature::{Access, Braked, Method},
    features,
    identity::{Account, Role},
};
use desk::admin::brakes::types::RateForm;
use reqwest::{
    RequestBuilder,
    header::{ACCEPT, COOKIE},
};
use server::{brakes::CardStanding, http::Network, ids::new_secret};
use tokio::task::JoinSet;

use crate::support::{
    ADMIN, APPROVES, Answer, Browser, DECLINES, Goods, PASSWORD, TestShop, on_both_databases,
};

on_both_databases!(
    two_hundred_shoppers_behind_one_address_meet_no_brake_and_a_script_does,
    carts_that_strangers_begin_are_counted_whatever_they_say_they_have,
    what_was_typed_stays_in_the_form_of_who_was_too_fast,
    a_small_form_leads_to_a_page_that_says_it,
    whatever_a_stranger_posts_too_fast_leads_back_to_a_page,
    declined_cards_stop_a_cart_in_the_same_words_however_it_would_pay,
    a_changed_contact_leaves_a_cart_as_fast_as_it_was,
    contacts_that_are_changed_again_and_again_begin_carts,
    a_card_is_counted_wherever_it_is_tried,
    cards_that_are_tried_at_once_are_made_up_for,
    what_was_not_ordered_is_no_order,
    a_link_in_a_name_is_refused_where_strangers_write_one,
    networks_are_counted_apart_and_a_64_is_one,
    an_owner_sets_brakes_and_turns_them_off,
    a_wrong_number_of_the_owners_is_marked,
);

#[test]
fn whatever_a_stranger_may_post_to_is_braked_or_says_why_not() {
    for function in features::functions() {
        let is_strangers = function.method == Method::Post && function.access == Access::Anybody;
        match function.braked {
            Braked::NotForStrangers => assert!(!is_strangers, "{}", function.path),
            Braked::Otherwise(why) => assert!(why.contains(' '), "{}: {why}", function.path),
            Braked::By(_) => {}
        }
    }
}

const WAIT: &str = "Too many requests came from your connection.";

/// Sets rates as an admin does.
async fn set(shop: &TestShop, admin: &Account, rates: &[(Brake, CountedBy, &str)]) {
    let brakes = &shop.shop().brakes;
    let version = brakes.brakes().await.unwrap().version.to_string();
    let typed = rates.iter().map(|(brake, by, times)| RateForm {
        brake: brake.as_str().to_owned(),
        by: by.as_str().to_owned(),
        times: (*times).to_owned(),
    });
    let saved = brakes
        .save(admin, &version, typed.collect(), Vec::new())
        .await;
    saved.expect("the rates are sound");
    // Orders go by the settings that were read last.
    shop.services.settings.now().await.unwrap();
}

const CONTACT: [(&str, &str); 6] = [
    ("email", "kim@example.com"),
    ("name", "Kim Marten"),
    ("address_line1", "Quay 7"),
    ("postal_code", "20457"),
    ("city", "Hamburg"),
    ("country", "DE"),
];

/// Sends the order of a cart with one rope.
async fn place(browser: &Browser, payment: &str, card: &str) -> Answer {
    let key = new_secret();
    let mut fields = CONTACT.to_vec();
    fields.extend([
        ("checkout_key", key.as_str()),
        ("shipping", "pickup"),
        ("payment", payment),
        ("card_number", card),
        ("expected_total_minor", "4900"),
    ]);
    browser.call("/api/checkout/place", &fields).await
}

/// A refusal for being too fast, which says when to come back.
#[track_caller]
fn too_fast(answer: Answer) -> Answer {
    let answer = answer.expect(429);
    let seconds: u32 = answer.header("retry-after").parse().expect("a number");
    assert!((1..=3600).contains(&seconds), "{seconds}");
    answer
}

async fn buys(browser: Browser, variant: String) {
    browser.add(&variant, 1).await.expect(200);
    for (path, fields) in [
        ("/api/checkout/validate", &[][..]),
        ("/api/checkout/contact", &CONTACT[..]),
        ("/api/checkout/shipping", &[("shipping", "pickup")]),
        ("/api/checkout/payment", &[("payment", "cash_on_delivery")]),
    ] {
        browser.call(path, fields).await.expect(200);
    }
    place(&browser, "cash_on_delivery", "").await.expect(200);
}

async fn two_hundred_shoppers_behind_one_address_meet_no_brake_and_a_script_does(shop: TestShop) {
    const SHOPPERS: usize = 200;
    let rope = shop.stock(Goods::named("Rope").units(10_000)).await;
    let site = shop.open().await;
    let mut shopping = JoinSet::new();
    for n in 0..SHOPPERS {
        if n >= 20 {
            shopping.join_next().await.expect("somebody shops").unwrap();
        }
        let browser = site.browser();
        shopping.spawn(buys(browser, rope.variant().to_owned()));
    }
    shopping.join_all().await;
    assert_eq!(shop.orders().await, SHOPPERS as i64);

    let script = site.browser();
    let refused = loop {
        script.add(rope.variant(), 1).await.expect(200);
        let answer = place(&script, "cash_on_delivery", "").await;
        if answer.status != 200 {
            break answer;
        }
        let placed = shop.orders().await - SHOPPERS as i64;
        assert!(placed <= 25, "{placed} orders of one cart");
    };
    assert_eq!(too_fast(refused).kind(), "too_many_requests");
}

async fn carts_that_strangers_begin_are_counted_whatever_they_say_they_have(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Begun, CountedBy::Network, "3")]).await;
    let site = shop.open().await;
    let began = Instant::now();
    let first = site.browser();
    first.add(rope.variant(), 1).await.expect(200);
    let mut kept = 1;
    // Without a cookie, and with one that somebody made up; a list is something, too.
    for n in 0..12 {
        let browser = site.browser();
        let (path, fields) = match n % 3 {
            2 => ("/api/wishlist/add", [("product_id", rope.id.as_str())]),
            _ => ("/api/cart/add", [("variant_id", rope.variant())]),
        };
        let mut request = browser
            .request(reqwest::Method::POST, path)
            .header(ACCEPT, "application/json");
        if n % 3 == 1 {
            request = request.header(COOKIE, format!("holdfast_cart={}", new_secret()));
        }
        let answer = Answer::of(request.form(&fields)).await;
        match answer.status {
            200 => kept += 1,
            _ => assert_eq!(too_fast(answer).kind(), "too_many_requests"),
        }
    }
    // One more every 20 seconds.
    let more = began.elapsed().as_secs() / 20;
    assert!((3..=3 + more).contains(&kept), "{kept}");
    // Who has a cart goes on.
    first.add(rope.variant(), 1).await.expect(200);
    let carts = "SELECT COUNT(*) AS n FROM carts";
    let lists = "SELECT COUNT(*) AS n FROM wishlists";
    let rows = shop.number(carts).await + shop.number(lists).await;
    assert_eq!(rows, kept as i64);
}

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

async fn declined_cards_stop_a_cart_in_the_same_words_however_it_would_pay(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Declines, CountedBy::Cart, "3")]).await;
    let site = shop.open().await;
    let tries_cards = site.browser();
    tries_cards.add(rope.variant(), 1).await.expect(200);
    for _ in 0..3 {
        place(&tries_cards, "test_card", DECLINES).await.expect(402);
    }
    let mut words = Vec::new();
    for (payment, card) in [
        ("test_card", DECLINES),
        ("test_card", APPROVES),
        ("cash_on_delivery", ""),
    ] {
        let answer = too_fast(place(&tries_cards, payment, card).await);
        words.push(answer.json()["error"]["message"].clone());
    }
    words.dedup();
    assert_eq!(words.len(), 1, "{words:?}");
    assert!(words[0].as_str().unwrap().starts_with(WAIT));
    assert_eq!(shop.units(rope.variant()).await, 10);
    let somebody_else = site.browser();
    somebody_else.add(rope.variant(), 1).await.expect(200);
    place(&somebody_else, "test_card", APPROVES)
        .await
        .expect(200);
}

/// Tells other contact details.
async fn says(browser: &Browser, name: &str) -> Answer {
    let mut contact = CONTACT;
    contact[1].1 = name;
    browser.call("/api/checkout/contact", &contact).await
}

async fn a_changed_contact_leaves_a_cart_as_fast_as_it_was(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Declines, CountedBy::Cart, "2")]).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    for name in ["Kim Marten", "Lou Marten"] {
        says(&browser, name).await.expect(200);
        place(&browser, "test_card", DECLINES).await.expect(402);
    }
    for name in ["Sam Marten", "Kim Marten"] {
        says(&browser, name).await.expect(200);
        too_fast(place(&browser, "test_card", APPROVES).await);
    }
    assert_eq!(shop.orders().await, 2, "the declined ones");
}

async fn contacts_that_are_changed_again_and_again_begin_carts(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Begun, CountedBy::Network, "3")]).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    // Whoever orders says once who they are, and again as often as they like.
    for _ in 0..5 {
        says(&browser, "Kim Marten").await.expect(200);
    }
    says(&browser, "Lou Marten").await.expect(200);
    says(&browser, "Sam Marten").await.expect(200);
    too_fast(says(&browser, "Kim Marten").await);
    let carts = "SELECT COUNT(*) AS n FROM carts";
    assert_eq!(shop.number(carts).await, 4, "the cart and three copies");
}

async fn a_card_is_counted_wherever_it_is_tried(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Declines, CountedBy::Card, "2")]).await;
    let brakes = &shop.services.brakes;
    let (tried, other) = (DECLINES.replace(' ', ""), APPROVES.replace(' ', ""));
    let site = shop.open_as(Network::BehindProxy, None).await;
    let mut words = Vec::new();
    for _ in 0..4 {
        let browser = site.browser();
        browser.add(rope.variant(), 1).await.expect(200);
        let answer = place(&browser, "test_card", DECLINES).await.expect(402);
        words.push(answer.json()["error"]["message"].clone());
    }
    words.dedup();
    assert_eq!(words.len(), 1, "nobody is told: {words:?}");
    assert_eq!(brakes.standing_of_card(&tried).await, CardStanding::Braked);
    assert_eq!(brakes.standing_of_card(&other).await, CardStanding::Free);
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    place(&browser, "test_card", APPROVES).await.expect(200);
    // Nodes know cards by the same name.
    let second = shop.second_node();
    let key = "SELECT COUNT(*) AS n FROM shop_facts WHERE name = 'braked_card_key'";
    second.services.brakes.card_declined(&tried).await;
    assert_eq!(shop.number(key).await, 1);
    assert_eq!(shop.units(rope.variant()).await, 9);
}

async fn cards_that_are_tried_at_once_are_made_up_for(shop: TestShop) {
    const TRIES: usize = 20;
    let rope = shop.stock(Goods::named("Rope").units(100)).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Declines, CountedBy::Network, "6")]).await;
    let site = shop.open().await;
    let mut carts = Vec::new();
    for _ in 0..TRIES {
        let browser = site.browser();
        browser.add(rope.variant(), 1).await.expect(200);
        carts.push(browser);
    }
    let mut tries = JoinSet::new();
    for browser in carts {
        tries.spawn(async move { place(&browser, "test_card", DECLINES).await });
    }
    let answers = tries.join_all().await;
    let declined = answers.iter().filter(|answer| answer.status == 402).count();
    assert!(declined >= 6, "{declined}");
    // One each ten minutes, and those that were too many have to come back first.
    let honest = site.browser();
    honest.add(rope.variant(), 1).await.expect(200);
    let late = place(&honest, "test_card", APPROVES).await.expect(429);
    let seconds: usize = late.header("retry-after").parse().unwrap();
    let owed = (declined - 6) * 600;
    assert!(
        (owed + 1..=owed + 600).contains(&seconds),
        "{declined}: {seconds}"
    );
}

async fn what_was_not_ordered_is_no_order(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::Orders, CountedBy::Cart, "1")]).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    shop.set_units(&rope, 0).await;
    for _ in 0..5 {
        place(&browser, "cash_on_delivery", "").await.expect(409);
    }
    shop.set_units(&rope, 10).await;
    place(&browser, "cash_on_delivery", "").await.expect(200);
    browser.add(rope.variant(), 1).await.expect(200);
    too_fast(place(&browser, "cash_on_delivery", "").await);
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

async fn networks_are_counted_apart_and_a_64_is_one(shop: TestShop) {
    let admin = shop.admin().await;
    set(&shop, &admin, &[(Brake::LookUps, CountedBy::Network, "1")]).await;
    let site = shop.open_as(Network::BehindProxy, None).await;
    let look_up = |from: &str| -> RequestBuilder {
        let browser = site.browser();
        let request = browser
            .request(reqwest::Method::POST, "/api/orders/look-up")
            .header(ACCEPT, "application/json")
            .header("x-forwarded-for", from);
        request.form(&[("number", "HF-12345-67890"), ("email", "kim@example.com")])
    };
    for (from, status) in [
        ("2001:db8:1:2::1", 422),
        ("2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:3::1", 422),
        ("203.0.113.7", 422),
        ("198.51.100.1, 203.0.113.7", 429),
        ("203.0.113.8", 422),
        ("127.0.0.1", 422),
        ("127.0.0.1", 429),
    ] {
        let answer = Answer::of(look_up(from)).await;
        assert_eq!(answer.status, status, "{from}");
    }
}

async fn an_owner_sets_brakes_and_turns_them_off(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let page = admin.page("/admin/brakes").await.expect(200);
    for shown in [
        "Declined payments",
        "Recommended: 300.",
        "name=\"rates[0][times]\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let settings = admin.page("/admin/settings").await.expect(200);
    assert!(settings.body.contains("href=\"/admin/brakes\""));
    let stranger = site.browser();
    let typed = [("number", "HF-12345-67890"), ("email", "kim@example.com")];
    let rate = |version: &'static str, times: &'static str| {
        [
            ("version", version),
            ("rates[0][brake]", "look_ups"),
            ("rates[0][by]", "network"),
            ("rates[0][times]", times),
        ]
    };
    const SAVE: &str = "/api/admin/brakes/save";
    let saved = admin.submit(SAVE, &rate("0", "1")).await.expect(303);
    let page = admin.visit(saved.location()).await.expect(200);
    assert!(page.body.contains("Settings saved."));
    stranger
        .call("/api/orders/look-up", &typed)
        .await
        .expect(422);
    too_fast(stranger.call("/api/orders/look-up", &typed).await);
    admin.submit(SAVE, &rate("0", "7")).await.refused();
    // An empty field is no limit.
    admin.submit(SAVE, &rate("1", "")).await.expect(303);
    for _ in 0..200 {
        stranger
            .call("/api/orders/look-up", &typed)
            .await
            .expect(422);
    }
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'brakes.save'";
    assert_eq!(shop.number(noted).await, 2);
}

async fn a_wrong_number_of_the_owners_is_marked(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    for times in ["0", "-1", "many", "100001", "1.5"] {
        let fields = [
            ("version", "0"),
            ("rates[0][brake]", "orders"),
            ("rates[0][by]", "cart"),
            ("rates[0][times]", times),
        ];
        let call = admin.call("/api/admin/brakes/save", &fields).await;
        assert_eq!(call.expect(422).fields(), ["rates[0][times]"], "{times}");
    }
    // What begins has no cart to be counted by.
    let none = [
        ("version", "0"),
        ("rates[0][brake]", "begun"),
        ("rates[0][by]", "cart"),
        ("rates[0][times]", "5"),
    ];
    admin
        .call("/api/admin/brakes/save", &none)
        .await
        .expect(422);
}
