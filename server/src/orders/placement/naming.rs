//! What is bought is called as its shopper reads it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use app::locale::Locale;

use super::{batch::Intent, decide::Grant};
use crate::{
    db::{Dialect, Session},
    error::Result,
    translations::{self, Kind, LineName, NAME, NamesOf, line_names},
};

/// Names of variants by language and id.
pub(super) type Names = BTreeMap<Locale, HashMap<String, LineName>>;

/// What is bought is called in each language that lines are to be named in: none, if all orders are in
/// the language of the shop's texts.
pub(super) async fn line_names_of(
    tx: &mut impl Session,
    dialect: Dialect,
    granted: &[(&Intent, Grant)],
) -> Result<Names> {
    let mut wanted: BTreeMap<Locale, BTreeSet<&str>> = BTreeMap::new();
    for (intent, grant) in granted {
        if let Some(language) = intent.names {
            let variants = grant.items.iter().map(|item| item.variant_id.as_str());
            wanted.entry(language).or_default().extend(variants);
        }
    }
    let mut names = BTreeMap::new();
    for (language, variants) in wanted {
        let variants: Vec<&str> = variants.into_iter().collect();
        // What was granted is no secret.
        let of_language = line_names(&mut *tx, dialect, &variants, language, NamesOf::All).await?;
        names.insert(language, of_language);
    }
    Ok(names)
}

/// Shipping methods are called as the shopper reads them, too.
pub(super) async fn name_shipping(
    tx: &mut impl Session,
    dialect: Dialect,
    granted: &mut [(&Intent, Grant)],
) -> Result<()> {
    let mut wanted: BTreeMap<Locale, BTreeSet<String>> = BTreeMap::new();
    for (intent, _) in granted.iter() {
        if let Some(language) = intent.names {
            let rates = wanted.entry(language).or_default();
            rates.insert(intent.shipping.clone());
        }
    }
    for (language, rates) in wanted {
        let rates: Vec<String> = rates.into_iter().collect();
        let kind = Kind::ShippingRate;
        let names = translations::stored(&mut *tx, dialect, kind, &rates, language).await?;
        for name in names.iter().filter(|one| one.field == NAME) {
            let theirs = granted.iter_mut().filter(|(intent, _)| {
                intent.names == Some(language) && intent.shipping == name.subject_id
            });
            for (_, grant) in theirs {
                grant.shipping_name.clone_from(&name.text);
            }
        }
    }
    Ok(())
}
