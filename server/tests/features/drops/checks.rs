//! What has to be right before a drop starts.

use desk::admin::drops::checks::{Check, Checks, Verdict};

use super::{Line, OPENS, Times, draft, room::settings, ropes};
use crate::support::{ADMIN, Goods, TestShop, on_both_databases};

on_both_databases!(
    a_checklist_says_what_is_missing_and_what_is_ready,
    a_limit_of_the_whole_shop_counts_for_drops,
    a_draft_whose_start_has_passed_is_not_ready,
    a_checklist_is_a_page_in_the_language_of_its_admin,
);

const NAMES: [&str; 8] = [
    "start",
    "goods",
    "units",
    "payment",
    "limits",
    "room",
    "mails",
    "connections",
];

const fn name(check: &Check) -> &'static str {
    match check {
        Check::Start { .. } => "start",
        Check::Goods { .. } => "goods",
        Check::Units { .. } => "units",
        Check::Payment(_) => "payment",
        Check::Limits { .. } => "limits",
        Check::Room { .. } => "room",
        Check::Mails { .. } => "mails",
        Check::Connections { .. } => "connections",
    }
}

fn verdict(checks: &Checks, wanted: &str) -> Verdict {
    let mut all = checks.all.iter();
    all.find(|check| name(check) == wanted).unwrap().verdict()
}

async fn checks(shop: &TestShop, id: &str) -> Checks {
    shop.shop().drop_desk.checks(id).await.unwrap()
}

async fn a_checklist_says_what_is_missing_and_what_is_ready(shop: TestShop) {
    let shop = shop.for_real();
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").inactive()).await;
    let desk = &shop.shop().drop_admin;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[]).await;
    let empty = checks(&shop, &saved.id).await;
    assert_eq!(empty.all.iter().map(name).collect::<Vec<_>>(), NAMES);
    assert_eq!(verdict(&empty, "start"), Verdict::Look, "not planned yet");
    assert_eq!(verdict(&empty, "goods"), Verdict::Wrong, "nothing in it");
    assert_eq!(empty.verdict(), Verdict::Wrong);

    desk.add(&actor, &saved.id, &rope.id).await.unwrap();
    let too_many = Line::of(rope.variant(), 11);
    desk.set_line(&actor, &saved.id, too_many.form())
        .await
        .unwrap();
    let full = checks(&shop, &saved.id).await;
    assert_eq!(verdict(&full, "goods"), Verdict::Look, "not on sale");
    assert_eq!(verdict(&full, "units"), Verdict::Wrong, "11 of 10");
    assert_eq!(verdict(&full, "limits"), Verdict::Look);
    assert_eq!(verdict(&full, "payment"), Verdict::Good);
    assert_eq!(verdict(&full, "room"), Verdict::Look);
    assert_eq!(verdict(&full, "mails"), Verdict::Look, "none was sent yet");

    shop.set_active(&rope, true).await;
    let enough = Line {
        units: 10,
        limit: "2",
        ..too_many
    };
    desk.set_line(&actor, &saved.id, enough.form())
        .await
        .unwrap();
    desk.set_room(&actor, &saved.id, settings("mailbox"))
        .await
        .unwrap();
    desk.plan(&actor, &saved.id).await.unwrap();
    let ready = checks(&shop, &saved.id).await;
    for check in ["start", "goods", "units", "payment", "limits", "room"] {
        assert_eq!(verdict(&ready, check), Verdict::Good, "{check}");
    }
    let units = ready.all.iter().find(|check| name(check) == "units");
    let Some(Check::Units {
        units, set_aside, ..
    }) = units
    else {
        panic!("{units:?}");
    };
    assert_eq!((*units, *set_aside), (10, 10));
}

async fn a_limit_of_the_whole_shop_counts_for_drops(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let before = checks(&shop, &saved.id).await;
    assert_eq!(verdict(&before, "limits"), Verdict::Look);
    shop.execute("INSERT INTO buyer_limits (id, units, days, created_at) VALUES ('all', 2, 30, 0)")
        .await;
    let after = checks(&shop, &saved.id).await;
    assert_eq!(verdict(&after, "limits"), Verdict::Good);
}

async fn a_draft_whose_start_has_passed_is_not_ready(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    shop.clock.set(OPENS);
    let late = checks(&shop, &saved.id).await;
    assert_eq!(verdict(&late, "start"), Verdict::Wrong);
    let none = shop.shop().drop_desk.checks("no such drop").await;
    assert_eq!(super::kind(none), app::error::ErrorKind::NotFound);
}

async fn a_checklist_is_a_page_in_the_language_of_its_admin(shop: TestShop) {
    let actor = shop.admin().await;
    let (_, saved) = ropes(&shop, &actor, 5).await;
    let path = format!("/admin/drops/{}/checks", saved.id);
    for (languages, expected) in [
        (
            "en",
            [
                "Checklist",
                "5 of 5 units are set aside",
                "One customer may buy all of: Rope",
                "first come, first served",
            ],
        ),
        (
            "de",
            [
                "Checkliste",
                "5 von 5 Stück sind zurückgelegt",
                "Ein einziger Kunde darf alles kaufen von: Rope",
                "Wer zuerst kommt, kauft zuerst",
            ],
        ),
    ] {
        let shop = shop.speaking(languages);
        let site = shop.open().await;
        let browser = site.browser();
        browser.page(&path).await.expect(404);
        browser.sign_in(ADMIN).await.expect(200);
        let page = browser.page(&path).await.expect(200).body;
        for words in expected {
            assert!(page.contains(words), "{words} in {page}");
        }
        let editor = format!("/admin/drops/{}", saved.id);
        let editor = browser.page(&editor).await.expect(200).body;
        assert!(editor.contains(&path), "{editor}");
        site.close().await;
    }
}
