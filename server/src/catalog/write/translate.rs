//! Translations of what the catalogue says.

use std::collections::BTreeSet;

use app::locale::Locale;

use super::{
    CatalogWrite, StoredProduct,
    draft::{ProductDraft, ProductTranslations},
};
use crate::{
    db::documents,
    error::Result,
    text::sort_key,
    translations::{
        self, Change, DESCRIPTION, Kind, SEO_DESCRIPTION, SEO_TITLE, TITLE, Translated, digest,
    },
};

/// The fields of a product's own texts.
const FIELDS: [&str; 4] = [TITLE, DESCRIPTION, SEO_TITLE, SEO_DESCRIPTION];

impl CatalogWrite {
    /// Those of a stored product that this version knows.
    pub(super) async fn translations(&mut self, id: &str) -> Result<ProductTranslations> {
        let mut found = ProductTranslations::new();
        for translated in translations::of_subject(&mut self.tx, Kind::Product, id).await? {
            let Translated {
                language,
                field,
                text,
            } = translated;
            let field = FIELDS.into_iter().find(|known| *known == field);
            if let (Some(language), Some(field)) = (Locale::of_code(&language), field) {
                found.insert((language, field), text);
            }
        }
        Ok(found)
    }

    /// Writes what is different from before. It was translated from the originals as they are in the
    /// draft.
    pub(super) async fn write_translations(
        &mut self,
        id: &str,
        before: &ProductTranslations,
        draft: &ProductDraft,
    ) -> Result<()> {
        if *before == draft.translations {
            return Ok(());
        }
        let originals = draft.originals();
        let keys: BTreeSet<_> = before.keys().chain(draft.translations.keys()).collect();
        for key in keys {
            let (language, field) = *key;
            let text = draft.translations.get(key);
            if text == before.get(key) {
                continue;
            }
            let original = originals.iter().find(|(name, _)| *name == field);
            let text = text.cloned().unwrap_or_default();
            let change = Change {
                subject_id: id.to_owned(),
                field: field.to_owned(),
                source_digest: digest(original.map_or("", |(_, text)| *text)),
                sort_key: match field {
                    TITLE => sort_key(&text),
                    _ => String::new(),
                },
                stale: false,
                text,
            };
            translations::set(&mut self.tx, Kind::Product, language, self.now, &[change]).await?;
        }
        Ok(())
    }

    /// Of a product's own texts. It looks different now, as after any edit.
    pub async fn translate_product(
        &mut self,
        stored: &StoredProduct,
        language: Locale,
        changes: &[Change],
    ) -> Result<()> {
        translations::set(&mut self.tx, Kind::Product, language, self.now, changes).await?;
        let ids = [stored.id.clone()];
        documents::refresh(&mut self.tx, self.dialect, &ids).await?;
        sqlx::query("UPDATE products SET updated_at = $1 WHERE id = $2")
            .bind(self.now)
            .bind(&stored.id)
            .execute(&mut *self.tx)
            .await?;
        self.changes.product(&stored.id, &stored.draft.slug);
        Ok(())
    }

    /// Of texts that any page may show, such as names of categories.
    pub async fn translate_everywhere(
        &mut self,
        kind: Kind,
        language: Locale,
        changes: &[Change],
    ) -> Result<()> {
        translations::set(&mut self.tx, kind, language, self.now, changes).await?;
        let named = match kind {
            Kind::Category => Some(documents::Named::Categories),
            Kind::Tag => Some(documents::Named::Tags),
            _ => None,
        };
        if let Some(named) = named {
            let subjects: Vec<_> = changes.iter().map(|one| one.subject_id.clone()).collect();
            documents::outdate(&mut self.tx, self.dialect, named, &subjects).await?;
        }
        self.changes.everything();
        Ok(())
    }
}
