//! A cart as its shopper sees it.

use app::{
    cart::types::{CartLine, CartView},
    catalog::types::{Thumb, Units},
    error::LineProblem,
};

use super::{
    check::{Offer, WantedLine, line_title, problem_within},
    draft::CartRow,
    lines::Line,
    token::account_of,
};
use crate::{
    buyer_limits::{
        decide::{LimitedLine, Stop},
        store::{self as limits, is_limited},
    },
    db::{Dialect, Session, from_row},
    error::Result,
    sale::{
        lines::{Lines, is_in_drop},
        terms::{Shelf, Source, Terms},
    },
    store::Store,
};

/// What there is of a variant now. Whether a drop or a limit has a say in it is among it, as in most none has.
#[derive(Debug, Clone, Default)]
pub(super) struct GoodsRow {
    pub shelf: Option<Shelf>,
    on_shelf: Option<i64>,
    product_id: Option<String>,
    pub product_title: Option<String>,
    slug: Option<String>,
    picture: Thumb,
    prepaid: bool,
    pub is_in_drop: bool,
    is_limited: bool,
}

from_row!(GoodsRow {
    shelf: row,
    on_shelf,
    product_id,
    product_title,
    slug,
    picture: "picture_src",
    prepaid,
    is_in_drop,
    is_limited,
});

/// A line as it was put into the cart, with what there is of its variant.
#[derive(Debug)]
pub(super) struct LineRow {
    variant_id: String,
    quantity: i64,
    unit_price_minor: i64,
    title: String,
    variant_title: String,
    goods: GoodsRow,
}

from_row!(LineRow {
    variant_id,
    quantity,
    unit_price_minor,
    title,
    variant_title,
    goods: row,
});

impl LineRow {
    pub fn new(line: Line, goods: GoodsRow) -> Self {
        Self {
            variant_id: line.variant_id,
            quantity: line.quantity,
            unit_price_minor: line.unit_price_minor,
            title: line.title,
            variant_title: line.variant_title,
            goods,
        }
    }

    /// Its variant, if a drop has a say in it.
    pub fn in_drop(&self) -> Option<&str> {
        let is_in_drop = self.goods.is_in_drop;
        is_in_drop.then_some(self.variant_id.as_str())
    }
}

/// The columns of a [`GoodsRow`] besides [`SHELF`](super::offers::SHELF), for a `SELECT` from `variants v` and
/// `products p`, where the variant's id is called so.
pub(super) fn goods(variant: &str) -> String {
    format!(
        "v.product_id, p.title AS product_title, p.slug, \
         COALESCE(v.picture_src, (SELECT src FROM pictures i WHERE i.product_id = p.id \
           ORDER BY i.position LIMIT 1)) AS picture_src, \
         COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = COALESCE(v.picture_src, \
           (SELECT src FROM pictures i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1))), 0) \
           AS picture_cut_out, \
         CASE WHEN v.tracked = 1 THEN v.stock ELSE v.available END AS on_shelf, \
         COALESCE(p.prepaid, 0) AS prepaid, {}, {}",
        is_in_drop(variant),
        is_limited("v.product_id", variant),
    )
}

/// A cart that has just begun with a line of these goods; `None` where its drop or limits have to be asked.
pub(super) fn of_new(now: i64, goods: GoodsRow, line: Line, currency: &str) -> Option<CartView> {
    if goods.is_in_drop || goods.is_limited {
        return None;
    }
    let line = LineRow::new(line, goods);
    let drops = Lines::at(now, []);
    Some(shown(now, currency, (vec![line], &[None]), &drops))
}

/// A cart with what is in it.
#[derive(Debug, Clone)]
pub struct FilledCart {
    pub row: CartRow,
    pub view: CartView,
    /// Variants in it that have to be paid for before they are delivered.
    pub prepaid: Vec<String>,
}

/// What was found of a cart that something is in: its lines in their order, and what drops say of them.
#[derive(Debug)]
pub(super) struct Found {
    pub row: CartRow,
    pub lines: Vec<LineRow>,
    pub drops: Lines,
}

