//! Reminders: confirmed by their mailbox, sent once before the start, and gone with the person who asked for them.

use app::error::ErrorKind;
use server::feature::{self, Person};

use super::{Line, OPENS, Times, kind, planned};
use crate::support::{DAY, Goods, HOUR, MINUTE, TestShop, on_both_databases};

on_both_databases!(
    a_confirmed_mailbox_is_told_once_before_the_start,
    who_has_not_confirmed_is_told_nothing,
    a_start_that_is_moved_is_told_again_and_one_that_is_called_off_is_not,
    asking_again_sends_few_links_and_tells_nothing,
    one_network_cannot_have_any_number_of_mails_sent,
    a_person_gets_their_reminders_and_has_them_forgotten,
);

const EMAIL: &str = "kim@example.com";
/// Tests are of one network.
const CLIENT: &str = "203.0.113.7";

async fn summer(shop: &TestShop) -> String {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let line = Line {
        variant: rope.variant(),
        price: "",
        units: 5,
        limit: "",
    };
    planned(shop, &actor, "Summer", Times::NEW, (&rope, line))
        .await
        .id
}

async fn ask(shop: &TestShop, email: &str) {
    let drops = &shop.shop().drops;
    let locale = app::locale::Locale::En;
    drops.remind(CLIENT, locale, "summer", email).await.unwrap();
}

async fn a_confirmed_mailbox_is_told_once_before_the_start(shop: TestShop) {
    let shop = shop.speaking("en,de");
    summer(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    let fields = [
        ("slug", "summer"),
        ("email", EMAIL),
        ("page", "/de/drops/summer"),
    ];
    let sent = browser
        .submit("/de/api/drops/remind", &fields)
        .await
        .expect(303);
    let page = browser.page(sent.location()).await.expect(200).body;
    assert!(
        page.contains("Wir haben Ihnen einen Link geschickt"),
        "{page}"
    );
    let post = shop.post();
    let mail = post.the_mail().await;
    assert!(
        mail.subject.contains("Erinnerung bestätigen"),
        "{}",
        mail.subject
    );
    let token = mail.link("/reminders/");
    let path = format!("/de/reminders/{token}");
    // Opening it changes nothing.
    for _ in 0..2 {
        let page = browser.page(&path).await.expect(200).body;
        assert!(page.contains("Ja, erinnern Sie mich"), "{page}");
    }
    let confirmed = browser
        .submit("/de/api/drops/remind/confirm", &[("token", &token)])
        .await
        .expect(303);
    let page = browser.page(confirmed.location()).await.expect(200).body;
    assert!(page.contains("Wir erinnern Sie"), "{page}");
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty());
    shop.clock.set(OPENS - 30 * MINUTE);
    let other = shop.second_node();
    tokio::join!(
        shop.services.run_maintenance(),
        other.services.run_maintenance()
    );
    shop.services.run_maintenance().await;
    let mail = post.the_mail().await;
    assert!(
        mail.subject.contains("Summer beginnt bald"),
        "{}",
        mail.subject
    );
    assert!(mail.body().contains("/de/drops/summer") && mail.body().contains("09:53"));
    assert_eq!(mail.header("To"), EMAIL);
}

async fn who_has_not_confirmed_is_told_nothing(shop: TestShop) {
    summer(&shop).await;
    ask(&shop, EMAIL).await;
    let post = shop.post();
    let token = post.the_mail().await.link("/reminders/");
    shop.clock.set(OPENS - 30 * MINUTE);
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty());
    shop.clock.set(OPENS);
    let confirmed = shop.shop().drops.confirm(&token).await;
    assert_eq!(kind(confirmed), ErrorKind::Conflict);
    let asked = shop
        .shop()
        .drops
        .remind(CLIENT, app::locale::Locale::En, "summer", EMAIL)
        .await;
    assert_eq!(kind(asked), ErrorKind::Conflict);
    shop.clock.advance(3 * DAY);
    shop.services.run_maintenance().await;
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM drop_reminders")
            .await,
        0
    );
}

