//! A product made into another one.

use app::{catalog::limits::MAX_TITLE, locale::locale};
use desk::admin::products::text::Text;

use crate::{
    catalog::write::draft::{PictureDraft, ProductDraft, StockTarget, VariantDraft},
    translations::TITLE,
};

/// The draft of a copy, without a slug. SKUs and barcodes name one thing alone and are left out, and
/// there are no units of it yet. Pictures are files that both name; neither takes them away.
pub fn copy_of(draft: &ProductDraft) -> ProductDraft {
    let title = Text::from(locale()).copy_of(&draft.title);
    let variants = draft.variants.iter().enumerate();
    let pictures = draft.pictures.iter();
    // A title in another language would not say that it is a copy.
    let translations = draft.translations.iter();
    ProductDraft {
        slug: String::new(),
        title: title.chars().take(MAX_TITLE).collect(),
        active: false,
        variants: variants
            .map(|(row, variant)| VariantDraft {
                row,
                id: None,
                sku: None,
                barcode: None,
                stock: StockTarget::Set(0),
                ..variant.clone()
            })
            .collect(),
        pictures: pictures
            .map(|picture| PictureDraft {
                id: None,
                ..picture.clone()
            })
            .collect(),
        translations: translations
            .filter(|((_, field), _)| *field != TITLE)
            .map(|(key, text)| (*key, text.clone()))
            .collect(),
        ..draft.clone()
    }
}
