//! What the server's commands say and ask, as a script sees it.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use server::db::{Db, Get, Sql};

const FILE: &str =
    "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\nrope,Rope,R-1,5.00,3\n";

/// Runs the server as a script does: without a terminal. No address can be listened at.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_server"))
        .env_clear()
        .env("LEPTOS_SITE_ADDR", "nowhere")
        .args(["--database-url", &url(folder)])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the server runs")
}

fn url(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("shop.db").display())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_terminal_nothing_is_imported_unless_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("goods.csv");
    std::fs::write(&file, FILE).unwrap();
    let file = file.to_str().unwrap();
    let exported = || text(&run(folder.path(), &["export"]).stdout);

    let asked = run(folder.path(), &["import", file]);
    assert!(!asked.status.success());
    let told = text(&asked.stdout);
    assert!(
        told.contains("New: Rope (rope)") && told.contains("from €5.00"),
        "{told}"
    );
    assert!(
        text(&asked.stderr).contains("--yes"),
        "{}",
        text(&asked.stderr)
    );
    assert!(!exported().contains("rope"));

    let done = run(folder.path(), &["import", file, "--yes"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("1 products created"));
    assert!(exported().contains("rope,Rope"));

    let again = run(folder.path(), &["import", file]);
    assert!(again.status.success(), "there is nothing to ask about");
    assert!(text(&again.stdout).contains("1 unchanged"));

    std::fs::write(file, FILE.replace("5.00", "cheap")).unwrap();
    let bad = run(folder.path(), &["import", file, "--yes"]);
    assert!(!bad.status.success());
    assert!(text(&bad.stdout).contains("line 2, column \"Variant Price\": \"cheap\""));
    assert!(text(&bad.stderr).contains("--skip-bad"));

    let db = Db::connect(&url(folder.path())).await.unwrap();
    let sql = "SELECT COUNT(*) AS n FROM audit_entries WHERE actor = 'command line'";
    let row = sqlx::query(sql).fetch_one(db.reader()).await.unwrap();
    assert_eq!(row.int("n").unwrap(), 2, "the product and the file");
    db.close().await;
}

#[test]
fn what_is_chosen_is_said_by_options() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("goods.csv");
    let columns =
        "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty";
    let rows = "oak,Oak,S-1,5,,7\nash,Ash,S-1,6,,\n";
    std::fs::write(&file, format!("{columns}\n{rows}")).unwrap();
    let file = file.to_str().unwrap();
    let refused = run(folder.path(), &["import", file, "--yes"]);
    let told = text(&refused.stdout);
    assert!(!refused.status.success());
    for words in [
        "an earlier row has the SKU \"S-1\" too",
        "--repeated-skus drop-sku",
        "--untracked-units N",
        "--file-quantities",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let options = [
        "--repeated-skus",
        "drop-sku",
        "--untracked-units",
        "4",
        "--file-quantities",
    ];
    let done = run(
        folder.path(),
        &[&["import", file, "--yes"][..], &options].concat(),
    );
    assert!(done.status.success(), "{}", text(&done.stderr));
    let exported = text(&run(folder.path(), &["export"]).stdout);
    let oak = exported
        .lines()
        .find(|line| line.starts_with("oak"))
        .unwrap();
    let ash = exported
        .lines()
        .find(|line| line.starts_with("ash"))
        .unwrap();
    assert!(oak.contains(",S-1,0,7,5.00,"), "{oak}");
    assert!(ash.contains(",,0,4,6.00,"), "{ash}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_command_touches_the_database_of_a_newer_server() {
    let folder = tempfile::tempdir().unwrap();
    let migrated = run(folder.path(), &["migrate"]);
    assert!(migrated.status.success(), "{}", text(&migrated.stderr));
    let db = Db::connect(&url(folder.path())).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, \
         execution_time) VALUES (4711, 'of a newer server', 1, x'00', 0)";
    Sql::new(newer).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    // A server looks for its site first.
    let site = folder.path().join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    for file in ["pkg/holdfast.js", "pkg/holdfast.wasm"] {
        std::fs::write(site.join(file), "").unwrap();
    }
    let serve = Command::new(env!("CARGO_BIN_EXE_server"))
        .env_clear()
        .current_dir(folder.path())
        .env("LEPTOS_OUTPUT_NAME", "holdfast")
        .env("LEPTOS_SITE_ROOT", &site)
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .args(["--database-url", &url(folder.path()), "serve"])
        .stdin(Stdio::null())
        .output()
        .expect("the server runs");
    let others = ["migrate", "check", "export", "seed"];
    let others = others.map(|command| (command, run(folder.path(), &[command])));
    for (command, refused) in [("serve", serve)].into_iter().chain(others) {
        let said = text(&refused.stderr);
        assert!(!refused.status.success(), "{command}");
        assert_eq!(text(&refused.stdout), "", "{command}");
        let words = "holdfast: the database has schema version 4711, but this server knows";
        assert!(said.contains(words), "{command}: {said}");
    }
}
