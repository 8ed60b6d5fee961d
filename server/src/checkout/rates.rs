//! Shipping methods in another language than they are written in.

use app::locale::Locale;

use crate::{
    error::Result,
    settings::Rate,
    store::Store,
    translations::{self, DESCRIPTION, Kind, NAME},
};

/// Names and describes them in a language. What is not translated stays as it is written.
pub async fn translate(db: &Store, rates: &mut [Rate], language: Locale) -> Result<()> {
    let ids: Vec<String> = rates.iter().map(|rate| rate.id.clone()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let texts = translations::of(db, Kind::ShippingRate, &ids, language).await?;
    for rate in rates {
        texts.put(&rate.id, NAME, &mut rate.name);
        // Where the owner says nothing any more, no translation says it.
        if !rate.description.is_empty() {
            texts.put(&rate.id, DESCRIPTION, &mut rate.description);
        }
    }
    Ok(())
}
