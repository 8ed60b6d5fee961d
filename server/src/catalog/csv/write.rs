//! Products into a file that this shop, Shopify and spreadsheets can read.

use std::io::{self, Write};

use super::columns::{self, Column, OPTION_NAMES, OPTION_VALUES, WRITTEN};
use super::draft::{LONE_OPTION, LONE_VALUE};
use super::guard::guarded;
use super::record::{ImageRecord, ProductRecord, VariantRecord};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the product file cannot be written: {0}")]
    Csv(#[from] ::csv::Error),
    #[error("the product file cannot be written: {0}")]
    Io(#[from] io::Error),
}

/// Writes product records as the rows [`read`](super::read()) makes the same records of.
///
/// A text that a spreadsheet would run as a formula gets an apostrophe in front, which reading
/// takes away again.
pub struct Writer<W: Write> {
    csv: ::csv::Writer<W>,
    digits: u32,
}

impl<W: Write> Writer<W> {
    /// Starts a file with its header.
    pub fn new(out: W, currency_digits: u32) -> Result<Self, WriteError> {
        let mut csv = ::csv::Writer::from_writer(out);
        csv.write_record(columns::written_names())?;
        Ok(Self {
            csv,
            digits: currency_digits,
        })
    }

    /// Writes as many rows as the product has variants or images, whichever are more.
    pub fn product(&mut self, product: &ProductRecord) -> Result<(), WriteError> {
        let rows = product.variants.len().max(product.images.len());
        for place in 0..rows.max(1) {
            let mut cells = Cells::default();
            cells.put(Column::Handle, &product.handle);
            if place == 0 {
                cells.put_product(product);
            }
            if let Some(variant) = product.variants.get(place) {
                self.put_variant(&mut cells, variant);
            }
            if let Some(image) = product.images.get(place) {
                cells.put_image(image, place + 1);
            }
            self.csv.write_record(&cells.0)?;
        }
        Ok(())
    }

    /// Completes the file and gives back what it was written to.
    pub fn finish(self) -> Result<W, WriteError> {
        self.csv
            .into_inner()
            .map_err(|error| WriteError::Io(error.into_error()))
    }

    fn put_variant(&self, cells: &mut Cells, variant: &VariantRecord) {
        if variant.options.is_empty() {
            cells.put(Column::Option1Value, LONE_VALUE);
        }
        for (column, value) in OPTION_VALUES.into_iter().zip(&variant.options) {
            cells.put(column, value);
        }
        cells.put(Column::Sku, variant.sku.as_deref().unwrap_or_default());
        cells.put_number(Column::Grams, variant.grams);
        if let Some(stock) = variant.stock {
            cells.put_number(Column::Stock, stock);
        }
        cells.put_number(Column::Price, money(variant.price_minor, self.digits));
        if let Some(minor) = variant.compare_at_minor {
            cells.put_number(Column::CompareAt, money(minor, self.digits));
        }
        cells.put(
            Column::VariantImage,
            variant.image_src.as_deref().unwrap_or_default(),
        );
    }
}

/// A row to be written.
#[derive(Default)]
struct Cells([String; WRITTEN]);

impl Cells {
    fn put(&mut self, column: Column, text: &str) {
        self.0[column as usize] = guarded(text);
    }

    fn put_number(&mut self, column: Column, number: impl ToString) {
        self.0[column as usize] = number.to_string();
    }

    fn put_product(&mut self, product: &ProductRecord) {
        self.put(Column::Title, &product.title);
        self.put(Column::Body, &product.description_html);
        self.put(Column::Vendor, &product.vendor);
        self.put(Column::Type, &product.category);
        self.put(Column::Tags, &product.tags.join(", "));
        self.put(
            Column::Published,
            if product.active { "true" } else { "false" },
        );
        self.put(
            Column::Status,
            if product.active { "active" } else { "draft" },
        );
        if product.options.is_empty() {
            self.put(Column::Option1Name, LONE_OPTION);
        }
        for (column, name) in OPTION_NAMES.into_iter().zip(&product.options) {
            self.put(column, name);
        }
        self.put(
            Column::SeoTitle,
            product.seo_title.as_deref().unwrap_or_default(),
        );
        self.put(
            Column::SeoDescription,
            product.seo_description.as_deref().unwrap_or_default(),
        );
    }

    fn put_image(&mut self, image: &ImageRecord, position: usize) {
        self.put(Column::ImageSrc, &image.src);
        self.put_number(Column::ImagePosition, position);
        self.put(Column::ImageAlt, &image.alt);
    }
}

/// `123450` as `1234.50`, with two digits.
fn money(minor: i64, digits: u32) -> String {
    let width = digits as usize + 1;
    let mut text = format!("{minor:0>width$}");
    if digits > 0 {
        text.insert(text.len() - digits as usize, '.');
    }
    text
}