/// A cart that was found, as the shopper with this token sees it: every line with what keeps it from being ordered now.
/// Limits count what the account has ordered, whose cart it is.
pub(super) async fn filled(
    db: &Store,
    now: i64,
    (token, currency): (&str, &str),
    found: Found,
) -> Result<FilledCart> {
    let Found {
        row,
        lines,
        mut drops,
    } = found;
    let prepaid = lines.iter().filter(|line| line.goods.prepaid);
    let prepaid = prepaid.map(|line| line.variant_id.clone()).collect();
    let is_limited = lines.iter().any(|line| line.goods.is_limited);
    let mut stopped: Vec<Option<Stop>> = lines.iter().map(|_| None).collect();
    if is_limited || drops.all().any(|line| line.offered > 0) {
        let mut connection = db.connection().await?;
        let kept = drops.with_kept(&mut connection, db.dialect(), &row.id);
        drops = kept.await?;
        if is_limited {
            let known = (db.dialect(), now);
            let whose = account_of(token);
            stopped = stops(&mut connection, known, whose, &lines, &drops).await?;
        }
    }
    let view = shown(now, currency, (lines, &stopped), &drops);
    Ok(FilledCart { row, view, prepaid })
}

fn shown(
    now: i64,
    currency: &str,
    (rows, stops): (Vec<LineRow>, &[Option<Stop>]),
    drops: &Lines,
) -> CartView {
    let mut cart = CartView::empty(currency);
    for (row, stop) in rows.into_iter().zip(stops) {
        let goods = row.goods;
        let terms = goods.shelf.map(|shelf| drops.terms(&row.variant_id, shelf));
        let offer = terms.as_ref().map(Offer::from);
        // What it is called by now, and looks like, is not told of what is secret.
        let is_secret = goods.shelf.is_some_and(|shelf| shelf.shown_from > now)
            && !offer.is_some_and(|offer| offer.active);
        let title = match goods.product_title {
            Some(present) if !is_secret => present,
            Some(_) | None => row.title,
        };
        let problem = problem_within(
            WantedLine {
                variant_id: &row.variant_id,
                title: &line_title(&title, &row.variant_title),
                quantity: row.quantity,
                seen_price_minor: row.unit_price_minor,
            },
            offer,
            stop.as_ref(),
        );
        let total_minor = row.unit_price_minor * row.quantity;
        cart.count += row.quantity;
        // What cannot be had at all is shown without a price.
        if !problem.as_ref().is_some_and(LineProblem::is_gone) {
            cart.subtotal_minor += total_minor;
        }
        let there = goods.on_shelf.unwrap_or_default();
        cart.lines.push(CartLine {
            product_slug: match offer {
                Some(Offer { active: true, .. }) => goods.slug,
                Some(Offer { active: false, .. }) | None => None,
            },
            title,
            variant_title: row.variant_title,
            picture: match is_secret {
                true => Thumb::default(),
                false => goods.picture,
            },
            quantity: row.quantity,
            unit_price_minor: row.unit_price_minor,
            total_minor,
            kept: terms.as_ref().map_or(0, |terms| {
                let kept = drops.kept_of(&row.variant_id, &terms.source);
                kept.min(row.quantity)
            }),
            back_order: terms.map_or(0, |terms| beyond_shelf(there, &terms, row.quantity)),
            problem,
            variant_id: row.variant_id,
        });
    }
    cart
}

/// How many of a line's units can be had and are not there yet.
fn beyond_shelf(on_shelf: i64, terms: &Terms, quantity: i64) -> i64 {
    let there = terms.there(Units {
        available: terms.units,
        on_shelf,
    });
    let had = quantity.min(there.available.max(0));
    (had - there.on_shelf.max(0)).max(0)
}

/// Where limits stop a cart's lines, in their order, if one has a say in them.
async fn stops(
    connection: &mut impl Session,
    (dialect, now): (Dialect, i64),
    account_id: Option<&str>,
    rows: &[LineRow],
    drops: &Lines,
) -> Result<Vec<Option<Stop>>> {
    let sources = rows.iter().map(|row| {
        let shelf = row.goods.shelf;
        let terms = shelf.map(|shelf| drops.terms(&row.variant_id, shelf));
        terms.map(|terms| terms.source)
    });
    let sources: Vec<Option<Source>> = sources.collect();
    let wanted: Vec<LimitedLine<'_>> = rows
        .iter()
        .zip(&sources)
        .map(|(row, source)| LimitedLine {
            variant_id: &row.variant_id,
            product_id: row.goods.product_id.as_deref().unwrap_or_default(),
            drop_id: source.as_ref().and_then(Source::drop_id),
            quantity: row.quantity,
        })
        .collect();
    let known = limits::for_cart(connection, dialect, now, account_id, &wanted);
    let (limits, buyer) = known.await?;
    Ok(limits.stops(&wanted, &buyer))
}
