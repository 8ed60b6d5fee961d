//! The front page in the database: the blocks that shoppers see, and those of its draft.

use app::home::types::{PlacedBlock, Source, standard, unwritten};

use crate::{
    db::{Sql, Tx, from_row},
    error::{Error, Result},
};

/// Which blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// What shoppers see.
    Published,
    Draft,
}

impl Of {
    const fn is_draft(self) -> i64 {
        match self {
            Self::Published => 0,
            Self::Draft => 1,
        }
    }
}

/// What there is of the page.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// Whether its owner has published one. Before, it is the standard one, which is not stored.
    pub is_own: bool,
    pub has_draft: bool,
    /// Whether the standard one has the words that the software came with: not in a new shop, whose
    /// products it knows nothing of.
    pub standard_words: bool,
}

from_row!(State {
    is_own,
    has_draft,
    standard_words,
});

const STATE: &str = "SELECT is_own, has_draft, standard_words FROM home_page WHERE id = 1";

from_row!(PlacedBlock {
    id,
    block: json "content",
    version,
});

pub async fn state(read: impl sqlx::Executor<'_, Database = sqlx::Any>) -> Result<State> {
    let state = Sql::new(STATE).fetch_optional_as(read).await?;
    state.ok_or_else(|| Error::Invariant("there is one row of the front page".to_owned()))
}

/// The same, and nobody else changes the page until the transaction ends.
pub async fn lock(tx: &mut Tx, lock: &'static str) -> Result<State> {
    let mut sql = Sql::new(STATE);
    sql.push(lock);
    let state = sql.fetch_optional_as(&mut **tx).await?;
    state.ok_or_else(|| Error::Invariant("there is one row of the front page".to_owned()))
}

/// Blocks as they are stored, in their order.
pub async fn blocks(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    of: Of,
) -> Result<Vec<PlacedBlock>> {
    let mut sql = Sql::new("SELECT id, content, version FROM home_blocks WHERE is_draft = ");
    sql.int(of.is_draft()).push(" ORDER BY position, id");
    sql.fetch_all_as(read).await
}

/// What shoppers see.
pub async fn published(
    state: State,
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
) -> Result<Vec<PlacedBlock>> {
    match (state.is_own, state.standard_words) {
        (true, _) => blocks(read, Of::Published).await,
        (false, true) => Ok(standard()),
        (false, false) => Ok(unwritten()),
    }
}

/// Puts these blocks in place of all there are.
pub async fn write(tx: &mut Tx, of: Of, all: &[PlacedBlock]) -> Result<()> {
    clear(tx, of).await?;
    for (position, placed) in (1_i64..).zip(all) {
        sqlx::query(
            "INSERT INTO home_blocks (is_draft, id, position, content, version) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(of.is_draft())
        .bind(&placed.id)
        .bind(position)
        .bind(serde_json::to_string(&placed.block)?)
        .bind(placed.version)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// A page that its owner has not made says what the software came with.
pub async fn say_standard_words(tx: &mut Tx) -> Result<()> {
    let sql = Sql::new("UPDATE home_page SET standard_words = 1 WHERE id = 1");
    sql.execute(&mut **tx).await.map(drop)
}

/// A page that its owner has not made says nothing but the shop's name, and one of theirs nothing that they
/// left as the software came with it.
pub async fn say_no_words(tx: &mut Tx) -> Result<()> {
    let sql = Sql::new("UPDATE home_page SET standard_words = 0 WHERE id = 1");
    sql.execute(&mut **tx).await?;
    for of in [Of::Published, Of::Draft] {
        let mut all = blocks(&mut **tx, of).await?;
        for placed in &mut all {
            let own = placed.block.clone().unwritten();
            if own != placed.block {
                placed.block = own;
                placed.version += 1;
            }
        }
        write(tx, of, &all).await?;
    }
    Ok(())
}

pub async fn clear(tx: &mut Tx, of: Of) -> Result<()> {
    sqlx::query("DELETE FROM home_blocks WHERE is_draft = $1")
        .bind(of.is_draft())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub async fn write_state(tx: &mut Tx, state: State) -> Result<()> {
    sqlx::query("UPDATE home_page SET is_own = $1, has_draft = $2 WHERE id = 1")
        .bind(i64::from(state.is_own))
        .bind(i64::from(state.has_draft))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether there is what a block shows products of.
pub async fn has_source(tx: &mut Tx, source: &Source) -> Result<bool> {
    let (select, id) = match source {
        Source::Newest | Source::BestSelling => return Ok(true),
        Source::Category(id) => ("SELECT id FROM categories WHERE id = ", id),
        Source::Collection(id) => ("SELECT id FROM collections WHERE id = ", id),
    };
    let mut sql = Sql::new(select);
    sql.text(id);
    Ok(sql.fetch_optional(&mut **tx).await?.is_some())
}
