//! Pages of lists.

use serde_json::{Value, json};

use super::super::{params::Params, refusal::Refusal};

/// The most objects of a list's page, and how many come unless asked for more.
const MOST: i64 = 100;
const USUAL: i64 = 10;

/// `created[gte]` and its like.
pub struct Since {
    from: i64,
    to: i64,
}

impl Since {
    pub fn of(params: &mut Params) -> Result<Self, Refusal> {
        let gt = params.number("created[gt]")?;
        let gte = params.number("created[gte]")?;
        let lt = params.number("created[lt]")?;
        let lte = params.number("created[lte]")?;
        let from = gt.map(|at| at + 1).or(gte).unwrap_or(i64::MIN);
        let to = lt.map(|at| at - 1).or(lte).unwrap_or(i64::MAX);
        Ok(Self { from, to })
    }

    pub fn has(&self, at: i64) -> bool {
        (self.from..=self.to).contains(&at)
    }
}

/// A page of a list, of objects with their names, the newest first.
pub fn list(url: &str, items: Vec<(String, Value)>, mut params: Params) -> Result<Value, Refusal> {
    let limit = params.number("limit")?.unwrap_or(USUAL);
    let after = params.take("starting_after");
    params.finish()?;
    if !(1..=MOST).contains(&limit) {
        return Err(Refusal::invalid(
            "limit",
            "This value must be from 1 to 100.",
        ));
    }
    let start = match &after {
        None => 0,
        Some(after) => {
            let at = items.iter().position(|(id, _)| id == after);
            at.ok_or_else(|| Refusal::not_found("object", after))? + 1
        }
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = items.len() - start > limit;
    let page = items.into_iter().skip(start).take(limit);
    let data: Vec<Value> = page.map(|(_, object)| object).collect();
    Ok(json!({"object": "list", "url": url, "has_more": has_more, "data": data}))
}
