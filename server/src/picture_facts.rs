//! What is known of the pictures that the shop keeps: how large they are, and which are cut-outs.
//!
//! It is found out when a picture is uploaded, before anything names it. Pictures that came in
//! otherwise, from an older version or with the demo, are looked at in the background. Those that
//! other sites keep are never fetched: they are shown as photographs.

use crate::{
    db::{Dialect, Get, Sql, Tx},
    error::Result,
    pictures::{Facts, media::MediaStore},
    store::{ChangeSet, Store},
};

/// Pictures per transaction, and transactions per run: the rest is looked at in the next one.
const BATCH: i64 = 50;
const BATCHES: usize = 20;
/// Products that are announced one by one; beyond, everything is.
const ANNOUNCED: i64 = 500;

/// Looks at pictures that have just been stored.
pub async fn look_at(db: &Store, media: &MediaStore, sources: &[String]) -> Result<()> {
    let looked = look(media, sources.to_vec()).await?;
    let mut tx = db.begin().await?;
    note(&mut tx, &looked).await?;
    tx.commit().await?;
    Ok(())
}

/// Of pictures that were stored and that nothing names.
pub async fn forget(db: &Store, sources: &[String]) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM picture_facts WHERE src");
    sql.push(db.dialect().in_json_array(1));
    let mut tx = db.begin().await?;
    sql.bind_only(serde_json::to_string(sources)?)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Looks at some of the pictures that nobody has looked at yet. What was found out stays, so a run that
/// breaks off is gone on with, on any node.
pub async fn catch_up(db: &Store, media: &MediaStore) -> Result<()> {
    let mut sum = 0;
    for _ in 0..BATCHES {
        let sources = unknown(db).await?;
        if sources.is_empty() {
            break;
        }
        let looked = look(media, sources).await?;
        sum += looked.len();
        let mut changes = ChangeSet::default();
        let mut tx = db.begin().await?;
        note(&mut tx, &looked).await?;
        announce(&mut tx, db.dialect(), &looked, &mut changes).await?;
        changes.commit(tx, db).await?;
    }
    if sum > 0 {
        tracing::info!(pictures = sum, "pictures were looked at");
    }
    Ok(())
}

/// A picture's address with what is known of it; nothing of one whose file is missing or damaged.
type Looked = (String, Option<Facts>);

async fn look(media: &MediaStore, sources: Vec<String>) -> Result<Vec<Looked>> {
    let mut looked = Vec::new();
    for src in sources {
        let facts = media.facts(&src).await?;
        looked.push((src, facts));
    }
    Ok(looked)
}

async fn unknown(db: &Store) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT DISTINCT i.src FROM pictures i WHERE i.src LIKE '/media/%' AND NOT EXISTS \
         (SELECT 1 FROM picture_facts f WHERE f.src = i.src) ORDER BY i.src LIMIT ",
    );
    sql.int(BATCH);
    let rows = sql.fetch_all(db.reader()).await?;
    rows.iter().map(|row| row.text("src")).collect()
}

async fn note(tx: &mut Tx, looked: &[Looked]) -> Result<()> {
    for (src, facts) in looked {
        let (width, height) = facts.map_or((0, 0), |facts| (facts.width, facts.height));
        let cut_out = facts.is_some_and(|facts| facts.cut_out);
        let mut sql = Sql::new("INSERT INTO picture_facts (src, width, height, cut_out) VALUES (");
        sql.text(src.as_str())
            .push(", ")
            .int(i64::from(width))
            .push(", ")
            .int(i64::from(height))
            .push(", ")
            .int(i64::from(cut_out))
            .push(") ON CONFLICT (src) DO NOTHING");
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Products whose pictures are known better now look different.
async fn announce(
    tx: &mut Tx,
    dialect: Dialect,
    looked: &[Looked],
    changes: &mut ChangeSet,
) -> Result<()> {
    let known = looked.iter().filter(|(_, facts)| facts.is_some());
    let known: Vec<&str> = known.map(|(src, _)| src.as_str()).collect();
    let mut sql = Sql::new(
        "SELECT DISTINCT p.id, p.slug FROM pictures i JOIN products p ON p.id = i.product_id \
         WHERE i.src",
    );
    sql.push(dialect.in_json_array(1))
        .push(" LIMIT ")
        .push(ANNOUNCED + 1);
    let sql = sql.bind_only(serde_json::to_string(&known)?);
    let rows = sql.fetch_all(&mut **tx).await?;
    if rows.len() as i64 > ANNOUNCED {
        changes.everything();
        return Ok(());
    }
    for row in &rows {
        changes.product(&row.text("id")?, &row.text("slug")?);
    }
    Ok(())
}
