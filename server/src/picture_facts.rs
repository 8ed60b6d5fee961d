//! What is known of the pictures that the shop keeps: how large they are, and which are cut-outs.
//!
//! It is found out when a picture is uploaded, before anything names it. Pictures that came in
//! otherwise, from an older version or with the demo, are looked at in the background. Those that
//! other sites keep are never fetched: they are shown as photographs.

use std::time::Duration;

use app::catalog::types::Thumb;

use crate::{
    coordination::lock::{Waited, acquire},
    db::{Columns, Dialect, FromColumn, Sql, Tx},
    error::Result,
    pictures::{Facts, media::MediaStore},
    store::{ChangeSet, Store},
};

/// The lock of the node that looks, and how long its turn may take.
const LOOKING: &str = "pictures";
const TURN: Duration = Duration::from_secs(50);
/// Pictures per transaction, and transactions per run: the rest is looked at in the next one.
const BATCH: i64 = 50;
const BATCHES: usize = 20;
/// Products that are announced one by one; beyond, everything is.
const ANNOUNCED: i64 = 500;

/// From the column with its address; its look is beside it, in `picture_cut_out`.
impl FromColumn for Thumb {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        let cut_out = bool::from_column(row, "picture_cut_out")?;
        Ok(Self::of(row.text_in(column)?.map(|src| (src, cut_out))))
    }
}

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

/// Looks at some of the pictures that nobody has looked at yet. Nodes take turns, so that each picture
/// is read once; what was found out stays, so a run that breaks off is gone on with, on any node.
pub async fn catch_up(db: &Store, media: &MediaStore) -> Result<()> {
    let turn = vec![LOOKING.to_owned()];
    match acquire(db.freshness().coordination(), turn, TURN, Duration::ZERO).await {
        // Another node is at it.
        Waited::Busy => Ok(()),
        Waited::Unavailable => look_at_some(db, media).await,
        Waited::Granted(lock) => {
            let looked = look_at_some(db, media).await;
            lock.release().await;
            looked
        }
    }
}

async fn look_at_some(db: &Store, media: &MediaStore) -> Result<()> {
    let mut sum = 0;
    let mut after = String::new();
    for _ in 0..BATCHES {
        let sources = unknown(db, &after).await?;
        let Some(last) = sources.last() else { break };
        after.clone_from(last);
        let mut looked = Vec::new();
        for src in sources {
            match media.facts(&src).await {
                Ok(facts) => looked.push((src, facts)),
                // One that cannot be read keeps no other from being looked at.
                Err(error) => tracing::warn!(%error, src, "a picture could not be looked at"),
            }
        }
        if looked.is_empty() {
            // Where the files are kept does not answer.
            break;
        }
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

/// In the order of their addresses, behind one of them.
async fn unknown(db: &Store, after: &str) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT i.src FROM (SELECT src FROM pictures UNION SELECT picture_src FROM categories \
         WHERE picture_src IS NOT NULL) i WHERE i.src LIKE '/media/%' AND i.src > ",
    );
    sql.text(after).push(
        " AND NOT EXISTS (SELECT 1 FROM picture_facts f WHERE f.src = i.src) ORDER BY i.src LIMIT ",
    );
    sql.int(BATCH);
    sql.fetch_values(db.reader()).await
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

/// Products and categories with a picture that turned out to be a cut-out look different now; a
/// photograph is shown as what nobody has looked at.
async fn announce(
    tx: &mut Tx,
    dialect: Dialect,
    looked: &[Looked],
    changes: &mut ChangeSet,
) -> Result<()> {
    let known: Vec<&str> = looked
        .iter()
        .filter(|(_, facts)| facts.is_some_and(|facts| facts.cut_out))
        .map(|(src, _)| src.as_str())
        .collect();
    if known.is_empty() {
        return Ok(());
    }
    let known = serde_json::to_string(&known)?;
    let mut categories = Sql::new("SELECT id FROM categories WHERE picture_src");
    categories.push(dialect.in_json_array(1)).push(" LIMIT 1");
    let category = categories
        .bind_only(known.clone())
        .fetch_optional(&mut **tx)
        .await?;
    if category.is_some() {
        changes.everything();
        return Ok(());
    }
    let mut sql = Sql::new(
        "SELECT DISTINCT p.id, p.slug FROM pictures i JOIN products p ON p.id = i.product_id \
         WHERE i.src",
    );
    sql.push(dialect.in_json_array(1))
        .push(" LIMIT ")
        .push(ANNOUNCED + 1);
    let sql = sql.bind_only(known);
    let products: Vec<(String, String)> = sql.fetch_all_as(&mut **tx).await?;
    if products.len() as i64 > ANNOUNCED {
        changes.everything();
        return Ok(());
    }
    for (id, slug) in &products {
        changes.product(id, slug);
    }
    Ok(())
}
