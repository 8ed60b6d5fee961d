//! A rehearsal plays a drop with the shop's own server and database, and leaves the shop as it was.

mod command;
mod traces;

use std::{
    env,
    future::{pending, ready},
    sync::Arc,
    time::Duration,
};

use app::{document::IslandFiles, drops::room::RoomForm, identity::Role, shop::ShopSettings};
use leptos::config::LeptosOptions;
use server::{
    clock::{Clock, SystemClock},
    db::{Dialect, Sql},
    error::Result,
    pictures::media::MediaStore,
    rehearsal::{
        Finding, Installation, MARK, Plan, Report, RoomPlay, SCHEMA, SUFFIX, Step, Weight, clean,
        rehearse,
    },
};
use storefront::shell::shell;
use tokio::sync::Notify;
use traces::{assert_nothing_is_left, digests, file, left};
use url::Url;

use crate::{
    drops::{Line, Times, draft},
    support::{DAY, Goods, MINUTE, TestShop, on_both_databases},
};

on_both_databases!(
    it_sells_every_unit_once_and_leaves_the_shop_as_it_was,
    through_its_waiting_room_people_are_let_in_and_buy,
    one_that_is_stopped_leaves_nothing,
    what_a_killed_one_has_left_is_deleted,
    near_a_drop_and_for_one_that_has_begun_it_is_refused,
    there_is_one_at_a_time,
);

const BUYERS: usize = 40;
const UNITS: i64 = 10;

