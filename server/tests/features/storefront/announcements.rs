//! Announcements: which is shown is a function of the time, also on pages that are kept.

use app::{
    announcement::{ports::AnnouncementForm, types::MAX_ANNOUNCEMENTS},
    error::ErrorKind,
    ui::date::Zone,
};

use super::evil;
use crate::support::{ADMIN, Goods, HOUR, MINUTE, START, Site, TestShop, on_both_databases};

on_both_databases!(
    an_announcement_is_above_every_page_at_the_reply,
    it_begins_and_ends_at_its_moment_on_pages_that_are_kept,
    what_is_no_announcement_is_refused_and_stays_typed,
    an_edit_made_from_an_older_version_is_refused,
    there_is_an_end_to_how_many_there_are,
    what_is_typed_is_never_a_script,
);

fn saying(text: &str) -> AnnouncementForm {
    AnnouncementForm {
        text: text.to_owned(),
        ..AnnouncementForm::default()
    }
}

/// As a field holds it.
fn at(moment: i64) -> String {
    Zone::named("UTC").minute(moment)
}

async fn shows(site: &Site, path: &str, text: &str) -> bool {
    let page = site.browser().page(path).await.expect(200);
    page.body.contains(text)
}

const PAGES: [&str; 5] = [
    "/",
    "/products",
    "/products/rope",
    "/categories/deck",
    "/cart",
];

async fn an_announcement_is_above_every_page_at_the_reply(shop: TestShop) {
    let actor = shop.admin().await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    let (here, there) = (shop.open().await, shop.second_node().open().await);
    for site in [&here, &there] {
        for path in PAGES {
            assert!(!shows(site, path, "class=\"announcement\"").await, "{path}");
        }
    }
    let announcements = &shop.shop().announcements;
    let form = AnnouncementForm {
        link: "/Products/".to_owned(),
        ..saying("  Free delivery \n today ")
    };
    let saved = announcements.save(&actor, form).await.unwrap();
    for site in [&here, &there] {
        for path in PAGES {
            let link = "<a href=\"/products\">Free delivery today</a>";
            assert!(shows(site, path, link).await, "{path}");
        }
    }
    let form = AnnouncementForm {
        id: saved.id.clone(),
        version: saved.version.to_string(),
        link: "https://example.com/x".to_owned(),
        ..saying("Closed tomorrow")
    };
    announcements.save(&actor, form).await.unwrap();
    assert!(
        shows(
            &there,
            "/",
            "<a href=\"https://example.com/x\">Closed tomorrow</a>"
        )
        .await
    );
    announcements.delete(&actor, &saved.id).await.unwrap();
    assert!(!shows(&there, "/", "Closed tomorrow").await);
    let log = "SELECT COUNT(*) AS n FROM audit_entries WHERE subject_kind = 'announcement'";
    assert_eq!(shop.number(log).await, 3);
}

async fn it_begins_and_ends_at_its_moment_on_pages_that_are_kept(shop: TestShop) {
    let actor = shop.admin().await;
    shop.stock(Goods::named("Rope").category("Deck")).await;
    // The clock stands at a full minute.
    let now = START / MINUTE * MINUTE;
    shop.clock.set(now);
    let form = AnnouncementForm {
        starts: at(now + HOUR),
        ends: at(now + 2 * HOUR),
        ..saying("Flash sale")
    };
    let announcements = &shop.shop().announcements;
    announcements.save(&actor, form).await.unwrap();
    announcements
        .save(&actor, saying("As always"))
        .await
        .unwrap();
    let (here, there) = (shop.open().await, shop.second_node().open().await);
    for (moment, shown) in [
        (now, "As always"),
        (now + HOUR - 1, "As always"),
        (now + HOUR, "Flash sale"),
        (now + 2 * HOUR - 1, "Flash sale"),
        (now + 2 * HOUR, "As always"),
    ] {
        shop.clock.set(moment);
        for site in [&here, &there] {
            for path in PAGES {
                // Made and kept, then as it is kept.
                for _ in 0..2 {
                    assert!(shows(site, path, shown).await, "{path} at {moment}");
                }
            }
        }
    }
}

async fn what_is_no_announcement_is_refused_and_stays_typed(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let fields = [
        ("text", " "),
        ("link", "javascript:evil()"),
        ("starts", "soon"),
        ("ends", "2026-01-02 10:00"),
    ];
    let refused = browser.call("/api/admin/announcements/save", &fields).await;
    assert_eq!(refused.expect(422).fields(), ["text", "link", "starts"]);
    let refused = browser
        .submit("/api/admin/announcements/save", &fields)
        .await;
    let page = refused.refused();
    for shown in [
        "value=\"javascript:evil()\"",
        "value=\"soon\"",
        "id=\"text-error\"",
        "id=\"link-error\"",
        "id=\"starts-error\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    evil::assert_harmless(&page);
    let fields = [
        ("text", "Sale"),
        ("starts", "2026-01-02T10:00"),
        ("ends", "2026-01-02T10:00"),
    ];
    let refused = browser.call("/api/admin/announcements/save", &fields).await;
    assert_eq!(refused.expect(422).fields(), ["ends"]);
    let rows = "SELECT COUNT(*) AS n FROM announcements";
    assert_eq!(shop.number(rows).await, 0);
    for link in evil::LINKS {
        let fields = [("text", "Sale"), ("link", link)];
        let refused = browser.call("/api/admin/announcements/save", &fields).await;
        assert_eq!(refused.expect(422).fields(), ["link"], "{link}");
    }
}

async fn an_edit_made_from_an_older_version_is_refused(shop: TestShop) {
    let actor = shop.admin().await;
    let announcements = &shop.shop().announcements;
    let saved = announcements.save(&actor, saying("One")).await.unwrap();
    let form = |version: &str, text: &str| AnnouncementForm {
        id: saved.id.clone(),
        version: version.to_owned(),
        ..saying(text)
    };
    announcements.save(&actor, form("1", "Two")).await.unwrap();
    let refused = announcements.save(&actor, form("1", "Three")).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    let (all, _) = announcements.all().await.unwrap();
    let texts: Vec<_> = all.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["Two"]);
    let unknown = AnnouncementForm {
        id: server::ids::new_id(),
        ..form("1", "Four")
    };
    let refused = announcements.save(&actor, unknown).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound);
}

async fn there_is_an_end_to_how_many_there_are(shop: TestShop) {
    let actor = shop.admin().await;
    let announcements = &shop.shop().announcements;
    for number in 0..MAX_ANNOUNCEMENTS {
        let form = saying(&format!("Number {number}"));
        announcements.save(&actor, form).await.unwrap();
    }
    let refused = announcements.save(&actor, saying("One more")).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
}

async fn what_is_typed_is_never_a_script(shop: TestShop) {
    let actor = shop.admin().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let announcements = &shop.shop().announcements;
    for text in evil::TEXTS {
        let form = AnnouncementForm {
            link: "/products?q=\"onclick=\"evil()".to_owned(),
            ..saying(text)
        };
        let saved = announcements.save(&actor, form).await.unwrap();
        let edit = format!("/admin/announcements?edit={}", saved.id);
        for page in [
            site.browser().page("/").await,
            browser.page("/admin/announcements").await,
            browser.page(&edit).await,
        ] {
            evil::assert_harmless(&page.expect(200));
        }
        announcements.delete(&actor, &saved.id).await.unwrap();
    }
}
