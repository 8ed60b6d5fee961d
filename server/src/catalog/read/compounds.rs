//! German words that end in what is searched for, as far as the shop's own words tell that they are made of
//! two.

use std::collections::{BTreeMap, BTreeSet};

use app::locale::Locale;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::search::Search;
use crate::{
    db::{Column, Cost, Sql},
    error::Result,
    store::Store,
    text::words::{Compound, Ending},
};

/// Words of a search that are looked for in others.
const MAX_WORDS: usize = 4;
/// Words that are looked at for each of them.
const MAX_ENDINGS: i64 = 64;

/// In which other forms words of a search are found, by their places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compounds(pub Vec<(usize, Vec<String>)>);

/// What a search in German is to find besides; nothing in another language.
pub async fn compounds(db: &Store, search: &Search) -> Result<Compounds> {
    if search.language() != Some(Locale::De) {
        return Ok(Compounds::default());
    }
    let mut found: Vec<(usize, Compound)> = Vec::new();
    for (place, ending) in search.endings().take(MAX_WORDS) {
        let kept = kept(db, ending).await?;
        let kept = kept.iter().filter_map(|kept| ending.compound(kept));
        found.extend(kept.map(|compound| (place, compound)));
    }
    let heads: BTreeSet<String> = found.iter().flat_map(|(_, one)| one.head()).collect();
    let known = known(db, &heads).await?;
    let mut forms: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (place, compound) in found {
        if !compound.head().is_disjoint(&known) {
            forms.entry(place).or_default().extend(compound.forms());
        }
    }
    Ok(Compounds(forms.into_iter().collect()))
}

/// Each word once, however many products have it: the index is asked for the next one.
async fn kept(db: &Store, ending: &Ending) -> Result<Vec<String>> {
    let [first, end] = ending.between();
    let mut sql = Sql::new(
        "WITH RECURSIVE found (part, n) AS ( \
         SELECT MIN(e.part), 1 FROM product_parts e WHERE e.part > ",
    );
    sql.text(first).push(" AND e.part < ").text(end.clone());
    sql.push(
        " UNION ALL SELECT (SELECT MIN(e.part) FROM product_parts e \
         WHERE e.part > f.part AND e.part < ",
    );
    sql.text(end)
        .push("), f.n + 1 FROM found f WHERE f.part IS NOT NULL AND f.n < ")
        .int(MAX_ENDINGS)
        .push(") SELECT part FROM found WHERE part IS NOT NULL");
    parts(db, sql).await
}

/// Those of the first parts that are words of the shop.
async fn known(db: &Store, heads: &BTreeSet<String>) -> Result<BTreeSet<String>> {
    if heads.is_empty() {
        return Ok(BTreeSet::new());
    }
    // As rows, of which each is looked up once: a word may be in many products.
    let words = db.dialect().rows(1, &[("part", Column::Text)]);
    let rows = heads.iter().map(|head| json!({ "part": head }));
    let rows: Vec<Value> = rows.collect();
    let mut sql = Sql::new(&format!(
        "SELECT h.part FROM {words} h WHERE EXISTS (SELECT 1 FROM product_parts e \
         JOIN products p ON p.id = e.product_id WHERE e.part = h.part AND p.shown_from <= "
    ));
    sql.bind(serde_json::to_string(&rows)?);
    sql.int(db.now()).push(")");
    Ok(parts(db, sql).await?.into_iter().collect())
}

async fn parts(db: &Store, sql: Sql) -> Result<Vec<String>> {
    db.catalog().fetch_values(Cost::List, sql).await
}
