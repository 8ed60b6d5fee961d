//! What a product file says, once it is known to be sound.

use std::fmt;

use desk::admin::jobs::told::JobText;

use super::said::Said;
use super::translations::TranslationRecord;

/// A product with all that its rows say. Unlike a draft it need not be whole: what a file has no column for stays.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductRecord {
    /// Where its first row starts in the file.
    pub line: u64,
    /// The product's address, as [`spelled`](crate::text::spelled) makes it of what the file has.
    pub handle: String,
    /// The address that an earlier version made of it, if that was another.
    pub old_handle: Option<String>,
    /// Never empty.
    pub title: Said<String>,
    /// Already through [`sanitise`](crate::text::html::sanitise).
    pub description_html: Said<String>,
    pub vendor: Said<String>,
    /// The column "Type", or the last part of "Product Category" where that is empty.
    pub category: Said<String>,
    /// Trimmed, sorted, each once, none with a comma.
    pub tags: Said<Vec<String>>,
    /// Whether it is for sale; `None` unless a cell of "Status" or "Published" says so. There is no
    /// such thing as an empty status.
    pub active: Option<bool>,
    /// Whether it has to be paid before; `None` unless a cell says so.
    pub prepaid: Option<bool>,
    /// Up to three names; none for a product that comes in one version only.
    pub options: Said<Vec<String>>,
    /// Each with as many option values as `options` has names, if the file has both. None if the
    /// file has no column of variants at all.
    pub variants: Vec<VariantRecord>,
    /// In order, positions 1, 2, 3 …, each source once.
    pub images: Said<Vec<ImageRecord>>,
    pub seo_title: Said<Option<String>>,
    pub seo_description: Said<Option<String>>,
    /// One for each column of a translation that the file has.
    pub translations: Vec<TranslationRecord>,
    /// What was taken otherwise than the file has it.
    pub remarks: Vec<Remark>,
}

/// One version of a product: what has a price and a stock.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantRecord {
    pub line: u64,
    pub options: Said<Vec<String>>,
    pub sku: Said<Option<String>>,
    /// Whether an earlier row of the file has the same SKU.
    pub sku_is_repeated: bool,
    pub price_minor: Said<i64>,
    pub compare_at_minor: Said<Option<i64>>,
    pub units: Units,
    /// Whether units are counted, if the file has a column that says by what.
    pub tracked: Said<bool>,
    /// Whether the shop that the file comes from goes on selling when there are none left. An empty
    /// cell says nothing.
    pub sells_on: Said<bool>,
    /// How many more are sold then. An empty cell says nothing.
    pub backorder_limit: Said<i64>,
    /// A GTIN: see [`gtin`](app::catalog::gtin).
    pub barcode: Said<Option<String>>,
    pub cost_minor: Said<Option<i64>>,
    pub grams: Said<i64>,
    /// The source of one of the product's images, if the file has images.
    pub image_src: Said<Option<String>>,
}

impl VariantRecord {
    /// The SKU, if the file gives one.
    pub fn said_sku(&self) -> Option<&str> {
        match &self.sku {
            Said::This(sku) => sku.as_deref(),
            Said::Nothing => None,
        }
    }
}

/// What a file says of a variant's stock. An empty cell says no more than a missing column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Units {
    #[default]
    Untold,
    /// This many; below zero only as far as the shop sells ahead.
    Tracked(i64),
    /// The stock is not tracked. What number the file has beside that, if any.
    Untracked(Option<i64>),
}

/// A picture of a product.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageRecord {
    /// An https address or a path below `/media/`.
    pub src: String,
    pub position: i64,
    pub alt: Said<String>,
}

/// Something that was taken otherwise than the file has it, placed as a [`BadRow`] is.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// The line of the file on which the row starts.
    pub line: u64,
    /// The column as the file's header names it.
    pub column: String,
    pub words: JobText,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, column \"{}\": {}",
            self.line, self.column, self.words
        )
    }
}

/// Something wrong in a file, placed so that a person finds it in a spreadsheet or an editor.
#[derive(Debug, Clone, PartialEq)]
pub struct BadRow {
    /// The line of the file on which the row starts.
    pub line: u64,
    /// The column as the file's header names it; empty when the row as a whole is meant.
    pub column: String,
    pub reason: JobText,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column \"{}\"", self.column)?;
        }
        write!(f, ": {}", self.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::BadRow;

    #[test]
    fn a_bad_row_names_line_column_and_reason() {
        let mut bad = BadRow {
            line: 12,
            column: "Variant Price".into(),
            reason: "\"abc\" is not an amount of money".into(),
        };
        assert_eq!(
            bad.to_string(),
            r#"line 12, column "Variant Price": "abc" is not an amount of money"#
        );
        bad.column.clear();
        assert_eq!(
            bad.to_string(),
            r#"line 12: "abc" is not an amount of money"#
        );
    }
}
