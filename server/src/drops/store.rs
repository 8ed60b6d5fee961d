//! Drops in the database.

use app::{
    catalog::types::Card,
    drops::types::{Drop, DropPhase, DropRow},
    locale::Locale,
};

use crate::{
    catalog::read::{CARD_COLUMNS, timed::cards},
    db::{Cost, Dialect, Sql, Tx, from_row},
    error::Result,
    sale::{
        lines::TIMES,
        seen::push_seen,
        terms::{Phase, Times},
    },
    store::Store,
    text::html::plain_text,
    translations::{self, Kind, NAME},
};

/// A drop as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDrop {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub text_html: String,
    pub times: Times,
    pub version: i64,
}

from_row!(StoredDrop {
    id,
    slug,
    title,
    text_html,
    times: row,
    version,
});

fn select() -> Sql {
    let mut sql = Sql::new("SELECT d.id, d.slug, d.title, d.text_html, d.version, ");
    sql.push(TIMES).push(" FROM drops d");
    sql
}

/// As it is told; `None` for one that is still being written.
pub fn phase(times: &Times, now: i64) -> Option<DropPhase> {
    use app::drops::types::DropState;
    match (times.state, times.phase(now)) {
        (DropState::Draft, _) => None,
        (_, Some(Phase::Before)) => Some(DropPhase::Before),
        (_, Some(Phase::Open)) => Some(DropPhase::Open),
        (_, Some(Phase::Over)) => Some(DropPhase::Over),
        (_, None) => Some(DropPhase::CalledOff),
    }
}

/// A drop as its page has it.
struct ShownDrop {
    stored: StoredDrop,
    has_room: bool,
}

from_row!(ShownDrop {
    stored: row,
    has_room
});

/// A drop that shoppers see, with those of its products that they see.
pub async fn shown(db: &Store, slug: &str) -> Result<Option<Drop>> {
    let now = db.now();
    let mut sql = Sql::new(
        "SELECT d.id, d.slug, d.title, d.text_html, d.version, CASE WHEN EXISTS (SELECT 1 \
         FROM drop_rooms r WHERE r.drop_id = d.id AND r.is_on = 1) THEN 1 ELSE 0 END AS has_room, ",
    );
    sql.push(TIMES)
        .push(" FROM drops d WHERE d.slug = ")
        .text(slug);
    let found: Option<ShownDrop> = db.catalog().fetch_optional_as(Cost::Rows, sql).await?;
    let Some(ShownDrop { stored, has_room }) = found else {
        return Ok(None);
    };
    let Some(phase) = phase(&stored.times, now) else {
        return Ok(None);
    };
    Ok(Some(Drop {
        products: products(db, &stored.id).await?,
        text_plain: plain_text(&stored.text_html),
        phase,
        opens_at: stored.times.opens_at,
        closes_at: stored.times.closes_at,
        has_room,
        reveals_at: stored.times.reveal_at.filter(|at| *at > now),
        id: stored.id,
        slug: stored.slug,
        title: stored.title,
        text_html: stored.text_html,
    }))
}

async fn products(db: &Store, drop_id: &str) -> Result<Vec<Card>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CARD_COLUMNS)
        .push(
            " FROM products p JOIN (SELECT v.product_id, MIN(l.position) AS place FROM drop_lines l \
             JOIN variants v ON v.id = l.variant_id WHERE l.drop_id = ",
        )
        .text(drop_id)
        .push(" GROUP BY v.product_id) i ON i.product_id = p.id WHERE ");
    push_seen(&mut sql, "p", db.now()).push(" ORDER BY i.place, p.id");
    let rows = db.catalog().fetch_all(Cost::List, sql).await?;
    cards(db, &rows).await
}

/// Slugs of those that take place, for search engines.
pub async fn listed(db: &Store) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT slug FROM drops WHERE state = 'planned' AND (closes_at IS NULL OR closes_at > ",
    );
    sql.int(db.now()).push(") ORDER BY opens_at, id");
    sql.fetch_values(db.reader()).await
}

/// All of them; nobody else changes any until the transaction ends.
pub async fn lock(tx: &mut Tx, dialect: Dialect) -> Result<Vec<StoredDrop>> {
    if let Some(lock) = dialect.advisory_lock() {
        sqlx::query(lock).bind("drops").fetch_all(&mut **tx).await?;
    }
    all(tx).await
}

