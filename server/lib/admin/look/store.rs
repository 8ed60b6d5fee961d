//! Pictures of looks and the look itself, in the database.

use app::look::{
    Look,
    types::{LookPicture, Shape},
};

use super::draw::Drawn;
use crate::{
    db::{Connection, Dialect, Sql, Tx, from_row},
    error::{Error, Result},
    store::Store,
};

/// How long a picture waits for a look that names it, in milliseconds: a day.
const KEPT_UNNAMED: i64 = 24 * 60 * 60 * 1000;

/// A picture as it is stored; the files in Base64.
pub struct StoredFile {
    pub shape: Shape,
    pub file: String,
    pub touch_file: Option<String>,
}

from_row!(StoredFile {
    shape,
    file,
    touch_file,
});

struct PictureRow {
    id: String,
    width: i64,
    height: i64,
}

from_row!(PictureRow { id, width, height });

pub async fn picture(
    connection: &mut Connection,
    id: &str,
    shape: Shape,
) -> Result<Option<LookPicture>> {
    let mut sql = Sql::new("SELECT id, width, height FROM look_pictures WHERE id = ");
    sql.text(id).push(" AND shape = ").text(shape.as_str());
    let row: Option<PictureRow> = sql.fetch_optional_as(&mut *connection).await?;
    let side = |side: i64| {
        u32::try_from(side).map_err(|_| Error::Invariant(format!("no picture is {side} wide")))
    };
    row.map(|row| {
        Ok(LookPicture {
            width: side(row.width)?,
            height: side(row.height)?,
            id: row.id,
        })
    })
    .transpose()
}

pub async fn file(db: &Store, id: &str) -> Result<Option<StoredFile>> {
    let mut sql = Sql::new("SELECT shape, file, touch_file FROM look_pictures WHERE id = ");
    sql.text(id);
    sql.fetch_optional_as(db.reader()).await
}

/// Keeps a picture; one that is there already waits as long as a new one. `files` is in Base64.
pub async fn add(
    tx: &mut Tx,
    id: &str,
    shape: Shape,
    drawn: &Drawn,
    files: (String, Option<String>),
    now: i64,
) -> Result<()> {
    let (file, touch_file) = files;
    sqlx::query(
        "INSERT INTO look_pictures (id, shape, width, height, file, touch_file, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (id) DO UPDATE SET created_at = excluded.created_at",
    )
    .bind(id)
    .bind(shape.as_str())
    .bind(i64::from(drawn.width))
    .bind(i64::from(drawn.height))
    .bind(file)
    .bind(touch_file)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps the look from being changed by someone else until the transaction ends.
pub async fn lock(tx: &mut Tx, dialect: Dialect) -> Result<()> {
    let mut sql = Sql::new("SELECT version FROM looks WHERE id = 1");
    sql.push(dialect.for_update());
    sql.fetch_value::<i64>(&mut **tx).await.map(drop)
}

pub async fn write(tx: &mut Tx, look: &Look, now: i64, by: &str) -> Result<()> {
    let id = |picture: &Option<LookPicture>| picture.as_ref().map(|picture| picture.id.clone());
    let changed = sqlx::query(
        "UPDATE looks SET version = version + 1, accent_hue = $1, corners = $2, font = $3, \
         logo_id = $4, logo_dark_id = $5, icon_id = $6, changed_at = $7, changed_by = $8 \
         WHERE id = 1",
    )
    .bind(look.accent.hue().map(i64::from))
    .bind(look.corners.as_str())
    .bind(look.font.as_str())
    .bind(id(&look.logo))
    .bind(id(&look.logo_dark))
    .bind(id(&look.icon))
    .bind(now)
    .bind(by)
    .execute(&mut **tx)
    .await?;
    match changed.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Invariant("there is one look".to_owned())),
    }
}

/// Deletes pictures that no look names and that have waited long enough for one.
pub async fn drop_unnamed(db: &Store, now: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    sqlx::query(
        "DELETE FROM look_pictures WHERE created_at < $1 AND NOT EXISTS (SELECT 1 FROM looks k \
         WHERE k.logo_id = look_pictures.id OR k.logo_dark_id = look_pictures.id \
         OR k.icon_id = look_pictures.id)",
    )
    .bind(now - KEPT_UNNAMED)
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}
