//! What becomes of pictures and imports of earlier versions.

use desk::admin::jobs::types::JobState;
use server::db::Sql;

use crate::support::{Kind, START, TestShop, run_at};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_from_http_are_shown_from_https_on_sqlite() {
    run_at(Kind::Sqlite, 12, pictures_from_http_are_shown_from_https).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_from_http_are_shown_from_https_on_postgres() {
    run_at(Kind::Postgres, 12, pictures_from_http_are_shown_from_https).await;
}

async fn pictures_from_http_are_shown_from_https(shop: TestShop) {
    let db = shop.db();
    let mut tx = db.begin().await.unwrap();
    for statement in [
        format!(
            "INSERT INTO products (id, slug, title, active, created_at, updated_at) \
             VALUES ('p', 'cup', 'Cup', 1, {START}, {START})"
        ),
        "INSERT INTO variants (id, product_id, position, price_minor, picture_src) \
         VALUES ('v', 'p', 1, 500, 'http://example.com/b.jpg')"
            .to_owned(),
        "INSERT INTO pictures (id, product_id, position, src) VALUES \
         ('1', 'p', 1, 'http://example.com/a.jpg'), ('2', 'p', 2, 'https://example.com/a.jpg'), \
         ('3', 'p', 3, 'HTTP://example.com/b.jpg'), ('4', 'p', 4, '/media/c.jpg')"
            .to_owned(),
        format!(
            "INSERT INTO catalog_jobs (id, state, actor, task, created_at, updated_at) VALUES \
             ('i', 'ready', 'a', '{{\"kind\":\"import\",\"file\":\"x.csv\",\"counts\":{{}},\
             \"skip_bad\":false}}', {START}, {START})"
        ),
        "INSERT INTO catalog_job_rows (job_id, position, kind, title, handle) \
         VALUES ('i', 1, 'create', 'Pot', 'pot')"
            .to_owned(),
    ] {
        let written = Sql::new(&statement).execute(&mut *tx).await;
        written.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    tx.commit().await.unwrap();

    db.migrate()
        .await
        .expect("the schema is brought up to date");
    let product = shop.shop().catalog.product("cup").await.unwrap();
    let sources: Vec<_> = product
        .pictures
        .iter()
        .map(|one| one.src.as_str())
        .collect();
    assert_eq!(
        sources,
        [
            "https://example.com/a.jpg",
            "https://example.com/b.jpg",
            "/media/c.jpg"
        ]
    );
    let variants = "SELECT COUNT(*) AS n FROM variants \
                    WHERE picture_src = 'https://example.com/b.jpg'";
    assert_eq!(shop.number(variants).await, 1);
    let waiting = format!(
        "SELECT COUNT(*) AS n FROM catalog_jobs WHERE state = '{}'",
        JobState::Preparing.as_str()
    );
    assert_eq!(shop.number(&waiting).await, 1, "a file is looked at again");
    let kept = "SELECT COUNT(*) AS n FROM catalog_job_rows WHERE handle = 'pot'";
    assert_eq!(shop.number(kept).await, 1);
    let remark = "INSERT INTO catalog_job_rows (job_id, position, kind) VALUES ('i', 2, 'remark')";
    shop.execute(remark).await;
}