async fn a_start_that_is_moved_is_told_again_and_one_that_is_called_off_is_not(shop: TestShop) {
    let id = summer(&shop).await;
    let actor = shop
        .account("other@shop.test", app::identity::Role::Admin)
        .await;
    ask(&shop, EMAIL).await;
    let post = shop.post();
    let token = post.the_mail().await.link("/reminders/");
    shop.shop().drops.confirm(&token).await.unwrap();
    shop.clock.set(OPENS - 20 * MINUTE);
    shop.services.run_maintenance().await;
    assert_eq!(post.deliver().await.len(), 1);
    let desk = &shop.shop().drop_admin;
    let version = desk.by_id(&id).await.unwrap().version.to_string();
    let later = Times {
        opens: OPENS + HOUR,
        closes: None,
        ..Times::NEW
    };
    desk.update(&actor, &id, &version, later.form("Summer"))
        .await
        .unwrap();
    shop.services.run_maintenance().await;
    assert!(post.deliver().await.is_empty(), "it is too early again");
    shop.clock.set(OPENS + 40 * MINUTE);
    shop.services.run_maintenance().await;
    // It is called off while the mail waits.
    desk.call_off(&actor, &id).await.unwrap();
    assert!(post.deliver().await.is_empty());
}

async fn asking_again_sends_few_links_and_tells_nothing(shop: TestShop) {
    summer(&shop).await;
    let post = shop.post();
    let mut token = String::new();
    for _ in 0..5 {
        // Others' spellings of it are the same mailbox.
        for email in [EMAIL, "kim+drops@example.com"] {
            ask(&shop, email).await;
            for mail in post.deliver().await {
                token = mail.link("/reminders/");
            }
            shop.clock.advance(1);
        }
        if shop.number("SELECT asked AS n FROM drop_reminders").await >= 3 {
            break;
        }
    }
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM drop_reminders")
            .await,
        1
    );
    let links = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'drop_reminder_to_confirm'";
    assert_eq!(shop.number(links).await, 3);
    shop.shop().drops.confirm(&token).await.unwrap();
    assert_eq!(
        kind(shop.shop().drops.reminder("x").await.map(drop)),
        ErrorKind::NotFound
    );
}

async fn one_network_cannot_have_any_number_of_mails_sent(shop: TestShop) {
    summer(&shop).await;
    let drops = &shop.shop().drops;
    let mut refused = 0;
    for n in 0..60 {
        let email = format!("kim{n}@example.com");
        let locale = app::locale::Locale::En;
        let asked = drops.remind(CLIENT, locale, "summer", &email).await;
        refused += usize::from(asked.is_err_and(|error| error.kind == ErrorKind::TooManyRequests));
    }
    assert!((25..=30).contains(&refused), "{refused} of 60");
    let site = shop.open().await;
    let wrong = [
        ("slug", "summer"),
        ("email", "kim"),
        ("page", "/drops/summer"),
    ];
    let back = site
        .browser()
        .submit("/api/drops/remind", &wrong)
        .await
        .refused();
    assert!(back.body.contains("Remind me"));
}

async fn a_person_gets_their_reminders_and_has_them_forgotten(shop: TestShop) {
    summer(&shop).await;
    ask(&shop, EMAIL).await;
    let kim = Person {
        account_id: None,
        guest_email: Some(EMAIL),
        orders: &[],
    };
    let drops = feature::all()
        .find(|feature| feature.name() == "drops")
        .unwrap();
    let exported = drops.export(shop.db(), &kim).await.unwrap().unwrap();
    assert_eq!(exported[0]["drop"], "Summer");
    assert_eq!(exported[0]["email"], EMAIL);
    let mut tx = shop.db().begin().await.unwrap();
    let mut changes = server::store::ChangeSet::default();
    feature::forget(&mut tx, shop.db(), &kim, &mut changes)
        .await
        .unwrap();
    changes.commit(tx, shop.db()).await.unwrap();
    assert_eq!(
        shop.number("SELECT COUNT(*) AS n FROM drop_reminders")
            .await,
        0
    );
}
