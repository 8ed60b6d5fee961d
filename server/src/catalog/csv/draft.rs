//! The rows of one handle put together.

use std::collections::HashSet;

use super::cell::{self, CellError, filled, shown};
use super::columns::{Column, OPTION_VALUES};
use super::number;
use super::product::{self, MAX_OPTION};
use super::read::{Entry, Seen};
use super::record::{BadRow, ImageRecord, ProductRecord, VariantRecord};
use super::row::Row;

/// Above Shopify's 2,048 variants and 250 images; keeps one product's rows from filling memory.
const MAX_ROWS: usize = 3000;
const MAX_SKU: usize = 255;
const MAX_ALT: usize = 512;

/// The option by which Shopify marks a product that comes in one version only.
pub(super) const LONE_OPTION: &str = "Title";
pub(super) const LONE_VALUE: &str = "Default Title";

/// A product whose rows are still being read.
pub(super) struct Draft {
    /// The handle as the file writes it. Rows belong together if they agree in this, and not in
    /// what it is turned into, or two products with foreign letters could become one.
    key: String,
    product: ProductRecord,
    faults: Vec<BadRow>,
    combinations: HashSet<Vec<String>>,
    digits: u32,
    rows: usize,
    /// Nothing more can be said of this product's rows.
    closed: bool,
}

impl Draft {
    pub(super) fn start(mut row: Row, seen: &mut Seen, digits: u32) -> Self {
        let mut draft = Self {
            key: row.text(Column::Handle).to_lowercase(),
            product: product::fields(&mut row),
            faults: Vec::new(),
            combinations: HashSet::new(),
            digits,
            rows: 1,
            closed: false,
        };
        let handle = &draft.product.handle;
        if draft.key.is_empty() {
            draft.close(&row, "is empty".to_owned());
        } else if !handle.is_empty() && !seen.add_handle(handle) {
            let reason = format!(
                "an earlier product has the handle \"{handle}\"; all rows of a product must stand together"
            );
            draft.close(&row, reason);
        } else {
            draft.product.options = product::options(&mut row);
            draft.add_variant(&mut row, seen);
            draft.add_image(&mut row);
            draft.faults.append(&mut row.into_faults());
        }
        draft
    }

    /// A row without a handle belongs to nothing, so not to another such row either.
    pub(super) fn continues_with(&self, row: &Row) -> bool {
        !self.key.is_empty() && self.key == row.text(Column::Handle).to_lowercase()
    }

    pub(super) fn add(&mut self, mut row: Row, seen: &mut Seen) {
        if self.closed {
            return;
        }
        self.rows += 1;
        if self.rows > MAX_ROWS {
            let reason = format!("the product has more than {MAX_ROWS} rows");
            return self.close(&row, reason);
        }
        let says = |columns: &[Column]| columns.iter().any(|&column| row.has(column));
        let is_variant = says(&OPTION_VALUES) || says(&[Column::Sku, Column::Price]);
        let is_image = row.has(Column::ImageSrc);
        let is_torn = says(&[
            Column::Stock,
            Column::Grams,
            Column::CompareAt,
            Column::VariantImage,
            Column::ImagePosition,
            Column::ImageAlt,
        ]);
        if is_variant {
            self.add_variant(&mut row, seen);
        } else if !is_image && is_torn {
            row.fault(
                Column::Handle,
                "the row has neither a variant (option value, price or SKU) nor an image",
            );
        }
        self.add_image(&mut row);
        self.faults.append(&mut row.into_faults());
    }

    /// What became of the product.
    pub(super) fn finish(mut self) -> Entry {
        if !self.faults.is_empty() {
            return Entry::Bad(self.faults);
        }
        let product = &mut self.product;
        let lone = |variant: &VariantRecord| variant.options == [LONE_VALUE];
        if product.options == [LONE_OPTION] && product.variants.iter().all(lone) {
            product.options.clear();
            product
                .variants
                .iter_mut()
                .for_each(|variant| variant.options.clear());
        }
        product.images.sort_by_key(|image| image.position);
        for src in product
            .variants
            .iter()
            .filter_map(|variant| variant.image_src.as_ref())
        {
            if !product.images.iter().any(|image| image.src == *src) {
                product.images.push(ImageRecord {
                    src: src.clone(),
                    position: 0,
                    alt: String::new(),
                });
            }
        }
        for (position, image) in (1..).zip(&mut product.images) {
            image.position = position;
        }
        Entry::Product(self.product)
    }

