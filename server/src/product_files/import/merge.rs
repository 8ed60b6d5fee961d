//! A product of a file beside the stored one, and what comes of both.

use std::collections::BTreeSet;

use desk::admin::jobs::{
    told::Message,
    types::{ImportChoices, JobCounts},
};

use super::variants::Variants;
use crate::{
    catalog::write::{
        StoredProduct,
        draft::{PictureDraft, ProductDraft},
    },
    product_files::{
        csv::{BadRow, ImageRecord, ProductRecord, Remark, Said, TranslationRecord},
        import::known,
    },
};

/// What a product of a file comes to.
pub struct MergedRecord {
    pub draft: ProductDraft,
    pub remarks: Vec<Remark>,
    pub stock: StockNotes,
}

/// What there is to tell of the stock of a file's variants: see the counts of the same names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StockNotes {
    pub untracked: i64,
    pub untracked_quantities: i64,
    pub untold: i64,
    pub sells_on: i64,
    pub sold_out: i64,
}

impl StockNotes {
    pub fn add_to(self, counts: &mut JobCounts) {
        counts.untracked += self.untracked;
        counts.untracked_quantities += self.untracked_quantities;
        counts.untold += self.untold;
        counts.sells_on += self.sells_on;
        counts.sold_out += self.sold_out;
    }
}

/// The file's word counts for everything it says, and nothing else changes. Where the file has
/// columns for options it says which variants there are: others go. Without them it changes the
/// variants that it names by their SKU, or the only one.
///
/// What a new product or variant cannot do without comes back as bad rows.
pub fn merge(
    record: ProductRecord,
    stored: Option<&StoredProduct>,
    choices: &ImportChoices,
) -> Result<MergedRecord, Vec<BadRow>> {
    let old = stored.map(|stored| &stored.draft);
    let mut draft = old.cloned().unwrap_or_default();
    let mut variants = Variants::new(stored, choices);
    if old.is_none() && record.title == Said::Nothing {
        variants.fault(record.line, "Title", Message::TitleMissing);
    }
    // A product keeps its address, also one that would be spelled otherwise today.
    if old.is_none() {
        draft.slug = record.handle;
    }
    record.title.put(&mut draft.title);
    record.description_html.put(&mut draft.description_html);
    record.vendor.put(&mut draft.vendor);
    if let Said::This(wanted) = record.category {
        draft.category = known::category(wanted, old);
    }
    if let Said::This(tags) = record.tags {
        let tags: BTreeSet<String> = tags.iter().map(|tag| tag.to_lowercase()).collect();
        draft.tags = tags.into_iter().collect();
    }
    // A new product is for sale unless the file says otherwise.
    draft.active = record.active.unwrap_or(old.is_none_or(|old| old.active));
    draft.prepaid = record.prepaid.unwrap_or(draft.prepaid);
    record.seo_title.put(&mut draft.seo_title);
    record.seo_description.put(&mut draft.seo_description);
    for TranslationRecord {
        language,
        field,
        text,
    } in record.translations
    {
        match text.is_empty() {
            true => draft.translations.remove(&(language, field)),
            false => draft.translations.insert((language, field), text),
        };
    }
    let (options, all) = variants.merge(record.line, record.options, record.variants);
    (draft.options, draft.variants) = (options, all);
    pictures(&mut draft, record.images, old);
    match variants.faults.is_empty() {
        true => Ok(MergedRecord {
            draft,
            remarks: record.remarks,
            stock: variants.notes,
        }),
        false => Err(variants.faults),
    }
}

/// Pictures keep their ids, and what is said of them unless the file says something else. A
/// variant's picture is one of the product's.
fn pictures(draft: &mut ProductDraft, images: Said<Vec<ImageRecord>>, old: Option<&ProductDraft>) {
    let old_pictures = old.map(|old| old.pictures.as_slice()).unwrap_or_default();
    let is_said = images != Said::Nothing;
    if let Said::This(images) = images {
        let one = |image: ImageRecord| {
            let known = old_pictures.iter().find(|old| old.src == image.src);
            PictureDraft {
                id: known.and_then(|known| known.id.clone()),
                alt: image
                    .alt
                    .or(known.map(|known| known.alt.clone()).unwrap_or_default()),
                src: image.src,
            }
        };
        draft.pictures = images.into_iter().map(one).collect();
    }
    let old_variants = old.map(|old| old.variants.as_slice()).unwrap_or_default();
    for variant in &mut draft.variants {
        let Some(src) = &variant.picture_src else {
            continue;
        };
        if draft.pictures.iter().any(|picture| picture.src == *src) {
            continue;
        }
        let was = old_variants.iter().find(|old| old.id == variant.id);
        let is_kept = was.is_some_and(|old| old.picture_src == variant.picture_src);
        match (is_kept, is_said) {
            // Its picture is none of the product's any more.
            (true, true) => variant.picture_src = None,
            (true, false) => {}
            (false, _) => draft.pictures.push(PictureDraft {
                id: None,
                src: src.clone(),
                alt: String::new(),
            }),
        }
    }
}
