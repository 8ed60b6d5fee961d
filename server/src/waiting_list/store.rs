//! Who waits, in the database. What happens to units is [`settle`]'s.

use app::{
    catalog::types::variant_title,
    locale::Locale,
    waiting_list::types::{WaitKind, WaitStep, Wish},
};

use crate::{
    db::{Dialect, Sql, Tx, from_row, only},
    error::Result,
    ids::{hash_secret, new_id, new_secret},
    sale::seen::push_seen,
    store::Store,
    text::mailbox,
    translations::{self, Kind, TITLE},
    waits::{
        WaitState,
        settle::{Allocation, OfDrop, settle},
    },
};

/// E-mails with a link that one mailbox is sent for one wish that it does not confirm.
const MOST_ASKED: i64 = 3;
/// What one mailbox may wait for at once.
const MOST_WISHES: i64 = 50;

/// A wish as it is stored.
pub struct StoredWait {
    pub id: String,
    pub variant_id: String,
    pub drop_id: Option<String>,
    pub email: String,
    pub state: WaitState,
    /// No later than its drop ends, as that is now.
    pub offered_until: Option<i64>,
    seq: Option<i64>,
    /// Of its product, as long as shoppers see that.
    product_id: Option<String>,
    slug: Option<String>,
    title: Option<String>,
    options: Vec<String>,
    /// Whether its drop goes on.
    is_open: bool,
}

from_row!(StoredWait {
    id,
    variant_id,
    drop_id,
    email,
    state,
    offered_until,
    seq,
    product_id,
    slug,
    title,
    options: row,
    is_open,
});

impl StoredWait {
    pub fn of_drop(&self) -> Option<OfDrop<'_>> {
        let drop_id = self.drop_id.as_deref()?;
        Some(OfDrop {
            drop_id,
            variant_id: &self.variant_id,
        })
    }

    /// Whether a unit is kept for it.
    pub fn is_kept(&self, now: i64) -> bool {
        let is_in_time = self.offered_until.is_some_and(|until| until > now);
        self.is_open && self.state == WaitState::Offered && is_in_time
    }

    /// As it is told, when so many wait before it.
    pub fn told(&self, now: i64, ahead: i64) -> Wish {
        let step = match (self.state, self.offered_until) {
            (WaitState::Asked | WaitState::Waiting | WaitState::Offered, _) if !self.is_open => {
                WaitStep::Over
            }
            (WaitState::Asked, _) => WaitStep::Asked,
            (WaitState::Waiting, _) => WaitStep::Waiting { ahead },
            (WaitState::Offered, Some(until)) if until > now => WaitStep::Offered { until },
            (WaitState::Offered | WaitState::Lapsed, _) => WaitStep::Lapsed,
            (WaitState::Ordered, _) => WaitStep::Ordered,
            (WaitState::Told, _) => WaitStep::Told,
        };
        Wish {
            product_id: self.product_id.clone().unwrap_or_default(),
            slug: self.slug.clone().unwrap_or_default(),
            variant_title: match self.title {
                Some(_) => variant_title(&self.options),
                None => String::new(),
            },
            title: self.title.clone().unwrap_or_default(),
            kind: match self.drop_id {
                Some(_) => WaitKind::InTurn,
                None => WaitKind::Notice,
            },
            step,
        }
    }
}

fn select(now: i64) -> Sql {
    let mut sql = Sql::new(
        "SELECT w.id, w.variant_id, w.drop_id, w.email, w.state, w.seq, \
         CASE WHEN d.closes_at < w.offered_until THEN d.closes_at ELSE w.offered_until END AS offered_until, \
         v.option1, v.option2, v.option3, p.id AS product_id, p.slug, p.title, \
         CASE WHEN w.drop_id IS NULL OR (d.state = 'planned' AND (d.closes_at IS NULL OR d.closes_at > ",
    );
    sql.int(now).push(
        ")) THEN 1 ELSE 0 END AS is_open FROM waits w JOIN variants v ON v.id = w.variant_id \
         LEFT JOIN drops d ON d.id = w.drop_id LEFT JOIN products p ON p.id = v.product_id AND ",
    );
    push_seen(&mut sql, "p", now).push(" WHERE ");
    sql
}

