//! The catalogue as a product file.

use std::io::Write;

use app::{locale::Locale, money::currency_digits};
use futures_util::future::BoxFuture;

use super::csv::{
    ImageRecord, ProductRecord, Said, TranslationRecord, Units, VariantRecord, Writer,
};
use crate::{
    catalog::write::{CatalogWrite, draft::ProductDraft},
    db::Sql,
    error::{Error, Result},
    store::Store,
};

/// Writes every product, oldest first, and returns how many there were.
pub async fn export(db: &Store, out: impl Write, currency: &str) -> Result<usize> {
    export_in_parts(db, out, currency, || Box::pin(async { Ok(()) })).await
}

/// The same, with a pause after every hundred products, in which what was written can be taken away.
pub async fn export_in_parts(
    db: &Store,
    out: impl Write,
    currency: &str,
    mut pause: impl FnMut() -> BoxFuture<'static, Result<()>>,
) -> Result<usize> {
    let failed = |error: super::csv::WriteError| Error::Io(std::io::Error::other(error));
    let languages = languages(db).await?;
    let digits = currency_digits(currency);
    let mut writer = Writer::new(out, digits, languages).map_err(failed)?;
    let ids: Vec<String> = Sql::new("SELECT id FROM products ORDER BY created_at, id")
        .fetch_values(db.reader())
        .await?;
    let mut written = 0;
    for chunk in ids.chunks(100) {
        let mut read = CatalogWrite::begin_reading(db).await?;
        for id in chunk {
            if let Some(stored) = read.stored(id).await? {
                writer
                    .product(&record(stored.draft, &stored.stock))
                    .map_err(failed)?;
                written += 1;
            }
        }
        read.rollback().await?;
        pause().await?;
    }
    writer.finish().map_err(failed)?.flush()?;
    Ok(written)
}

/// Those that any product is translated into.
async fn languages(db: &Store) -> Result<Vec<Locale>> {
    let codes: Vec<String> = Sql::new(
        "SELECT DISTINCT language FROM translations WHERE kind = 'product' ORDER BY language",
    )
    .fetch_values(db.reader())
    .await?;
    let known = codes.iter().filter_map(|code| Locale::of_code(code));
    Ok(known.collect())
}

fn record(draft: ProductDraft, stock: &[i64]) -> ProductRecord {
    let options = draft.options.len();
    let variants = draft.variants.into_iter().zip(stock);
    let pictures = draft.pictures.into_iter().zip(1..);
    ProductRecord {
        line: 0,
        handle: draft.slug,
        old_handle: None,
        title: Said::This(draft.title),
        description_html: Said::This(draft.description_html),
        vendor: Said::This(draft.vendor),
        category: Said::This(draft.category),
        tags: Said::This(draft.tags),
        active: Some(draft.active),
        prepaid: Some(draft.prepaid),
        options: Said::This(draft.options),
        variants: variants
            .map(|(variant, stock)| VariantRecord {
                line: 0,
                options: Said::This(variant.options.into_iter().take(options).collect()),
                sku: Said::This(variant.sku),
                sku_is_repeated: false,
                price_minor: Said::This(variant.price_minor),
                compare_at_minor: Said::This(variant.compare_at_minor),
                units: match variant.tracked {
                    true => Units::Tracked(*stock),
                    false => Units::Untracked(Some(*stock)),
                },
                tracked: Said::This(variant.tracked),
                sells_on: Said::This(variant.backorder_limit > 0),
                backorder_limit: Said::This(variant.backorder_limit),
                barcode: Said::This(variant.barcode),
                cost_minor: Said::This(variant.cost_minor),
                grams: Said::This(variant.grams),
                image_src: Said::This(variant.picture_src),
            })
            .collect(),
        images: Said::This(
            pictures
                .map(|(picture, position)| ImageRecord {
                    src: picture.src,
                    position,
                    alt: Said::This(picture.alt),
                })
                .collect(),
        ),
        seo_title: Said::This(draft.seo_title),
        seo_description: Said::This(draft.seo_description),
        translations: draft
            .translations
            .into_iter()
            .map(|((language, field), text)| TranslationRecord {
                language,
                field,
                text,
            })
            .collect(),
        remarks: Vec::new(),
    }
}
