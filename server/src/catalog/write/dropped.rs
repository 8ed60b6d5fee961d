//! What a drop keeps from being done to a product.

use app::{
    error::{ErrorKind, ShopError},
    locale::locale,
};
use desk::admin::products::text::Text;

use super::{CatalogWrite, StoredProduct};
use crate::{
    catalog::write::draft::ProductDraft,
    error::Result,
    sale::{kept::kept_by_drops, units::share_out},
};

/// A drop that is in the way of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheWay {
    /// Its title.
    pub drop: String,
    edit: Edit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    /// Takes a variant of the drop away.
    Removal,
    /// Begins or ceases to count the units of the variant in this row of a form or file.
    Counting { row: usize },
}

impl InTheWay {
    /// For the form that asks for the edit.
    pub fn refusal(&self) -> ShopError {
        let text = Text::from(locale());
        match self.edit {
            Edit::Removal => ShopError::new(ErrorKind::Invalid, text.variant_in_drop(&self.drop)),
            Edit::Counting { row } => ShopError::field(
                &format!("variants[{row}][tracked]"),
                text.counted_for_drop(&self.drop),
            ),
        }
    }
}

/// What the edit does to variants that drops would mind, by their ids.
fn minded<'a>(stored: &'a StoredProduct, draft: Option<&ProductDraft>) -> Vec<(&'a str, Edit)> {
    let variants = stored.draft.variants.iter();
    let edits = variants.filter_map(|old| {
        let id = old.id.as_deref()?;
        let new = draft.and_then(|draft| {
            let mut variants = draft.variants.iter();
            variants.find(|variant| variant.id.as_deref() == Some(id))
        });
        match new {
            None => Some((id, Edit::Removal)),
            Some(new) if new.tracked != old.tracked => Some((id, Edit::Counting { row: new.row })),
            Some(_) => None,
        }
    });
    edits.collect()
}

impl CatalogWrite {
    /// The drop that keeps a product, which was read in this transaction, from becoming `draft`, or from going if
    /// there is none.
    pub async fn in_the_way(
        &mut self,
        stored: &StoredProduct,
        draft: Option<&ProductDraft>,
    ) -> Result<Option<InTheWay>> {
        let edits = minded(stored, draft);
        let ids: Vec<&str> = edits.iter().map(|(id, _)| *id).collect();
        let kept = kept_by_drops(&mut self.tx, self.dialect, self.now, &ids).await?;
        let first = edits.iter().find_map(|(id, edit)| {
            let drop = kept.get(*id)?.clone();
            Some(InTheWay { drop, edit: *edit })
        });
        Ok(first)
    }

    /// Who waits for units of a drop is offered what came back while this product was off sale.
    pub(super) async fn on_sale_again(&mut self, id: &str) -> Result<()> {
        for variant_id in share_out(&mut self.tx, self.dialect, self.now, id).await? {
            self.changes.stock(&variant_id);
        }
        Ok(())
    }

    /// Refuses what a drop is in the way of, before anything is written.
    pub(super) async fn ask_drops(
        &mut self,
        stored: &StoredProduct,
        draft: Option<&ProductDraft>,
    ) -> Result<()> {
        match self.in_the_way(stored, draft).await? {
            Some(drop) => Err(drop.refusal().into()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::write::draft::VariantDraft;

    fn variant(id: &str, row: usize, tracked: bool) -> VariantDraft {
        VariantDraft {
            row,
            id: Some(id.to_owned()),
            tracked,
            ..VariantDraft::default()
        }
    }

    fn draft(variants: Vec<VariantDraft>) -> ProductDraft {
        ProductDraft {
            variants,
            ..ProductDraft::default()
        }
    }

    #[test]
    fn drops_mind_what_goes_and_what_is_counted_otherwise() {
        let stored = StoredProduct {
            id: "p".to_owned(),
            version: 1,
            draft: draft(vec![variant("a", 0, true), variant("b", 1, false)]),
            stock: vec![1, 1],
        };
        let same = draft(vec![variant("b", 0, false), variant("a", 1, true)]);
        assert!(minded(&stored, Some(&same)).is_empty());
        let other = draft(vec![variant("b", 4, true)]);
        let counting = ("b", Edit::Counting { row: 4 });
        assert_eq!(
            minded(&stored, Some(&other)),
            [("a", Edit::Removal), counting]
        );
        let all = [("a", Edit::Removal), ("b", Edit::Removal)];
        assert_eq!(minded(&stored, None), all);
    }
}