    /// The file broke off, so rows of this product may be missing.
    pub(super) fn abandon(mut self, cause: BadRow) -> Entry {
        self.faults.push(BadRow {
            line: self.product.line,
            column: String::new(),
            reason: format!(
                "{} is left out, as the file cannot be read to its last row",
                shown(&self.key)
            ),
        });
        self.faults.push(cause);
        Entry::Bad(self.faults)
    }

    fn close(&mut self, row: &Row, reason: String) {
        self.closed = true;
        self.faults.push(row.fault_of(Column::Handle, reason));
    }

    fn add_variant(&mut self, row: &mut Row, seen: &mut Seen) {
        let options = self.option_values(row);
        let tracked = !row.file_has(Column::StockTracker) || row.has(Column::StockTracker);
        let variant = VariantRecord {
            line: row.line,
            sku: row.parse(Column::Sku, |text| cell::optional(text, MAX_SKU)),
            price_minor: row.parse(Column::Price, |text| match text {
                "" => Err(CellError::Empty),
                _ => number::money(text, self.digits),
            }),
            compare_at_minor: row.parse(Column::CompareAt, |text| {
                filled(text, |text| number::money(text, self.digits))
            }),
            stock: match tracked {
                true => row.parse(Column::Stock, |text| filled(text, number::stock)),
                false => None,
            },
            grams: row
                .parse(Column::Grams, |text| filled(text, number::grams))
                .unwrap_or_default(),
            image_src: row.parse(Column::VariantImage, |text| filled(text, cell::image_src)),
            options,
        };
        if let Some(sku) = &variant.sku
            && !seen.add_sku(sku)
        {
            row.fault(
                Column::Sku,
                format!("an earlier row has the SKU {} too", shown(sku)),
            );
        }
        if !self.combinations.insert(variant.options.clone()) {
            let reason = match variant.options.as_slice() {
                [] => "a product without options can have only one variant".to_owned(),
                values => format!(
                    "an earlier row is the variant {} too",
                    shown(&values.join(" / "))
                ),
            };
            row.fault(Column::Option1Value, reason);
        }
        self.product.variants.push(variant);
    }

    fn option_values(&self, row: &mut Row) -> Vec<String> {
        let names = &self.product.options;
        let mut values = Vec::new();
        for (place, column) in OPTION_VALUES.into_iter().enumerate() {
            match names.get(place) {
                Some(name) if !row.has(column) && !name.is_empty() => {
                    row.fault(
                        column,
                        format!("the product's option {} has no value", shown(name)),
                    );
                }
                Some(_) => values.push(row.parse(column, |text| cell::limited(text, MAX_OPTION))),
                None if !row.has(column) => {}
                None if place == 0 && row.text(column) == LONE_VALUE => {}
                None => row.fault(column, "the option has no name in the product's first row"),
            }
        }
        values
    }

    fn add_image(&mut self, row: &mut Row) {
        if !row.has(Column::ImageSrc) {
            return;
        }
        let images = &mut self.product.images;
        let next = images.last().map_or(1, |image| image.position + 1);
        let image = ImageRecord {
            src: row.parse(Column::ImageSrc, cell::image_src),
            position: row
                .parse(Column::ImagePosition, |text| filled(text, number::stock))
                .unwrap_or(next),
            alt: row.parse(Column::ImageAlt, |text| cell::limited(text, MAX_ALT)),
        };
        match images.iter_mut().find(|known| known.src == image.src) {
            Some(known) if known.alt.is_empty() => known.alt = image.alt,
            Some(_) => {}
            None => images.push(image),
        }
    }
}
