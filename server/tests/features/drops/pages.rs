//! The pages of drops, without script, in both languages, and the editor as a browser fills it in.

use app::{drops::types::DropForm, locale::Locale};
use desk::admin::translations::ports::Group;

use super::{Line, OPENS, Times, planned, ropes, typed};
use crate::{
    support::{ADMIN, Goods, HOUR, MINUTE, TestShop, on_both_databases},
    translated::{self, names::translate_product},
};

on_both_databases!(
    a_page_says_when_it_starts_in_the_language_of_its_reader,
    a_drop_is_made_without_script,
    what_is_wrong_comes_back_to_the_form,
    a_calendar_gets_the_start,
    countdowns_go_by_the_shops_time,
    what_is_typed_is_never_a_script,
    what_a_drop_says_is_translated,
);

async fn a_page_says_when_it_starts_in_the_language_of_its_reader(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let (rope, _) = ropes(&shop, &actor, 5).await;
    let site = shop.open().await;
    let browser = site.browser();
    let english = browser.page("/drops/summer").await.expect(200).body;
    for words in [
        "Starts",
        "9 Oct 2025, 09:53 UTC",
        "still secret",
        "Remind me",
        "http-equiv=\"refresh\"",
        "/drops/summer/calendar.ics",
    ] {
        assert!(english.contains(words), "{words} in {english}");
    }
    let german = browser.page("/de/drops/summer").await.expect(200).body;
    for words in [
        "Beginn",
        "10.2025, 09:53 UTC",
        "noch geheim",
        "Erinnerung per E-Mail",
    ] {
        assert!(german.contains(words), "{words} in {german}");
    }
    shop.clock.set(OPENS - 10 * MINUTE);
    let shown = browser.page("/drops/summer").await.expect(200).body;
    assert!(
        shown.contains(">Rope<") && shown.contains("20.00"),
        "{shown}"
    );
    translate_product(&shop, &actor, &rope, &[("title", "Seil")]).await;
    let shown = browser.page("/de/drops/summer").await.expect(200).body;
    assert!(
        shown.contains(">Seil<") && !shown.contains(">Rope<"),
        "{shown}"
    );
    shop.clock.set(OPENS);
    let open = browser.page("/de/drops/summer").await.expect(200).body;
    assert!(open.contains("Jetzt im Verkauf") && !open.contains("Erinnerung per E-Mail"));
    shop.clock.set(OPENS + HOUR);
    let over = browser.page("/de/drops/summer").await.expect(200).body;
    assert!(over.contains("ist vorbei"));
    browser.page("/drops/winter").await.expect(404);
}

