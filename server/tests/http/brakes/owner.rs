//! Rates that the owner sets.

use super::too_fast;
use crate::support::{ADMIN, TestShop, on_both_databases};

on_both_databases!(
    an_owner_sets_brakes_and_turns_them_off,
    a_wrong_number_of_the_owners_is_marked,
);

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
