//! Pictures that were uploaded for a product before it was made. They wait a day for its form to be
//! saved, and only for who uploaded them.

use app::{catalog::limits::MAX_PICTURES, identity::Account};
use desk::admin::products::types::AdminPicture;

use crate::{
    admin::fetched,
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    ids::{is_short_key, new_id},
    picture_facts,
    pictures::media::MediaStore,
    store::Store,
};

/// How long they wait, in milliseconds.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// Those whose time is over that are taken away at once.
const BATCH: i64 = 100;

/// One that waited.
pub struct Waited {
    pub id: String,
    pub src: String,
}

from_row!(Waited { id, src });

/// Those of a form, in the order in which they came. Nothing for a key that is none.
pub async fn of_form(tx: &mut Tx, actor: &Account, form: &str) -> Result<Vec<AdminPicture>> {
    if !is_short_key(form) {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT w.id, w.src, '' AS alt, \
         COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = w.src), 0) AS cut_out \
         FROM waiting_pictures w WHERE w.account_id = ",
    );
    sql.text(&actor.id).push(" AND w.form = ").text(form);
    sql.push(" ORDER BY w.id");
    Ok(fetched::all(sql.fetch_all_as(&mut **tx).await?))
}

/// How many more may wait for one account, in all their forms together.
pub async fn room(tx: &mut Tx, actor: &Account) -> Result<usize> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM waiting_pictures WHERE account_id = ");
    sql.text(&actor.id);
    let waiting: i64 = sql.fetch_value(&mut **tx).await?;
    Ok(MAX_PICTURES.saturating_sub(usize::try_from(waiting).unwrap_or(MAX_PICTURES)))
}

/// Has stored pictures wait for a form.
pub async fn add(
    tx: &mut Tx,
    actor: &Account,
    form: &str,
    sources: &[String],
    now: i64,
) -> Result<()> {
    for src in sources {
        let mut sql = Sql::new(
            "INSERT INTO waiting_pictures (id, account_id, form, src, created_at) VALUES (",
        );
        sql.text(new_id()).push(", ").text(&actor.id).push(", ");
        sql.text(form).push(", ").text(src).push(", ").int(now);
        sql.push(")");
        sql.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Those of a form, which wait no more: they become a product's in this transaction, and no other can take
/// them. They are locked by their ids, as by who drops them.
pub async fn take(
    tx: &mut Tx,
    dialect: Dialect,
    actor: &Account,
    form: &str,
) -> Result<Vec<Waited>> {
    if !is_short_key(form) {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "DELETE FROM waiting_pictures WHERE id IN (SELECT id FROM waiting_pictures \
         WHERE account_id = ",
    );
    sql.text(&actor.id).push(" AND form = ").text(form);
    sql.push(" ORDER BY id").push(dialect.for_update());
    sql.push(") RETURNING id, src");
    let mut taken: Vec<Waited> = sql.fetch_all_as(&mut **tx).await?;
    // They come back in any order.
    taken.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(taken)
}

/// Takes a picture out of its form, and tells which form that is. Its file goes when its day is over.
pub async fn take_out(tx: &mut Tx, actor: &Account, id: &str) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT form AS value FROM waiting_pictures WHERE account_id = ");
    sql.text(&actor.id)
        .push(" AND form <> '' AND id = ")
        .text(id);
    let Some(form) = sql.fetch_optional_value(&mut **tx).await? else {
        return Ok(None);
    };
    let mut sql = Sql::new("UPDATE waiting_pictures SET form = '' WHERE id = ");
    sql.text(id);
    sql.execute(&mut **tx).await?;
    Ok(Some(form))
}

/// Takes away pictures that have waited long enough, with their files.
pub async fn drop_expired(db: &Store, media: &MediaStore, now: i64) -> Result<()> {
    loop {
        let mut sql = Sql::new("SELECT id, src FROM waiting_pictures WHERE created_at < ");
        sql.int(now - KEPT_MS).push(" ORDER BY created_at LIMIT ");
        sql.int(BATCH);
        let mut expired: Vec<Waited> = sql.fetch_all_as(db.reader()).await?;
        // One form's may be taken at the same time, in this order.
        expired.sort_by(|one, other| one.id.cmp(&other.id));
        let mut gone = Vec::new();
        let mut tx = db.begin().await?;
        for Waited { id, src } in &expired {
            let mut sql = Sql::new("DELETE FROM waiting_pictures WHERE id = ");
            sql.text(id);
            // What a product has taken meanwhile is the product's.
            if sql.execute(&mut *tx).await? > 0 {
                gone.push(src.clone());
            }
        }
        tx.commit().await?;
        media.discard(&gone).await;
        picture_facts::forget(db, &gone).await?;
        if (expired.len() as i64) < BATCH {
            return Ok(());
        }
    }
}