async fn a_drop_is_made_without_script(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = browser.page("/admin/drops").await.expect(200).body;
    assert!(page.contains("Your drops will appear here"));
    let opens = typed(OPENS);
    let fields = [("title", "Summer"), ("opens", opens.as_str())];
    let made = browser
        .submit("/api/admin/drops/create", &fields)
        .await
        .expect(303);
    let (editor, _) = made.location().split_once('?').unwrap();
    let editor = editor.to_owned();
    let id = editor.rsplit('/').next().unwrap().to_owned();
    let found = browser
        .page(&format!("{editor}?q=rope"))
        .await
        .expect(200)
        .body;
    assert!(found.contains(&rope.id), "{found}");
    let (id, product, variant) = (id.as_str(), rope.id.as_str(), rope.variant());
    for (function, fields) in [
        ("add", vec![("id", id), ("product_id", product)]),
        (
            "line",
            vec![
                ("id", id),
                ("variant_id", variant),
                ("price", "20"),
                ("units", "4"),
                ("limit", "2"),
            ],
        ),
        ("plan", vec![("id", id)]),
    ] {
        let path = format!("/api/admin/drops/{function}");
        browser.submit(&path, &fields).await.expect(303);
    }
    let page = browser.page(&editor).await.expect(200).body;
    for words in [
        "Planned",
        "Call off this drop",
        "To stop the drop or let it run longer, change its end",
        "To stop the drop earlier or let it run longer",
        "value=\"20.00\"",
        "value=\"4\"",
        "6 more on the shelf",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    site.browser().page("/drops/summer").await.expect(200);
    browser
        .submit("/api/admin/drops/call-off", &[("id", id)])
        .await
        .expect(303);
    let page = browser.page(&editor).await.expect(200).body;
    assert!(page.contains("Called off"), "{page}");
}

async fn what_is_wrong_comes_back_to_the_form(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let wrong = [("title", ""), ("opens", "soon")];
    let back = browser
        .submit("/api/admin/drops/create", &wrong)
        .await
        .refused();
    assert!(back.body.contains("Enter a title.") && back.body.contains("Enter a date and a time."));
    let saved = super::draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let page = format!("/admin/drops/{}", saved.id);
    let wrong = [
        ("page", page.as_str()),
        ("id", saved.id.as_str()),
        ("variant_id", rope.variant()),
        ("price", "x"),
        ("units", "0"),
        ("limit", "-1"),
    ];
    let back = browser
        .submit("/api/admin/drops/line", &wrong)
        .await
        .refused();
    for words in [
        "Enter a price such as",
        "Enter a number from 1",
        "Enter a number of 1 or more",
    ] {
        assert!(back.body.contains(words), "{words} in {}", back.body);
    }
}

async fn a_calendar_gets_the_start(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    ropes(&shop, &actor, 5).await;
    let site = shop.open().await;
    let browser = site.browser();
    let calendar = browser.read("/drops/summer/calendar.ics").await.expect(200);
    assert_eq!(
        calendar.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    for line in [
        "DTSTART:20251009T095300Z\r\n",
        "DTEND:20251009T105300Z\r\n",
        "SUMMARY:Summer starts\r\n",
        "URL:http://shop.test/drops/summer\r\n",
    ] {
        assert!(calendar.body.contains(line), "{line} in {}", calendar.body);
    }
    let german = browser
        .read("/de/drops/summer/calendar.ics")
        .await
        .expect(200);
    assert!(german.body.contains("SUMMARY:Summer beginnt\r\n"));
    browser.read("/drops/winter/calendar.ics").await.expect(404);
}

async fn countdowns_go_by_the_shops_time(shop: TestShop) {
    let site = shop.open().await;
    let told = site.browser().read("/api/drops/time").await.expect(200);
    assert_eq!(told.json()["now"], shop.now());
}

async fn what_is_typed_is_never_a_script(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let evil = "</title><script>alert(1)</script>";
    let form = DropForm {
        slug: "evil".to_owned(),
        text_html: format!("<p onclick=\"x()\">Text</p>{evil}"),
        ..Times::NEW.form(evil)
    };
    let desk = &shop.shop().drop_admin;
    let saved = desk.create(&actor, form).await.unwrap();
    desk.add(&actor, &saved.id, &rope.id).await.unwrap();
    desk.plan(&actor, &saved.id).await.unwrap();
    let site = shop.open().await;
    let page = site.browser().page("/drops/evil").await.expect(200).body;
    assert!(
        !page.contains("<script>alert(1)") && !page.contains("onclick"),
        "{page}"
    );
    let calendar = site
        .browser()
        .read("/drops/evil/calendar.ics")
        .await
        .expect(200);
    assert!(!calendar.body.contains("\n<"));
}

async fn what_a_drop_says_is_translated(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let goods = (&rope, Line::of(rope.variant(), 5));
    let saved = planned(&shop, &actor, "Summer", Times::SOLD, goods).await;
    let texts = &shop.shop().translations;
    let fields = texts.texts(Group::Drops, Locale::De).await.unwrap();
    assert_eq!(fields.len(), 1, "it has a title alone");
    let german = vec![translated::typed(&fields[0], "Sommer")];
    texts
        .save_texts(&actor, Group::Drops, Locale::De, german)
        .await
        .unwrap();

    let site = shop.open().await;
    let browser = site.browser();
    for path in ["drops/summer", "drops/summer/calendar.ics", "products/rope"] {
        let german = browser.page(&format!("/de/{path}")).await.expect(200).body;
        assert!(german.contains("Sommer"), "{german}");
        let english = browser.page(&format!("/{path}")).await.expect(200).body;
        assert!(english.contains("Summer") && !english.contains("Sommer"));
    }
    let drops = &shop.shop().drops;
    let asked = drops.remind("203.0.113.7", Locale::De, "summer", "kim@example.com");
    asked.await.unwrap();
    assert!(shop.post().the_mail().await.body().contains("Sommer"));
    browser.sign_in(ADMIN).await.expect(200);
    let list = browser.page("/admin/drops").await.expect(200).body;
    assert!(list.contains("href=\"/admin/translations/de/drops\""));
    let page = browser.page("/admin/translations/de/drops").await;
    assert!(page.expect(200).body.contains("Sommer"));

    let desk = &shop.shop().drop_admin;
    let version = desk.by_id(&saved.id).await.unwrap().version.to_string();
    let form = Times::SOLD.form("Late summer");
    desk.update(&actor, &saved.id, &version, form)
        .await
        .unwrap();
    let kept = "SELECT COUNT(*) AS n FROM translations WHERE kind = 'drop'";
    assert_eq!(shop.number(&format!("{kept} AND stale = 1")).await, 1);
    desk.call_off(&actor, &saved.id).await.unwrap();
    desk.delete(&actor, &saved.id).await.unwrap();
    assert_eq!(shop.number(kept).await, 0);
}
