//! What is stored of pages, and when shoppers see them.

use app::{
    error::ErrorKind,
    pages::types::{Look, MAX_BODY, MAX_PAGES, PageForm},
};

use super::{page, publish};
use crate::support::{DAY, HOUR, START, TestShop, on_both_databases};

on_both_databases!(
    a_published_page_is_seen_and_a_draft_is_not,
    a_page_is_seen_from_its_moment_on_and_not_before,
    a_page_that_is_there_keeps_the_moment_it_was_published,
    a_page_with_gaps_stays_a_draft_and_says_which,
    an_old_address_leads_on_until_another_page_takes_it,
    a_shop_has_one_page_of_each_kind,
    an_edit_from_an_older_state_is_refused,
    what_is_wrong_is_said_at_its_field_and_nothing_is_written,
    a_shop_has_a_limited_number_of_pages,
    changes_are_in_the_audit_log,
    the_demo_has_pages_without_gaps_that_say_so,
);

async fn look(shop: &TestShop, slug: &str) -> Look {
    let look = shop.shop().pages.page(slug).await.unwrap();
    (*look).clone()
}

async fn title(shop: &TestShop, slug: &str) -> Option<String> {
    look(shop, slug).await.page.map(|page| page.title)
}

async fn a_published_page_is_seen_and_a_draft_is_not(shop: TestShop) {
    let admin = shop.admin().await;
    let mut form = PageForm {
        state: "draft".to_owned(),
        ..page("Our Story")
    };
    let saved = publish(&shop, &admin, form.clone()).await.unwrap();
    assert_eq!(saved.slug, "our-story");
    assert_eq!(look(&shop, "our-story").await, Look::default());
    form.state = "published".to_owned();
    let pages = &shop.shop().page_admin;
    let saved = pages.update(&admin, &saved.id, form.clone()).await.unwrap();
    assert_eq!(
        title(&shop, "our-story").await.as_deref(),
        Some("Our Story")
    );
    form.state = "draft".to_owned();
    pages.update(&admin, &saved.id, form).await.unwrap();
    assert_eq!(look(&shop, "our-story").await, Look::default());
    pages.delete(&admin, &saved.id, "").await.unwrap();
    let gone = pages.page(&saved.id).await.unwrap_err();
    assert_eq!(gone.kind, ErrorKind::NotFound);
}

async fn a_page_is_seen_from_its_moment_on_and_not_before(shop: TestShop) {
    let admin = shop.admin().await;
    // 2025-10-09T08:53:20Z and the next full hour.
    shop.clock.set(START);
    let form = PageForm {
        publish_at: "2025-10-09T10:00".to_owned(),
        ..page("Winter")
    };
    let saved = publish(&shop, &admin, form).await.unwrap();
    let from = saved.publish_at.unwrap();
    assert!((START..START + 2 * HOUR).contains(&from), "{from}");
    let other = shop.second_node();
    for node in [&shop, &other] {
        let before = look(node, "winter").await;
        assert_eq!(
            before,
            Look {
                page: None,
                ends: Some(from)
            }
        );
    }
    shop.clock.set(from - 1);
    assert_eq!(title(&shop, "winter").await, None);
    shop.clock.set(from);
    for node in [&shop, &other] {
        assert_eq!(title(node, "winter").await.as_deref(), Some("Winter"));
    }
    assert_eq!(look(&shop, "winter").await.ends, None);
}

async fn a_page_that_is_there_keeps_the_moment_it_was_published(shop: TestShop) {
    let admin = shop.admin().await;
    let saved = publish(&shop, &admin, page("Story")).await.unwrap();
    assert_eq!(saved.publish_at, Some(shop.now()));
    shop.clock.advance(DAY);
    let pages = &shop.shop().page_admin;
    let again = pages
        .update(&admin, &saved.id, page("Story"))
        .await
        .unwrap();
    assert_eq!(again.publish_at, saved.publish_at);
    assert_eq!(again.version, saved.version + 1);
}

