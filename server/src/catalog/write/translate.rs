//! Translations of what the catalogue says.

use app::locale::Locale;

use super::{CatalogWrite, StoredProduct};
use crate::{
    error::Result,
    translations::{self, Change, Kind},
};

impl CatalogWrite {
    /// Of a product's own texts. It looks different now, as after any edit.
    pub async fn translate_product(
        &mut self,
        stored: &StoredProduct,
        language: Locale,
        changes: &[Change],
    ) -> Result<()> {
        translations::set(&mut self.tx, Kind::Product, language, self.now, changes).await?;
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
        self.changes.everything();
        Ok(())
    }
}
