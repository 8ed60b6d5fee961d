//! A cart as its shopper sees it.

use app::{
    cart::types::{CartLine, CartView},
    catalog::types::{Thumb, Units},
    error::LineProblem,
};

use super::{
    check::{Offer, WantedLine, line_title, problem_within},
    offers::SHELF,
};
use crate::{
    buyer_limits::{
        decide::{LimitedLine, Stop},
        store as limits,
    },
    db::{Dialect, Session, Sql, from_row},
    error::Result,
    sale::{
        lines::Lines,
        terms::{Shelf, Source, Terms},
    },
    store::Store,
};

/// A line as it was put into the cart, with what there is of its variant now.
struct LineRow {
    variant_id: String,
    quantity: i64,
    unit_price_minor: i64,
    title: String,
    variant_title: String,
    shelf: Option<Shelf>,
    on_shelf: Option<i64>,
    product_id: Option<String>,
    product_title: Option<String>,
    slug: Option<String>,
    picture: Thumb,
}

from_row!(LineRow {
    variant_id,
    quantity,
    unit_price_minor,
    title,
    variant_title,
    shelf: row,
    on_shelf,
    product_id,
    product_title,
    slug,
    picture: "picture_src",
});

/// Every line with what keeps it from being ordered now. Limits count what the account has ordered, whose cart it is.
pub async fn view(
    db: &Store,
    now: i64,
    cart_id: &str,
    account_id: Option<&str>,
    currency: &str,
) -> Result<CartView> {
    let mut sql = Sql::new("SELECT l.variant_id, l.quantity, l.unit_price_minor, l.title, ");
    sql.push(format!(
        "p.title AS product_title, l.variant_title, {SHELF}, v.product_id, p.slug, \
         COALESCE(v.picture_src, (SELECT src FROM pictures i WHERE i.product_id = p.id \
           ORDER BY i.position LIMIT 1)) AS picture_src, \
         COALESCE((SELECT f.cut_out FROM picture_facts f WHERE f.src = COALESCE(v.picture_src, \
           (SELECT src FROM pictures i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1))), 0) \
           AS picture_cut_out, \
         CASE WHEN v.tracked = 1 THEN v.stock ELSE v.available END AS on_shelf \
         FROM cart_lines l LEFT JOIN variants v ON v.id = l.variant_id \
         LEFT JOIN products p ON p.id = v.product_id WHERE l.cart_id = "
    ))
    .text(cart_id)
    .push(" ORDER BY l.added_at, l.variant_id");
    let mut connection = db.reader().acquire().await?;
    let rows: Vec<LineRow> = sql.fetch_all_as(&mut *connection).await?;
    let variants: Vec<&str> = rows.iter().map(|row| row.variant_id.as_str()).collect();
    let drops = Lines::of_variants(&mut connection, db.dialect(), now, &variants).await?;
    let drops = drops
        .with_kept(&mut connection, db.dialect(), cart_id)
        .await?;
    let stops = stops(
        &mut connection,
        (db.dialect(), now),
        account_id,
        &rows,
        &drops,
    )
    .await?;
    let mut cart = CartView::empty(currency);
    for (row, stop) in rows.into_iter().zip(&stops) {
        let terms = row.shelf.map(|shelf| drops.terms(&row.variant_id, shelf));
        let offer = terms.as_ref().map(Offer::from);
        // What it is called by now, and looks like, is not told of what is secret.
        let is_secret = row.shelf.is_some_and(|shelf| shelf.shown_from > now)
            && !offer.is_some_and(|offer| offer.active);
        let title = match row.product_title {
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
        let there = row.on_shelf.unwrap_or_default();
        cart.lines.push(CartLine {
            product_slug: match offer {
                Some(Offer { active: true, .. }) => row.slug,
                Some(Offer { active: false, .. }) | None => None,
            },
            title,
            variant_title: row.variant_title,
            picture: match is_secret {
                true => Thumb::default(),
                false => row.picture,
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
    Ok(cart)
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

/// Where limits stop a cart's lines, in their order.
async fn stops(
    connection: &mut impl Session,
    (dialect, now): (Dialect, i64),
    account_id: Option<&str>,
    rows: &[LineRow],
    drops: &Lines,
) -> Result<Vec<Option<Stop>>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let sources = rows.iter().map(|row| {
        let terms = row.shelf.map(|shelf| drops.terms(&row.variant_id, shelf));
        terms.map(|terms| terms.source)
    });
    let sources: Vec<Option<Source>> = sources.collect();
    let wanted: Vec<LimitedLine<'_>> = rows
        .iter()
        .zip(&sources)
        .map(|(row, source)| LimitedLine {
            variant_id: &row.variant_id,
            product_id: row.product_id.as_deref().unwrap_or_default(),
            drop_id: source.as_ref().and_then(Source::drop_id),
            quantity: row.quantity,
        })
        .collect();
    let known = limits::for_cart(connection, dialect, now, account_id, &wanted);
    let (limits, buyer) = known.await?;
    Ok(limits.stops(&wanted, &buyer))
}