async fn a_page_with_gaps_stays_a_draft_and_says_which(shop: TestShop) {
    let admin = shop.admin().await;
    let form = PageForm {
        kind: "imprint".to_owned(),
        body: "[[Your name]] and [[Your name]], [[Town]]".to_owned(),
        ..page("Imprint")
    };
    let refused = publish(&shop, &admin, form.clone()).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "body");
    assert!(refused.message.ends_with("Your name, Town"), "{refused}");
    let draft = PageForm {
        state: "draft".to_owned(),
        ..form.clone()
    };
    let saved = publish(&shop, &admin, draft).await.unwrap();
    let rows = shop.shop().page_admin.pages().await.unwrap();
    assert_eq!(rows[0].gaps, 2);
    let pages = &shop.shop().page_admin;
    for field in ["title", "seo_title", "seo_description"] {
        let mut form = PageForm {
            body: "Whole.".to_owned(),
            ..form.clone()
        };
        match field {
            "title" => form.title = "[[Title]]".to_owned(),
            "seo_title" => form.seo_title = "[[Title]]".to_owned(),
            _ => form.seo_description = "[[Words]]".to_owned(),
        }
        let refused = pages.update(&admin, &saved.id, form).await.unwrap_err();
        assert_eq!(refused.fields[0].field, field);
    }
}

async fn moved(shop: &TestShop, slug: &str) -> Option<String> {
    server::pages::moved_to(shop.db(), shop.now(), slug)
        .await
        .unwrap()
}

async fn an_old_address_leads_on_until_another_page_takes_it(shop: TestShop) {
    let admin = shop.admin().await;
    let pages = &shop.shop().page_admin;
    let saved = publish(&shop, &admin, page("One")).await.unwrap();
    for slug in ["two", "three"] {
        let form = PageForm {
            slug: slug.to_owned(),
            ..page("One")
        };
        pages.update(&admin, &saved.id, form).await.unwrap();
    }
    assert_eq!(moved(&shop, "one").await.as_deref(), Some("three"));
    assert_eq!(moved(&shop, "two").await.as_deref(), Some("three"));
    assert_eq!(moved(&shop, "three").await, None);
    publish(&shop, &admin, page("Two")).await.unwrap();
    assert_eq!(moved(&shop, "two").await, None);
    let draft = PageForm {
        state: "draft".to_owned(),
        ..page("One")
    };
    pages.update(&admin, &saved.id, draft).await.unwrap();
    assert_eq!(moved(&shop, "one").await, None, "drafts are not told of");
    let taken = PageForm {
        slug: "two".to_owned(),
        ..page("Else")
    };
    let refused = publish(&shop, &admin, taken).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "slug");
}

async fn a_shop_has_one_page_of_each_kind(shop: TestShop) {
    let admin = shop.admin().await;
    let terms = |title: &str| PageForm {
        kind: "terms".to_owned(),
        ..page(title)
    };
    publish(&shop, &admin, terms("Terms")).await.unwrap();
    let refused = publish(&shop, &admin, terms("More terms"))
        .await
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "kind");
    for title in ["A", "B"] {
        publish(&shop, &admin, page(title)).await.unwrap();
    }
}

async fn an_edit_from_an_older_state_is_refused(shop: TestShop) {
    let admin = shop.admin().await;
    let pages = &shop.shop().page_admin;
    let saved = publish(&shop, &admin, page("Story")).await.unwrap();
    let edit = |version: i64, body: &str| PageForm {
        version: version.to_string(),
        body: body.to_owned(),
        ..page("Story")
    };
    pages
        .update(&admin, &saved.id, edit(1, "First."))
        .await
        .unwrap();
    let refused = pages.update(&admin, &saved.id, edit(1, "Second.")).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    let refused = pages.delete(&admin, &saved.id, "1").await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    assert_eq!(pages.page(&saved.id).await.unwrap().body, "First.");
    pages.delete(&admin, &saved.id, "2").await.unwrap();
}

