//! What products are found by.

use crate::{
    catalog::write::draft::ProductDraft,
    db::fulltext::Indexed,
    text::{
        html::plain_text,
        words::{Document, Texts},
    },
};

pub(super) fn search_document(id: &str, draft: &ProductDraft) -> Indexed {
    let skus = draft.variants.iter().filter_map(|v| v.sku.as_deref());
    let document = Document::of(&Texts {
        title: &draft.title,
        vendor: &draft.vendor,
        category: &draft.category,
        tags: draft.tags.iter().map(String::as_str).collect(),
        skus: skus.collect(),
        body: &plain_text(&draft.description_html),
    });
    Indexed {
        id: id.to_owned(),
        document,
    }
}
