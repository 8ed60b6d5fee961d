//! Reading what drops say of variants.

use std::collections::HashMap;

use super::terms::{DropLine, Phase, Shelf, Source, Terms, Times, terms};
use crate::{
    admission::{
        gate::Gate,
        place::{Secret, Seed},
        ticket::TicketId,
    },
    db::{CatalogReads, Columns, Cost, Db, Dialect, FromRow, Session, Sql, from_row},
    error::{Error, Result},
    waits::offered,
};

/// The columns of [`Times`], for a `SELECT` from `drops d`.
pub const TIMES: &str = "d.state, d.state_at, d.reveal_at, d.opens_at, d.closes_at, d.opened_at";

from_row!(Times {
    state,
    state_at,
    reveal_at,
    opens_at,
    closes_at,
    opened_at,
});

from_row!(DropLine {
    drop_id,
    times: row,
    price_minor,
    remaining,
    offered,
    gate: row_if "room_secret",
});

/// The columns of a [`Gate`], for a `SELECT` from `drops d` that is joined with [`ROOMS`].
const GATE: &str = "r.secret AS room_secret, r.mix AS room_mix, r.drawn_at AS room_drawn_at, r.admitted_to, r.lapsed_to";
const ROOMS: &str = "LEFT JOIN drop_rooms r ON r.drop_id = d.id AND r.is_on = 1";

/// The columns of [`GATE`].
struct GateRow {
    secret: String,
    mix: String,
    is_drawn: bool,
    admitted_to: i64,
    lapsed_to: i64,
}

from_row!(GateRow {
    secret: "room_secret",
    mix: or_default "room_mix",
    is_drawn: is_set "room_drawn_at",
    admitted_to,
    lapsed_to,
});

impl<R: Columns> FromRow<R> for Gate {
    fn from_row(row: &R) -> Result<Self> {
        let room = GateRow::from_row(row)?;
        let seed = room.is_drawn.then(|| seed(&room.secret, &room.mix));
        Ok(Self {
            seed: seed.transpose()?,
            admitted_to: room.admitted_to,
            lapsed_to: room.lapsed_to,
        })
    }
}

/// A drop's line with the variant that it sells.
struct LineOfVariant {
    variant_id: String,
    line: DropLine,
}

from_row!(LineOfVariant {
    variant_id,
    line: row,
});

/// What places are drawn by, of what is stored.
pub fn seed(secret: &str, mix: &str) -> Result<Seed> {
    let read = Secret::of_hex(secret).zip(TicketId::of_hex(mix));
    let (secret, mix) =
        read.ok_or_else(|| Error::Invariant("a waiting room has no seed".to_owned()))?;
    Ok(Seed::drawn(&secret, mix))
}

/// What drops say of some variants at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    of: HashMap<String, Vec<DropLine>>,
    /// Units that are kept for the one who asks, by variant, and of which drop.
    kept: HashMap<String, (String, i64)>,
    now: i64,
}

/// A column that says whether a drop that is planned names a variant, which is called so in the statement. Of others
/// there is nothing to look up. With a `LIMIT`, as Postgres may make a table of all lines otherwise.
pub fn is_in_drop(variant: &str) -> String {
    format!(
        "COALESCE((SELECT 1 FROM drop_lines n JOIN drops m ON m.id = n.drop_id \
         WHERE n.variant_id = {variant} AND m.state = 'planned' LIMIT 1), 0) AS is_in_drop"
    )
}

/// By what lines are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Variant,
    Product,
}

fn statement(dialect: Dialect, now: i64, by: By, ids: &[&str]) -> Sql {
    let mut sql = Sql::new(&format!(
        "SELECT l.variant_id, l.drop_id, l.price_minor, l.remaining, l.offered, {TIMES}, {GATE} \
         FROM drop_lines l JOIN drops d ON d.id = l.drop_id {ROOMS}"
    ));
    sql.push(match by {
        By::Variant => " WHERE l.variant_id",
        By::Product => " JOIN variants v ON v.id = l.variant_id WHERE v.product_id",
    });
    sql.among(dialect, ids)
        .push(" AND d.state = 'planned' AND (d.closes_at IS NULL OR d.closes_at > ")
        .int(now)
        .push(")");
    sql
}

