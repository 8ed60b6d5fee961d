//! Carts in another language than the shop's texts are written in.

use std::collections::HashMap;

use app::{cart::types::CartView, error::ShopError, locale::Locale, shop::ShopSettings};

use super::check::line_title;
use crate::{
    error::Result,
    store::Store,
    translations::{LineName, NamesOf, line_names},
};

/// What names are to be translated into, if that is not what they are written in.
pub fn target(settings: &ShopSettings, language: Option<Locale>) -> Option<Locale> {
    language.filter(|language| *language != settings.written_in)
}

async fn names(db: &Store, ids: &[&str], language: Locale) -> Result<HashMap<String, LineName>> {
    let told = NamesOf::ShownAt(db.now());
    line_names(db.reader(), db.dialect(), ids, language, told).await
}

/// Names the lines of a cart.
pub async fn view(db: &Store, cart: &mut CartView, language: Locale) -> Result<()> {
    let ids: Vec<&str> = cart
        .lines
        .iter()
        .map(|line| line.variant_id.as_str())
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut names = names(db, &ids, language).await?;
    for line in &mut cart.lines {
        // A variant that is gone, or a secret now, keeps the name it had.
        if let Some(name) = names.remove(&line.variant_id) {
            if let Some(problem) = &mut line.problem {
                problem.title = line_title(&name.title, &name.variant_title);
            }
            let LineName {
                title,
                variant_title,
            } = name;
            line.title = title;
            line.variant_title = variant_title;
        }
    }
    Ok(())
}

/// Names the lines that a refusal is about.
pub async fn refusal(db: &Store, mut error: ShopError, language: Locale) -> ShopError {
    let ids: Vec<&str> = error
        .lines
        .iter()
        .map(|line| line.variant_id.as_str())
        .collect();
    if ids.is_empty() {
        return error;
    }
    // A refusal in the shop's own language is better than none.
    let Ok(names) = names(db, &ids, language).await else {
        return error;
    };
    for line in &mut error.lines {
        if let Some(name) = names.get(&line.variant_id) {
            line.title = line_title(&name.title, &name.variant_title);
        }
    }
    error
}
