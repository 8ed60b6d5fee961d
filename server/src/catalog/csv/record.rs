//! What a product file says, once it is known to be sound.

use std::fmt;

/// A product with all that its rows say.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductRecord {
    /// Where its first row starts in the file.
    pub line: u64,
    /// The product's address, as [`spelled`](crate::text::spelled) makes it of what the file has.
    pub handle: String,
    /// The address that an earlier version made of it, if that was another.
    pub old_handle: Option<String>,
    pub title: String,
    /// Already through [`sanitise`](crate::catalog::html::sanitise).
    pub description_html: String,
    pub vendor: String,
    /// The column "Type", or the last part of "Product Category" where that is empty.
    pub category: String,
    /// Trimmed, sorted, each once, none with a comma.
    pub tags: Vec<String>,
    pub active: bool,
    /// Up to three names; none for a product that comes in one version only.
    pub options: Vec<String>,
    /// At least one, each with as many option values as `options` has names.
    pub variants: Vec<VariantRecord>,
    /// In order, positions 1, 2, 3 …, each source once.
    pub images: Vec<ImageRecord>,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
}

/// One version of a product: what has a price and a stock.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantRecord {
    pub line: u64,
    pub options: Vec<String>,
    pub sku: Option<String>,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    /// `None` when the file gives no number or says that stock is not tracked.
    pub stock: Option<i64>,
    pub grams: i64,
    /// Always the source of one of the product's images.
    pub image_src: Option<String>,
}

/// A picture of a product.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageRecord {
    /// An http(s) address or a path below `/media/`.
    pub src: String,
    pub position: i64,
    pub alt: String,
}

/// Something wrong in a file, placed so that a person finds it in a spreadsheet or an editor.
#[derive(Debug, Clone, PartialEq)]
pub struct BadRow {
    /// The line of the file on which the row starts.
    pub line: u64,
    /// The column as the file's header names it; empty when the row as a whole is meant.
    pub column: String,
    pub reason: String,
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