/// A drop of ten ropes that is being written, of which each buyer gets two.
async fn summer(shop: &TestShop) -> String {
    let actor = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").units(UNITS)).await;
    let saved = draft(shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let line = Line {
        variant: rope.variant(),
        price: "20",
        units: UNITS,
        limit: "2",
    };
    let desk = &shop.shop().drop_admin;
    desk.set_line(&actor, &saved.id, line.form()).await.unwrap();
    saved.slug
}

fn plan(slug: &str) -> Plan {
    Plan {
        slug: slug.to_owned(),
        buyers: BUYERS,
        within: Duration::from_secs(2),
        room: RoomPlay::LeftOut,
        p99_ms: 30_000,
        mails_per_minute: Some(60),
    }
}

/// The address of the shop's database.
async fn url(shop: &TestShop) -> String {
    let db = shop.db();
    match db.dialect() {
        Dialect::Sqlite => {
            let sql = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let file: String = Sql::new(sql).fetch_value(db.reader()).await.unwrap();
            format!("sqlite://{file}")
        }
        Dialect::Postgres => {
            let sql = "SELECT CAST(current_database() AS TEXT) AS name";
            let name: String = Sql::new(sql).fetch_value(db.reader()).await.unwrap();
            let server = env::var("HOLDFAST_TEST_POSTGRES_URL").expect("a Postgres to test on");
            let mut url = Url::parse(&server).unwrap();
            url.set_path(&name);
            url.into()
        }
    }
}

/// The shop as a server of it is set up, with the Redis of the tests where it can be shared.
async fn installation(shop: &TestShop) -> Installation {
    let root = shop.folder.path().join("site");
    std::fs::create_dir_all(root.join("pkg")).unwrap();
    let leptos = LeptosOptions::builder()
        .output_name("holdfast")
        .site_root(root.display().to_string())
        .site_pkg_dir("pkg")
        .hash_files(false)
        .build();
    let redis_url = match shop.db().dialect() {
        Dialect::Sqlite => None,
        Dialect::Postgres => env::var("HOLDFAST_TEST_REDIS_URL").ok(),
    };
    Installation {
        database_url: url(shop).await,
        redis_url,
        redis_namespace: uuid::Uuid::new_v4().simple().to_string(),
        nodes: 1,
        settings: ShopSettings {
            currency: "EUR".to_owned(),
            ..ShopSettings::default()
        },
        document: shell,
        islands: Arc::new(IslandFiles::named(&leptos, "")),
        leptos,
        media: MediaStore::local(shop.folder.path()).unwrap(),
        mail_from: "Shop <orders@shop.test>".to_owned(),
    }
}

fn silent(_: Step) {}

fn refusal(outcome: Result<Report>) -> String {
    match outcome {
        Ok(report) => panic!("it is refused: {}", report.text()),
        Err(error) => error.to_string(),
    }
}

async fn it_sells_every_unit_once_and_leaves_the_shop_as_it_was(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let before = digests(shop.db()).await;

    let report = rehearse(&installation, &plan(&slug), &silent, pending()).await;
    let report = report.unwrap();

    let figures = &report.figures;
    assert_eq!(figures.failures(), 0, "{}", report.text());
    assert_eq!(
        (figures.sold, figures.placed),
        (UNITS, 10),
        "{}",
        report.text()
    );
    assert_eq!((figures.sold_out, figures.gave_up), (BUYERS - 10, 0));
    assert_eq!((figures.units, figures.wanted), (UNITS, UNITS));
    assert_eq!(figures.broken, Vec::<String>::new());
    assert_eq!(figures.mails.written, 10);
    assert!(figures.order.longest_ms >= figures.order.median_ms);
    assert!(figures.pools.iter().any(|pool| pool.looks > 0));
    // How much of a pool is in use says nothing of a server that is built for tests.
    let mut faults = report.findings.clone();
    faults.retain(|finding| {
        finding.weight() == Weight::Fault && !matches!(finding, Finding::PoolFull { .. })
    });
    assert_eq!(faults, [], "{}", report.text());

    assert_eq!(digests(shop.db()).await, before);
    assert_nothing_is_left(&installation, shop.db()).await;
}

async fn through_its_waiting_room_people_are_let_in_and_buy(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let plan = Plan {
        room: RoomPlay::Played,
        ..plan(&slug)
    };
    let refused = rehearse(&installation, &plan, &silent, pending()).await;
    assert!(refusal(refused).contains("has no waiting room"));

    // For everybody, whom the room lets in at once: how many places it takes for few units is by chance.
    let actor = shop.account("robin@example.com", Role::Admin).await;
    let desk = &shop.shop().drop_admin;
    let drop_id = desk.all().await.unwrap()[0].id.clone();
    let variant = desk.by_id(&drop_id).await.unwrap().lines[0]
        .variant_id
        .clone();
    let line = Line {
        variant: &variant,
        price: "20",
        units: 3 * BUYERS as i64,
        limit: "",
    };
    desk.set_line(&actor, &drop_id, line.form()).await.unwrap();
    let room = RoomForm {
        switch: "on".to_owned(),
        // Nobody reads codes in a rehearsal.
        binding: "mailbox".to_owned(),
        per_minute: "1200".to_owned(),
        minutes: "10".to_owned(),
    };
    desk.set_room(&actor, &drop_id, room).await.unwrap();
    let before = digests(shop.db()).await;
    let report = rehearse(&installation, &plan, &silent, pending()).await;
    let report = report.unwrap();

    let (figures, text) = (&report.figures, report.text());
    assert_eq!(figures.failures(), 0, "{text}");
    assert_eq!((figures.placed, figures.gave_up), (BUYERS, 0), "{text}");
    assert_eq!(figures.sold, BUYERS as i64, "{text}");
    let room = figures.room.expect("it was played");
    assert_eq!((room.places, room.let_in), (BUYERS, BUYERS), "{text}");
    assert_eq!(room.waiting, 0, "{text}");
    assert!(room.wait.longest_ms >= room.wait.median_ms, "{text}");
    assert!(text.contains("40 places given out, 40 let in"), "{text}");
    assert_eq!(figures.broken, Vec::<String>::new());
    assert_eq!(digests(shop.db()).await, before);
    assert_nothing_is_left(&installation, shop.db()).await;
}

async fn one_that_is_stopped_leaves_nothing(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let before = digests(shop.db()).await;
    // While the tables are made, and among orders.
    for at in [Step::Preparing, Step::Begun] {
        let stop = Notify::new();
        let tell = |step: Step| {
            if step == at {
                stop.notify_one();
            }
        };
        let stopped = rehearse(&installation, &plan(&slug), &tell, stop.notified()).await;
        assert!(refusal(stopped).contains("stopped"), "{at:?}");
        assert_eq!(digests(shop.db()).await, before, "{at:?}");
        assert_nothing_is_left(&installation, shop.db()).await;
    }
}

async fn what_a_killed_one_has_left_is_deleted(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let leave = async || match shop.db().dialect() {
        Dialect::Postgres => {
            for sql in [
                format!("CREATE SCHEMA {SCHEMA}"),
                format!("COMMENT ON SCHEMA {SCHEMA} IS '{MARK}'"),
                format!("CREATE TABLE {SCHEMA}.orders (id TEXT)"),
            ] {
                shop.execute(&sql).await;
            }
        }
        Dialect::Sqlite => {
            let file = file(&installation).display().to_string();
            for suffix in ["", "-wal", "-shm", ".lock"] {
                std::fs::write(format!("{file}{SUFFIX}{suffix}"), "left").unwrap();
            }
        }
    };
    leave().await;
    assert_ne!(left(&installation, shop.db()).await, Vec::<String>::new());
    assert!(clean(&installation).await.unwrap());
    assert_nothing_is_left(&installation, shop.db()).await;
    assert!(
        !clean(&installation).await.unwrap(),
        "there is nothing more"
    );

    leave().await;
    let told = std::sync::Mutex::new(Vec::new());
    let tell = |step| told.lock().unwrap().push(step);
    let stopped = rehearse(&installation, &plan(&slug), &tell, ready(())).await;
    assert!(refusal(stopped).contains("stopped"));
    assert_eq!(told.lock().unwrap().first(), Some(&Step::ClearedBefore));
    assert_nothing_is_left(&installation, shop.db()).await;

    if shop.db().dialect() == Dialect::Postgres {
        // Somebody else's.
        shop.execute(&format!("CREATE SCHEMA {SCHEMA}")).await;
        let refused = rehearse(&installation, &plan(&slug), &silent, pending()).await;
        assert!(refusal(refused).contains("rename it"));
        assert_eq!(left(&installation, shop.db()).await, [SCHEMA]);
    }
}

async fn near_a_drop_and_for_one_that_has_begun_it_is_refused(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let actor = shop.account("robin@example.com", Role::Admin).await;
    let oar = shop.stock(Goods::named("Oar")).await;
    let other = draft(&shop, &actor, "Autumn", Times::SOLD, &[&oar]).await;
    let desk = &shop.shop().drop_admin;
    desk.plan(&actor, &other.id).await.unwrap();
    let opens = async |at: i64| {
        let sql = format!(
            "UPDATE drops SET opens_at = {at}, closes_at = {} WHERE id = '{}'",
            at + DAY,
            other.id
        );
        shop.execute(&sql).await;
    };
    let now = SystemClock.now();

    opens(now + 30 * MINUTE).await;
    for slug in [slug.as_str(), &other.slug] {
        let refused = rehearse(&installation, &plan(slug), &silent, pending()).await;
        let words = refusal(refused);
        assert!(words.contains("\"Autumn\" is near"), "{words}");
    }
    opens(now - DAY / 2).await;
    let refused = rehearse(&installation, &plan(&other.slug), &silent, pending()).await;
    assert!(refusal(refused).contains("has begun"));
    let refused = rehearse(&installation, &plan("winter"), &silent, pending()).await;
    assert!(refusal(refused).contains("no drop at the address /drops/winter"));
    assert_nothing_is_left(&installation, shop.db()).await;
}

async fn there_is_one_at_a_time(shop: TestShop) {
    let slug = summer(&shop).await;
    let installation = installation(&shop).await;
    let (begun, stop) = (Notify::new(), Notify::new());
    let tell = |step: Step| {
        if step == Step::Preparing {
            begun.notify_one();
        }
    };
    let plan = plan(&slug);
    let first = rehearse(&installation, &plan, &tell, stop.notified());
    let second = async {
        begun.notified().await;
        let refused = rehearse(&installation, &plan, &silent, pending()).await;
        let cleaned = clean(&installation).await;
        stop.notify_one();
        (refused, cleaned)
    };
    let (first, (second, cleaned)) = tokio::join!(first, second);
    assert!(refusal(first).contains("stopped"));
    assert!(refusal(second).contains("another rehearsal"));
    let words = cleaned.unwrap_err().to_string();
    assert!(words.contains("another rehearsal"), "{words}");
    assert_nothing_is_left(&installation, shop.db()).await;
}