impl Lines {
    /// What `lines` say, by variant.
    pub fn at(now: i64, lines: impl IntoIterator<Item = (String, DropLine)>) -> Self {
        let mut of: HashMap<String, Vec<DropLine>> = HashMap::new();
        for (variant_id, line) in lines {
            of.entry(variant_id).or_default().push(line);
        }
        Self {
            of,
            kept: HashMap::new(),
            now,
        }
    }

    fn read<R: Columns>(now: i64, rows: &[R]) -> Result<Self> {
        let lines = rows.iter().map(LineOfVariant::from_row);
        Ok(Self::of(now, lines.collect::<Result<Vec<_>>>()?))
    }

    fn of(now: i64, lines: Vec<LineOfVariant>) -> Self {
        let lines = lines.into_iter().map(|one| (one.variant_id, one.line));
        Self::at(now, lines)
    }

    /// Of these variants, in a transaction or on a connection.
    pub async fn of_variants(
        session: &mut impl Session,
        dialect: Dialect,
        now: i64,
        variants: &[&str],
    ) -> Result<Self> {
        if variants.is_empty() {
            return Ok(Self::at(now, []));
        }
        let sql = statement(dialect, now, By::Variant, variants);
        Self::read(now, &session.rows(sql).await?)
    }

    /// The same where many ask at once: see [`Db::look_by_key`].
    pub async fn looked_up(db: &Db, now: i64, variants: &[&str]) -> Result<Self> {
        if variants.is_empty() {
            return Ok(Self::at(now, []));
        }
        let sql = statement(db.dialect(), now, By::Variant, variants);
        let lines: Vec<LineOfVariant> = db.look_by_key(sql).await?;
        Ok(Self::of(now, lines))
    }

    /// Of all variants of these products, for what shoppers read.
    pub async fn of_products(
        reads: &CatalogReads,
        dialect: Dialect,
        now: i64,
        products: &[&str],
    ) -> Result<Self> {
        if products.is_empty() {
            return Ok(Self::at(now, []));
        }
        let sql = statement(dialect, now, By::Product, products);
        Self::read(now, &reads.fetch_all(Cost::Rows, sql).await?)
    }

    /// What they say of these variants alone.
    #[must_use]
    pub fn only<'a>(&self, variants: impl IntoIterator<Item = &'a str>) -> Self {
        let of = variants
            .into_iter()
            .filter_map(|variant_id| self.of.get_key_value(variant_id))
            .map(|(variant_id, lines)| (variant_id.clone(), lines.clone()));
        Self {
            of: of.collect(),
            kept: HashMap::new(),
            now: self.now,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    pub fn all(&self) -> impl Iterator<Item = &DropLine> {
        self.of.values().flatten()
    }

    /// How far the drop of a line is now.
    pub fn phase(&self, line: &DropLine) -> Option<Phase> {
        line.times.phase(self.now)
    }

    pub fn names(&self, variant_id: &str) -> bool {
        self.of.contains_key(variant_id)
    }

    /// The same for a cart that units are kept for.
    pub async fn with_kept(
        mut self,
        session: &mut impl Session,
        dialect: Dialect,
        cart_id: &str,
    ) -> Result<Self> {
        if self.all().any(|line| line.offered > 0) {
            let kept = offered::in_carts(session, dialect, self.now, [cart_id]).await?;
            for one in kept {
                // Who has two links has two units.
                let of_drop = self.kept.entry(one.variant_id);
                of_drop.or_insert((one.drop_id, 0)).1 += 1;
            }
        }
        Ok(self)
    }

    /// What holds of a variant now.
    pub fn terms(&self, variant_id: &str, shelf: Shelf) -> Terms {
        let lines = self.of.get(variant_id).map_or(&[][..], Vec::as_slice);
        let mut terms = terms(shelf, lines, self.now);
        terms.units += self.kept_of(variant_id, &terms.source);
        terms
    }

    /// How many units of a variant are kept for the cart, of the drop that sells it now.
    pub fn kept_of(&self, variant_id: &str, source: &Source) -> i64 {
        let kept = self.kept.get(variant_id);
        let kept = kept.filter(|(drop_id, _)| source.drop_id() == Some(drop_id.as_str()));
        kept.map_or(0, |(_, units)| *units)
    }
}