/// The wish that a link leads to.
pub async fn of_token(db: &Store, now: i64, token: &str) -> Result<Option<StoredWait>> {
    let mut sql = select(now);
    sql.push("w.token_hash = ").text(hash_secret(token));
    sql.fetch_optional_as(db.reader()).await
}

pub async fn by_id(db: &Store, now: i64, id: &str) -> Result<Option<StoredWait>> {
    let mut sql = select(now);
    sql.push("w.id = ").text(id);
    sql.fetch_optional_as(db.reader()).await
}

/// As a visitor is told; `language`, if its title is to be translated.
pub async fn told(
    db: &Store,
    now: i64,
    stored: &StoredWait,
    language: Option<Locale>,
) -> Result<Wish> {
    let place = stored.of_drop().zip(stored.seq);
    let ahead = match place.filter(|_| stored.state == WaitState::Waiting) {
        Some((line, seq)) => ahead(db, line, seq).await?,
        None => 0,
    };
    let mut wish = stored.told(now, ahead);
    if let (Some(language), Some(id)) = (language, stored.product_id.clone()) {
        let texts = translations::of(db, Kind::Product, &[id.as_str()], language).await?;
        texts.put(&id, TITLE, &mut wish.title);
    }
    Ok(wish)
}

async fn ahead(db: &Store, line: OfDrop<'_>, seq: i64) -> Result<i64> {
    let mut sql =
        Sql::new("SELECT COUNT(*) AS n FROM waits WHERE state = 'waiting' AND drop_id = ");
    sql.text(line.drop_id)
        .push(" AND variant_id = ")
        .text(line.variant_id)
        .push(" AND seq < ")
        .int(seq);
    sql.fetch_value(db.reader()).await
}

/// What someone asks for.
#[derive(Debug, Clone, Copy)]
pub struct WaitRequest<'a> {
    pub variant_id: &'a str,
    pub drop_id: Option<&'a str>,
    pub locale: Locale,
    pub email: &'a str,
}

/// Notes it. Its id if a link is to be mailed: not to one who waits already, nor to one that has had enough of them.
pub async fn ask(tx: &mut Tx, now: i64, request: WaitRequest<'_>) -> Result<Option<String>> {
    let mailbox = mailbox(request.email);
    let mut sql = Sql::new(
        "SELECT COUNT(*) AS n FROM waits WHERE state IN ('asked', 'waiting', 'offered') AND mailbox = ",
    );
    sql.text(&mailbox);
    let wishes: i64 = sql.fetch_value(&mut **tx).await?;
    if wishes >= MOST_WISHES {
        return Ok(None);
    }
    let row = sqlx::query(
        "INSERT INTO waits (id, variant_id, drop_id, email, mailbox, locale, state, state_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, 'asked', $7, $7) \
         ON CONFLICT (variant_id, COALESCE(drop_id, ''), mailbox) DO UPDATE SET \
         asked = CASE WHEN waits.state = 'asked' THEN waits.asked + 1 ELSE 1 END, state = 'asked', \
         state_at = excluded.state_at, email = excluded.email, locale = excluded.locale, seq = NULL, \
         order_id = NULL, cart_id = NULL \
         WHERE (waits.state = 'asked' AND waits.asked < $8) \
         OR waits.state IN ('lapsed', 'ordered', 'told') RETURNING id",
    )
    .bind(new_id())
    .bind(request.variant_id)
    .bind(request.drop_id)
    .bind(request.email)
    .bind(mailbox)
    .bind(request.locale.code())
    .bind(now)
    .bind(MOST_ASKED)
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(only).transpose()
}