async fn what_is_wrong_is_said_at_its_field_and_nothing_is_written(shop: TestShop) {
    let admin = shop.admin().await;
    let long = "x".repeat(MAX_BODY + 1);
    let good = || page("Story");
    let wrong = [
        (
            "kind",
            PageForm {
                kind: "poem".to_owned(),
                ..good()
            },
        ),
        (
            "title",
            PageForm {
                title: " ".to_owned(),
                ..good()
            },
        ),
        (
            "title",
            PageForm {
                title: "a\nb".to_owned(),
                ..good()
            },
        ),
        (
            "slug",
            PageForm {
                slug: "!?".to_owned(),
                ..good()
            },
        ),
        (
            "body",
            PageForm {
                body: String::new(),
                ..good()
            },
        ),
        (
            "body",
            PageForm {
                body: "a\0b".to_owned(),
                ..good()
            },
        ),
        (
            "body",
            PageForm {
                body: long,
                ..good()
            },
        ),
        (
            "state",
            PageForm {
                state: "hidden".to_owned(),
                ..good()
            },
        ),
        (
            "publish_at",
            PageForm {
                publish_at: "tomorrow".to_owned(),
                ..good()
            },
        ),
        (
            "seo_title",
            PageForm {
                seo_title: "a\u{202e}b".to_owned(),
                ..good()
            },
        ),
        (
            "contact_email",
            PageForm {
                contact_email: "kim".to_owned(),
                ..good()
            },
        ),
        (
            "contact_email",
            PageForm {
                kind: "contact".to_owned(),
                ..good()
            },
        ),
    ];
    for (field, form) in wrong {
        let refused = publish(&shop, &admin, form).await.unwrap_err();
        assert_eq!(refused.fields[0].field, field, "{refused}");
    }
    for id in ["", "x", "\0"] {
        let refused = shop.shop().page_admin.page(id).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
    }
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM pages").await, 0);
}

async fn a_shop_has_a_limited_number_of_pages(shop: TestShop) {
    let admin = shop.admin().await;
    let values: Vec<_> = (0..MAX_PAGES)
        .map(|n| format!("('p{n}', 'free', 'p{n}', 'P', '', 'draft', 0, 0)"))
        .collect();
    let into =
        "INSERT INTO pages (id, kind, slug, title, body, state, created_at, updated_at) VALUES ";
    shop.execute(&format!("{into}{}", values.join(", "))).await;
    let refused = publish(&shop, &admin, page("Story")).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
}

async fn changes_are_in_the_audit_log(shop: TestShop) {
    let admin = shop.admin().await;
    let pages = &shop.shop().page_admin;
    let saved = publish(&shop, &admin, page("Story")).await.unwrap();
    pages
        .update(&admin, &saved.id, page("Story"))
        .await
        .unwrap();
    pages.delete(&admin, &saved.id, "").await.unwrap();
    for action in ["page.create", "page.update", "page.delete"] {
        let sql = format!("SELECT COUNT(*) AS n FROM audit_entries WHERE action = '{action}'");
        assert_eq!(shop.number(&sql).await, 1, "{action}");
    }
}

async fn the_demo_has_pages_without_gaps_that_say_so(shop: TestShop) {
    use app::locale::Locale;
    shop.demo().await;
    for _ in 0..2 {
        server::menus::demo::seed(shop.db(), &*shop.clock, Locale::De)
            .await
            .unwrap();
    }
    let pages = shop.shop().page_admin.pages().await.unwrap();
    assert_eq!(pages.len(), 7);
    assert!(pages.iter().all(|page| page.is_demo && page.gaps == 0));
    let menus = shop.shop().menus.shown().await.unwrap();
    assert_eq!(menus.header, None);
    let footer = menus.footer.as_ref().unwrap();
    let columns: Vec<_> = footer
        .iter()
        .map(|link| (link.label.as_str(), link.below.len()))
        .collect();
    assert_eq!(columns[1], ("Informationen", 7));
    // What the owner has edited is the owner's.
    let admin = shop.admin().await;
    let desk = &shop.shop().page_admin;
    let imprint = desk.page(&pages[0].id).await.unwrap();
    let form = PageForm {
        kind: "imprint".to_owned(),
        ..page("Imprint")
    };
    desk.update(&admin, &imprint.id, form).await.unwrap();
    assert!(!desk.page(&imprint.id).await.unwrap().is_demo);
}
