//! From what was typed for an item to what is to be stored.

use app::{
    address::Spelling,
    error::{FieldError, ShopError, ShopResult},
    features,
    menus::types::{MAX_ADDRESS, MAX_DEPTH, MAX_LABEL, MenuItemForm, MenuPlace, TargetKind},
    text::line_fault,
};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{said, store::StoredItem, tree};
use crate::{
    db::{Sql, Tx},
    error::Result,
    ids::is_id,
};

/// The item that the form describes, among those of its menu; `before` is what it is now, if it is
/// there. A new one has neither id nor place yet.
pub async fn checked(
    tx: &mut Tx,
    before: Option<&StoredItem>,
    items: &[StoredItem],
    form: MenuItemForm,
) -> ShopResult<StoredItem> {
    let mut wrong = Vec::new();
    let mut fault = |field: &str, message: String| {
        wrong.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    let label = form.label.trim().to_owned();
    if label.is_empty() {
        fault("label", said().enter_a_label().to_owned());
    } else if let Some(why) = line_fault(&label, MAX_LABEL) {
        fault("label", why.words(MAX_LABEL));
    }
    let parent_id = form.parent_id.trim();
    let parent_id = (!parent_id.is_empty()).then(|| parent_id.to_owned());
    if let Some(words) = parent_fault(before, items, parent_id.as_deref()) {
        fault("parent_id", words);
    }
    let (target_kind, target) =
        match target(tx, before, form.target.trim(), form.address.trim()).await? {
            Ok(target) => target,
            Err((field, words)) => {
                fault(field, words.to_owned());
                (TargetKind::Heading, String::new())
            }
        };
    if !wrong.is_empty() {
        return Err(ShopError::fields(wrong));
    }
    let stays = before.filter(|before| before.parent_id == parent_id);
    let last = items
        .iter()
        .filter(|other| other.parent_id == parent_id)
        .map(|other| other.position)
        .max();
    Ok(StoredItem {
        id: before.map(|item| item.id.clone()).unwrap_or_default(),
        place: before.map_or(MenuPlace::Header, |item| item.place),
        // At the end of its new place.
        position: stays.map_or(last.unwrap_or(0) + 1, |item| item.position),
        parent_id,
        label,
        target_kind,
        target,
        version: before.map_or(1, |item| item.version),
    })
}

/// Why the item cannot be below this one.
fn parent_fault(
    before: Option<&StoredItem>,
    items: &[StoredItem],
    parent: Option<&str>,
) -> Option<String> {
    let parent = parent?;
    if !items.iter().any(|item| item.id == parent) {
        return Some(said().same_menu().to_owned());
    }
    if before.is_some_and(|item| tree::is_within(items, parent, &item.id)) {
        return Some(said().below_itself().to_owned());
    }
    let height = before.map_or(1, |item| tree::height(items, &item.id));
    let is_too_deep = tree::depth(items, parent) + 1 + height > MAX_DEPTH;
    is_too_deep.then(|| said().too_deep(&MAX_DEPTH.to_string()))
}

/// What an item leads to, or which field is wrong and why.
type Target = Result<(TargetKind, String), (&'static str, &'static str)>;

async fn target(
    tx: &mut Tx,
    before: Option<&StoredItem>,
    wanted: &str,
    address: &str,
) -> Result<Target> {
    if let Some((kind, id)) = wanted.split_once(':') {
        let kind = TargetKind::parse(kind).filter(|kind| {
            matches!(
                kind,
                TargetKind::Category
                    | TargetKind::Collection
                    | TargetKind::Page
                    | TargetKind::Product
            )
        });
        let Some(kind) = kind else {
            return Ok(Err(("target", said().choose_target())));
        };
        // What is gone meanwhile may stay what it was.
        let is_as_before = before.is_some_and(|item| item.target_kind == kind && item.target == id);
        let is_there = is_id(id) && id_of(tx, kind, "id", id).await?.is_some();
        return Ok(match is_there || is_as_before {
            true => Ok((kind, id.to_owned())),
            false => Err(("target", said().target_gone())),
        });
    }
    match TargetKind::parse(wanted) {
        Some(TargetKind::Heading) => Ok(Ok((TargetKind::Heading, String::new()))),
        Some(TargetKind::Address) => addressed(tx, address).await,
        _ => Ok(Err(("target", said().choose_target()))),
    }
}

/// A website, or a path of the shop. What has an id is kept by it: its address may become another one.
async fn addressed(tx: &mut Tx, address: &str) -> Result<Target> {
    let wrong = Err(("address", said().enter_an_address()));
    if address.is_empty() || line_fault(address, MAX_ADDRESS).is_some() {
        return Ok(wrong);
    }
    if !address.starts_with('/') {
        let website = url::Url::parse(address)
            .ok()
            .filter(|url| url.scheme() == "https" && url.has_host() && url.username().is_empty());
        let is_short = |url: &url::Url| url.as_str().chars().count() <= MAX_ADDRESS;
        return Ok(match website.filter(is_short) {
            Some(url) => Ok((TargetKind::Address, url.to_string())),
            None => wrong,
        });
    }
    if !is_own_path(address) {
        return Ok(wrong);
    }
    for (folder, kind) in [
        ("/products/", TargetKind::Product),
        ("/categories/", TargetKind::Category),
        ("/collections/", TargetKind::Collection),
        ("/pages/", TargetKind::Page),
    ] {
        let Some(slug) = address.strip_prefix(folder) else {
            continue;
        };
        // With a query it is a place within.
        if slug.is_empty() || slug.contains(['/', '?', '#']) {
            continue;
        }
        let slug = percent_decode_str(slug).decode_utf8_lossy().into_owned();
        return Ok(match id_of(tx, kind, "slug", &slug).await? {
            Some(id) => Ok((kind, id)),
            None => Err(("address", said().address_leads_nowhere())),
        });
    }
    Ok(Ok((TargetKind::Address, address.to_owned())))
}

/// Whether it is the address of a page of ours that shoppers may see, in its one spelling.
fn is_own_path(address: &str) -> bool {
    let areas = features::areas();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let is_shoppers = areas.of(path).is_some_and(|area| area.segment != "admin");
    is_shoppers
        && Spelling::of(path, areas) == Spelling::Canonical
        && address.bytes().all(|byte| byte.is_ascii_graphic())
        && !address.contains(['\\', '<', '>', '"'])
}

/// The id of what has this in a column.
async fn id_of(tx: &mut Tx, kind: TargetKind, column: &str, value: &str) -> Result<Option<String>> {
    let table = match kind {
        TargetKind::Category => "categories",
        TargetKind::Collection => "collections",
        TargetKind::Product => "products",
        TargetKind::Page => "pages",
        TargetKind::Heading | TargetKind::Address => return Ok(None),
    };
    let mut sql = Sql::new("SELECT id FROM ");
    sql.push(table)
        .push(" WHERE ")
        .push(column)
        .push(" = ")
        .text(value);
    sql.fetch_optional_value(&mut **tx).await
}

/// What the audit log keeps of an item.
pub fn audited(item: &StoredItem) -> Value {
    json!({
        "title": item.label,
        "menu": item.place.as_str(),
        "below": item.parent_id,
        "leads_to": item.target_kind.as_str(),
        "target": item.target,
    })
}