/// Locks a variant, as every change of who waits for it does.
pub async fn lock(tx: &mut Tx, dialect: Dialect, variant_id: &str) -> Result<()> {
    let mut sql = Sql::new("SELECT id FROM variants WHERE id = ");
    sql.text(variant_id).push(dialect.for_update());
    sql.fetch_all(&mut **tx).await?;
    Ok(())
}

/// The same without waiting for it; whether it is locked now.
pub async fn try_lock(tx: &mut Tx, dialect: Dialect, variant_id: &str) -> Result<bool> {
    let mut sql = Sql::new("SELECT id FROM variants WHERE id = ");
    sql.text(variant_id)
        .push(dialect.for_update())
        .push(dialect.skip_locked());
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}

/// Begins to wait, at the end of the list, unless the drop is over; the variant is locked. What is for sale of a drop is
/// offered at once.
pub async fn confirm(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    stored: &StoredWait,
) -> Result<Option<Allocation>> {
    let Some(line) = stored.of_drop() else {
        sqlx::query(
            "UPDATE waits SET state = 'waiting', state_at = $1 WHERE id = $2 AND state = 'asked'",
        )
        .bind(now)
        .bind(&stored.id)
        .execute(&mut **tx)
        .await?;
        return Ok(None);
    };
    sqlx::query(
        "UPDATE waits SET state = 'waiting', state_at = $1, seq = (SELECT COALESCE(MAX(w.seq), 0) + 1 \
         FROM waits w WHERE w.drop_id = $2 AND w.variant_id = $3) WHERE id = $4 AND state = 'asked' \
         AND EXISTS (SELECT 1 FROM drops d WHERE d.id = $2 AND d.state = 'planned' \
           AND (d.closes_at IS NULL OR d.closes_at > $1))",
    )
    .bind(now)
    .bind(line.drop_id)
    .bind(line.variant_id)
    .bind(&stored.id)
    .execute(&mut **tx)
    .await?;
    settle(tx, dialect, now, line).await
}

/// Forgets a wish, and passes on what was kept for it; the variant is locked.
pub async fn leave(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    stored: &StoredWait,
) -> Result<Option<Allocation>> {
    let mut settled = None;
    if let Some(line) = stored.of_drop() {
        sqlx::query("UPDATE waits SET offered_until = $1 WHERE id = $2 AND state = 'offered'")
            .bind(now)
            .bind(&stored.id)
            .execute(&mut **tx)
            .await?;
        settled = settle(tx, dialect, now, line).await?;
    }
    sqlx::query("DELETE FROM waits WHERE id = $1 AND state <> 'offered'")
        .bind(&stored.id)
        .execute(&mut **tx)
        .await?;
    Ok(settled)
}

/// Notes the cart that a kept unit was put into; the variant is locked. Whether it is kept still.
pub async fn put_in_cart(tx: &mut Tx, now: i64, id: &str, cart_id: &str) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE waits SET cart_id = $1 WHERE id = $2 AND state = 'offered' AND offered_until > $3",
    )
    .bind(cart_id)
    .bind(id)
    .bind(now)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(changed > 0)
}

/// A new token for an e-mail, in place of the one before; `None` if the wish is in another state since.
pub async fn issue(db: &Store, id: &str, state: WaitState) -> Result<Option<String>> {
    let token = new_secret();
    let mut tx = db.begin().await?;
    let changed = sqlx::query("UPDATE waits SET token_hash = $1 WHERE id = $2 AND state = $3")
        .bind(hash_secret(&token))
        .bind(id)
        .bind(state.as_str())
        .execute(&mut *tx)
        .await?
        .rows_affected();
    tx.commit().await?;
    Ok((changed > 0).then_some(token))
}

/// The language that it was asked for in.
pub async fn locale(db: &Store, id: &str) -> Result<Option<Locale>> {
    let mut sql = Sql::new("SELECT locale FROM waits WHERE id = ");
    sql.text(id);
    let code: Option<String> = sql.fetch_optional_value(db.reader()).await?;
    Ok(code.and_then(|code| Locale::of_code(&code)))
}
