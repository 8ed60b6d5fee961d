//! The currency that a shop remembers, and commands that name another.

use std::{
    process::{Command, Output, Stdio},
    time::Duration,
};

use server::{
    orders::sums,
    settings::currency::{Unknown, settle},
};

use super::{currency::take, settings::set};
use crate::support::{Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    the_shop_remembers_its_currency,
    an_older_shop_is_in_the_currency_of_its_orders,
    nodes_that_start_at_once_agree,
);

/// Forgets the currency, as it was before it was on record.
async fn forget(shop: &TestShop) {
    shop.execute("UPDATE shop_settings SET currency = NULL")
        .await;
}

async fn the_shop_remembers_its_currency(shop: TestShop) {
    let db = shop.db();
    let stored = "SELECT COUNT(*) AS n FROM shop_settings WHERE currency = 'EUR'";
    assert_eq!(settle(db, None, Unknown::Refused).await.unwrap(), "EUR");
    assert_eq!(shop.number(stored).await, 1);
    assert_eq!(
        settle(db, Some("EUR"), Unknown::Refused).await.unwrap(),
        "EUR"
    );
    let refused = settle(db, Some("JPY"), Unknown::Euro).await.unwrap_err();
    let words = refused.to_string();
    for said in [
        "JPY",
        "EUR",
        "--currency",
        "HOLDFAST_CURRENCY",
        "/admin/settings",
    ] {
        assert!(words.contains(said), "{words}");
    }
    // Other settings do not make it forget.
    let admin = shop.admin().await;
    set(&shop, &admin, |form| form.name = "Ropery".to_owned()).await;
    assert_eq!(shop.number(stored).await, 1);
    take(&shop, &admin, "CHF").await;
    assert_eq!(settle(db, None, Unknown::Refused).await.unwrap(), "CHF");
    assert!(settle(db, Some("EUR"), Unknown::Euro).await.is_err());

    forget(&shop).await;
    assert!(settle(db, Some("XYZ"), Unknown::Euro).await.is_err());
    assert_eq!(
        settle(db, Some("JPY"), Unknown::Refused).await.unwrap(),
        "JPY"
    );
    assert_eq!(settle(db, None, Unknown::Euro).await.unwrap(), "JPY");
    let view = shop.shop().settings_desk.settings().await.unwrap();
    assert_eq!(view.settings.currency, "JPY");
}

async fn an_older_shop_is_in_the_currency_of_its_orders(shop: TestShop) {
    let db = shop.db();
    let rope = shop.stock(Goods::named("Rope")).await;
    let refused = settle(db, None, Unknown::Refused).await.unwrap_err();
    assert!(refused.to_string().contains("--currency"), "{refused}");
    let unset = "SELECT COUNT(*) AS n FROM shop_settings WHERE currency IS NULL";
    assert_eq!(shop.number(unset).await, 1, "nothing is guessed");
    assert_eq!(settle(db, None, Unknown::Euro).await.unwrap(), "EUR");

    for _ in 0..2 {
        shop.bought(&[(rope.variant(), 1)], cash()).await;
    }
    forget(&shop).await;
    shop.execute("UPDATE orders SET currency = 'JPY'").await;
    assert_eq!(settle(db, None, Unknown::Refused).await.unwrap(), "JPY");
    forget(&shop).await;
    shop.execute("UPDATE orders SET currency = 'EUR' WHERE id = (SELECT MIN(id) FROM orders)")
        .await;
    for unknown in [Unknown::Euro, Unknown::Refused] {
        let refused = settle(db, None, unknown).await.unwrap_err();
        assert!(refused.to_string().contains("EUR and JPY"), "{refused}");
    }
    assert_eq!(
        settle(db, Some("JPY"), Unknown::Refused).await.unwrap(),
        "JPY"
    );
    // No shop changes the currency of an order.
    sums::correct(db, shop.now()).await.unwrap();
}

async fn nodes_that_start_at_once_agree(shop: TestShop) {
    let start = |wanted: &'static str| settle(shop.db(), Some(wanted), Unknown::Euro);
    let (a, b, c) = tokio::join!(start("JPY"), start("USD"), start("KWD"));
    let started: Vec<_> = [a, b, c].into_iter().flatten().collect();
    assert_eq!(started.len(), 1, "{started:?}");
    let kept = settle(shop.db(), None, Unknown::Refused).await.unwrap();
    assert_eq!(kept, started[0]);
}

/// Runs the server's own binary to its end.
fn run(folder: &std::path::Path, args: &[&str]) -> Output {
    let database = folder.join("shop.db");
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    for name in ["pkg/holdfast.js", "pkg/holdfast.wasm"] {
        std::fs::write(site.join(name), "").unwrap();
    }
    let mut server = Command::new(env!("CARGO_BIN_EXE_server"));
    for (name, _) in std::env::vars_os() {
        let is_ours = name
            .to_str()
            .is_some_and(|name| name.starts_with("HOLDFAST_") || name.starts_with("LEPTOS_"));
        if is_ours {
            server.env_remove(name);
        }
    }
    let mut running = server
        .current_dir(folder)
        .env("DATABASE_URL", format!("sqlite://{}", database.display()))
        .env("LEPTOS_OUTPUT_NAME", "holdfast")
        .env("LEPTOS_SITE_ROOT", &site)
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env_remove("REDIS_URL")
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server's binary runs");
    for _ in 0..3000 {
        if running.try_wait().unwrap().is_some() {
            return running.wait_with_output().unwrap();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    running.kill().unwrap();
    panic!("{args:?} goes on and on");
}

#[test]
fn every_command_refuses_another_currency() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let output = run(folder.path(), args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), said)
    };
    let (done, said) = run(&["--currency", "JPY", "seed", "--products", "3"]);
    assert!(done, "{said}");
    let (done, said) = run(&["export", "products.csv"]);
    assert!(done, "{said}");
    for command in [
        &["serve"][..],
        &["seed"],
        &["seed", "--products", "3"],
        &["import", "products.csv"],
        &["export", "again.csv"],
    ] {
        let (done, said) = run(&[&["--currency", "EUR"][..], command].concat());
        assert!(!done, "{command:?}");
        assert!(
            said.contains("is EUR") && said.contains("prices are in JPY"),
            "{command:?}: {said}"
        );
    }
    let (done, said) = run(&["import", "products.csv", "--yes"]);
    assert!(done, "{said}");
}