pub async fn all(tx: &mut Tx) -> Result<Vec<StoredDrop>> {
    select().fetch_all_as(&mut **tx).await
}

pub async fn by_id(db: &Store, id: &str) -> Result<Option<StoredDrop>> {
    let mut sql = select();
    sql.push(" WHERE d.id = ").text(id);
    sql.fetch_optional_as(db.reader()).await
}

pub async fn by_slug(db: &Store, slug: &str) -> Result<Option<StoredDrop>> {
    let mut sql = select();
    sql.push(" WHERE d.slug = ").text(slug);
    sql.fetch_optional_as(db.reader()).await
}

from_row!(DropRow {
    id,
    slug,
    title,
    state,
    opens_at,
    closes_at,
    units,
    remaining,
});

pub async fn rows(db: &Store) -> Result<Vec<DropRow>> {
    Sql::new(
        "SELECT d.id, d.slug, d.title, d.state, d.opens_at, d.closes_at, \
         CAST(COALESCE(SUM(l.units), 0) AS BIGINT) AS units, \
         CAST(COALESCE(SUM(l.remaining), 0) AS BIGINT) AS remaining \
         FROM drops d LEFT JOIN drop_lines l ON l.drop_id = d.id \
         GROUP BY d.id, d.slug, d.title, d.state, d.opens_at, d.closes_at ORDER BY d.opens_at DESC, d.id",
    )
    .fetch_all_as(db.reader())
    .await
}

/// Slug and title of a drop that is announced, in a language, if that is not what it is written in.
pub async fn titled(
    db: &Store,
    id: &str,
    language: Option<Locale>,
) -> Result<Option<(String, String)>> {
    let mut sql = Sql::new("SELECT slug, title FROM drops WHERE state <> 'draft' AND id = ");
    sql.text(id);
    let mut found: Option<(String, String)> = sql.fetch_optional_as(db.reader()).await?;
    if let (Some((_, title)), Some(language)) = (&mut found, language) {
        let texts = translations::of(db, Kind::Drop, &[id], language).await?;
        texts.put(id, NAME, title);
    }
    Ok(found)
}

/// Since when a drop is in its state: when it was called off, if it was.
pub async fn ended_at(db: &Store, id: &str) -> Result<i64> {
    let mut sql = Sql::new("SELECT state_at FROM drops WHERE id = ");
    sql.text(id);
    sql.fetch_value(db.reader()).await
}

/// How many are to be told before the start.
pub async fn reminders(db: &Store, id: &str) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS n FROM drop_reminders WHERE confirmed_at IS NOT NULL AND drop_id = ",
    );
    sql.text(id);
    sql.fetch_value(db.reader()).await
}

/// Writes a drop, new or not. Who was told of a start that is moved is told again.
pub async fn write(
    tx: &mut Tx,
    now: i64,
    before: Option<&StoredDrop>,
    after: &StoredDrop,
) -> Result<()> {
    let times = &after.times;
    sqlx::query(
        "INSERT INTO drops (id, slug, title, text_html, state, state_at, reveal_at, opens_at, closes_at, \
         version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, title = excluded.title, \
         text_html = excluded.text_html, state = excluded.state, state_at = excluded.state_at, \
         reveal_at = excluded.reveal_at, opens_at = excluded.opens_at, closes_at = excluded.closes_at, \
         version = excluded.version",
    )
    .bind(&after.id)
    .bind(&after.slug)
    .bind(&after.title)
    .bind(&after.text_html)
    .bind(times.state.as_str())
    .bind(times.state_at)
    .bind(times.reveal_at)
    .bind(times.opens_at)
    .bind(times.closes_at)
    .bind(after.version)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    if before.is_some_and(|before| before.times.opens_at != times.opens_at) {
        sqlx::query("UPDATE drop_reminders SET told_at = NULL WHERE drop_id = $1")
            .bind(&after.id)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM drops WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Works out all prices of drops for another currency: `price` says how, from the column `price_minor`.
/// The variants are locked.
pub async fn change_prices(tx: &mut Tx, price: &str) -> Result<()> {
    Sql::new(&format!(
        "UPDATE drop_lines SET price_minor = {price} WHERE price_minor IS NOT NULL"
    ))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
