//! A drop as shoppers would see it at any time, for admins: the same function of rows and time, asked for another
//! time. Nothing of it is kept.

use std::collections::HashMap;

use app::{
    catalog::types::Card,
    drops::{
        previewed::{Hidden, Previewed, WhyHidden},
        room::RoomSwitch,
        types::{Drop, DropPhase},
    },
    error::{ShopError, ShopResult},
};

use super::{
    room::admin_room,
    store::{self, StoredDrop},
};
use crate::{
    catalog::read::{
        CARD_COLUMNS,
        timed::{Supposed, put_as},
    },
    db::{Cost, Sql, from_row},
    error::Result,
    feature::Parts,
    ids::is_id,
    sale::{
        lines::TIMES,
        preview::Moment,
        terms::{NEVER, Times, shown_from, sold_from},
    },
    store::Store,
    text::html::plain_text,
};

/// `at` is in milliseconds since 1970; without, it is the start.
pub async fn preview(parts: &Parts, id: &str, at: Option<i64>) -> ShopResult<Previewed> {
    let db = &parts.db;
    let stored = match is_id(id) {
        true => store::by_id(db, id).await?,
        false => None,
    };
    let stored = stored.ok_or_else(ShopError::not_found)?;
    Ok(of(db, stored, at).await?)
}

async fn of(db: &Store, stored: StoredDrop, at: Option<i64>) -> Result<Previewed> {
    let at = at.unwrap_or(stored.times.opens_at);
    let moment = Moment {
        drop_id: &stored.id,
        at,
    };
    let times = moment.times(&stored.id, stored.times.clone());
    let phase = store::phase(&times, at).unwrap_or(DropPhase::CalledOff);
    let (products, hidden) = products(db, moment).await?;
    let room = admin_room(db, &stored.id).await?;
    Ok(Previewed {
        at,
        reveal_at: times.reveal_at,
        hidden,
        drop: Drop {
            products,
            text_plain: plain_text(&stored.text_html),
            phase,
            opens_at: times.opens_at,
            closes_at: times.closes_at,
            has_room: room.switch == RoomSwitch::On,
            reveals_at: times.reveal_at.filter(|reveal| *reveal > at),
            id: stored.id,
            slug: stored.slug,
            title: stored.title,
            text_html: stored.text_html,
        },
    })
}

/// A product of a drop, on sale or not.
struct PreviewedProduct {
    active: bool,
    card: Card,
}

from_row!(PreviewedProduct { active, card: row });

/// Those that are shown at a moment, and those that are not.
async fn products(db: &Store, moment: Moment<'_>) -> Result<(Vec<Card>, Vec<Hidden>)> {
    let mut sql = Sql::new("SELECT p.active, ");
    sql.push(CARD_COLUMNS)
        .push(
            " FROM products p JOIN (SELECT v.product_id, MIN(l.position) AS place FROM drop_lines l \
             JOIN variants v ON v.id = l.variant_id WHERE l.drop_id = ",
        )
        .text(moment.drop_id)
        .push(" GROUP BY v.product_id) i ON i.product_id = p.id ORDER BY i.place, p.id");
    let mut products: Vec<PreviewedProduct> = db.catalog().fetch_all_as(Cost::List, sql).await?;
    let ids = products.iter().map(|product| product.card.id.as_str());
    let ids: Vec<&str> = ids.collect();
    let times = times(db, moment, &ids).await?;
    let sold = times
        .iter()
        .map(|(id, times)| (id.clone(), sold_from(times.iter())));
    let supposed = Supposed {
        sold_from: sold.collect(),
        set_aside: moment.to_set_aside(db.catalog()).await?,
    };
    let lines = moment.lines(db.catalog(), db.dialect(), &ids).await?;
    let cards = products.iter_mut().map(|product| &mut product.card);
    put_as(db, cards.collect(), &lines, &supposed).await?;
    let (mut seen, mut hidden) = (Vec::new(), Vec::new());
    for PreviewedProduct { active, card } in products {
        let from = times
            .get(&card.id)
            .map_or(0, |times| shown_from(times.iter()));
        let why = match active {
            false => Some(WhyHidden::NotOnSale),
            true if from == NEVER => Some(WhyHidden::Secret),
            true if from > moment.at => Some(WhyHidden::SecretUntil(from)),
            true => None,
        };
        match why {
            None => seen.push(card),
            Some(why) => hidden.push(Hidden {
                title: card.title,
                why,
            }),
        }
    }
    Ok((seen, hidden))
}

/// A drop that a product is in.
struct DropOfProduct {
    product_id: String,
    drop_id: String,
    times: Times,
}

from_row!(DropOfProduct {
    product_id,
    drop_id,
    times: row,
});

/// The times of the drops that each of these products is in.
async fn times(
    db: &Store,
    moment: Moment<'_>,
    products: &[&str],
) -> Result<HashMap<String, Vec<Times>>> {
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT DISTINCT COALESCE(v.product_id, v.archived_product_id) AS product_id, d.id AS drop_id, ",
    );
    sql.push(TIMES)
        .push(
            " FROM drops d JOIN drop_lines l ON l.drop_id = d.id \
             JOIN variants v ON v.id = l.variant_id \
             WHERE COALESCE(v.product_id, v.archived_product_id)",
        )
        .among(db.dialect(), products);
    let mut of: HashMap<String, Vec<Times>> = HashMap::new();
    let drops: Vec<DropOfProduct> = sql.fetch_all_as(db.reader()).await?;
    for drop in drops {
        let times = moment.times(&drop.drop_id, drop.times);
        of.entry(drop.product_id).or_default().push(times);
    }
    Ok(of)
}
