//! Which column of a file is which, under Shopify's names until 2025 and since.

use std::fmt;

use app::locale::Locale;
use desk::admin::jobs::told::Message;

use super::translations::TranslatedColumn;
use crate::text::csv::RecordError;

/// The columns a product is made of. Those up to `Prepaid` are written too, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Handle,
    Title,
    Body,
    Vendor,
    Type,
    Tags,
    Published,
    Option1Name,
    Option1Value,
    Option2Name,
    Option2Value,
    Option3Name,
    Option3Value,
    Sku,
    Grams,
    Stock,
    Price,
    CompareAt,
    ImageSrc,
    ImagePosition,
    ImageAlt,
    SeoTitle,
    SeoDescription,
    Status,
    VariantImage,
    Barcode,
    Cost,
    StockTracker,
    StockPolicy,
    BackorderLimit,
    Prepaid,
    ProductCategory,
}

use Column::*;

/// Each column with the name it had until 2025 and the one it has since.
const NAMES: [(Column, &str, &str); 32] = [
    (Handle, "Handle", "URL handle"),
    (Title, "Title", "Title"),
    (Body, "Body (HTML)", "Description"),
    (Vendor, "Vendor", "Vendor"),
    (Type, "Type", "Type"),
    (Tags, "Tags", "Tags"),
    (Published, "Published", "Published on online store"),
    (Option1Name, "Option1 Name", "Option1 name"),
    (Option1Value, "Option1 Value", "Option1 value"),
    (Option2Name, "Option2 Name", "Option2 name"),
    (Option2Value, "Option2 Value", "Option2 value"),
    (Option3Name, "Option3 Name", "Option3 name"),
    (Option3Value, "Option3 Value", "Option3 value"),
    (Sku, "Variant SKU", "SKU"),
    (Grams, "Variant Grams", "Weight value (grams)"),
    (Stock, "Variant Inventory Qty", "Inventory quantity"),
    (Price, "Variant Price", "Price"),
    (CompareAt, "Variant Compare At Price", "Compare-at price"),
    (ImageSrc, "Image Src", "Product image URL"),
    (ImagePosition, "Image Position", "Image position"),
    (ImageAlt, "Image Alt Text", "Image alt text"),
    (SeoTitle, "SEO Title", "SEO title"),
    (SeoDescription, "SEO Description", "SEO description"),
    (Status, "Status", "Status"),
    (VariantImage, "Variant Image", "Variant image URL"),
    (Barcode, "Variant Barcode", "Barcode"),
    (Cost, "Cost per item", "Cost per item"),
    (
        StockTracker,
        "Variant Inventory Tracker",
        "Inventory tracker",
    ),
    (
        StockPolicy,
        "Variant Inventory Policy",
        "Continue selling when out of stock",
    ),
    // The last two are this shop's own: no other has them.
    (BackorderLimit, "Variant Backorder Limit", "Backorder limit"),
    (Prepaid, "Prepaid Only", "Prepaid only"),
    (ProductCategory, "Product Category", "Product category"),
];

pub(super) const COUNT: usize = NAMES.len();

/// How many of the columns an export has.
pub(super) const WRITTEN: usize = Prepaid as usize + 1;

pub(super) const OPTION_NAMES: [Column; 3] = [Option1Name, Option2Name, Option3Name];
pub(super) const OPTION_VALUES: [Column; 3] = [Option1Value, Option2Value, Option3Value];

/// What says anything of a variant.
pub(super) const VARIANT: [Column; 14] = [
    Option1Value,
    Option2Value,
    Option3Value,
    Sku,
    Grams,
    Stock,
    Price,
    CompareAt,
    VariantImage,
    Barcode,
    Cost,
    StockTracker,
    StockPolicy,
    BackorderLimit,
];

/// The columns in the order of their numbers.
pub(super) fn all() -> [Column; COUNT] {
    NAMES.map(|(column, ..)| column)
}

/// The header of an export: the names until 2025, which other shops' tools know best.
pub(super) fn written_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().take(WRITTEN).map(|(_, name, _)| *name)
}

/// Why a file's first row cannot be the header of a product file.
#[derive(Debug)]
pub enum HeaderError {
    Empty,
    Missing {
        name: &'static str,
        or: &'static str,
    },
    Twice {
        name: String,
    },
    NotUtf8,
    Unreadable {
        source: RecordError,
    },
}

impl HeaderError {
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::FileEmpty,
            Self::Missing { name, or } => Message::ColumnMissing {
                name: (*name).to_owned(),
                other: (*or).to_owned(),
            },
            Self::Twice { name } => Message::ColumnTwice { name: name.clone() },
            Self::NotUtf8 => Message::FileNotUtf8,
            Self::Unreadable { source } => Message::AtLine {
                line: source.line(),
                why: Box::new(source.message()),
            },
        }
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().words(Locale::En))
    }
}

impl std::error::Error for HeaderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source } => Some(source),
            Self::Empty | Self::Missing { .. } | Self::Twice { .. } | Self::NotUtf8 => None,
        }
    }
}

impl From<RecordError> for HeaderError {
    fn from(source: RecordError) -> Self {
        Self::Unreadable { source }
    }
}

/// Where a file has which column, and what it calls it.
#[derive(Debug)]
pub(super) struct Columns {
    places: [Option<usize>; COUNT],
    names: [String; COUNT],
    pub(super) translated: Vec<TranslatedColumn>,
    /// How many cells the header has.
    pub(super) width: usize,
}

impl Columns {
    pub(super) fn from_header(header: &::csv::ByteRecord) -> Result<Self, HeaderError> {
        if header.as_slice().starts_with(b"\xff\xfe") || header.as_slice().starts_with(b"\xfe\xff")
        {
            return Err(HeaderError::NotUtf8);
        }
        let mut columns = Self {
            places: [None; COUNT],
            names: NAMES.map(|(_, name, _)| name.to_owned()),
            translated: Vec::new(),
            width: header.len(),
        };
        for (place, cell) in header.iter().enumerate() {
            let name = String::from_utf8_lossy(cell).trim().to_owned();
            let known = NAMES.iter().find(|(_, old, new)| {
                name.eq_ignore_ascii_case(old) || name.eq_ignore_ascii_case(new)
            });
            let Some(&(column, ..)) = known else {
                columns.translation(place, name)?;
                continue;
            };
            if columns.places[column as usize].replace(place).is_some() {
                return Err(HeaderError::Twice { name });
            }
            columns.names[column as usize] = name;
        }
        if columns.place(Handle).is_none() {
            let (_, name, or) = NAMES[Handle as usize];
            return Err(HeaderError::Missing { name, or });
        }
        Ok(columns)
    }

    /// Notes a column that may be one of a translation.
    fn translation(&mut self, place: usize, name: String) -> Result<(), HeaderError> {
        let Some(column) = TranslatedColumn::named(place, &name) else {
            return Ok(());
        };
        let is_twice = self
            .translated
            .iter()
            .any(|other| other.language == column.language && other.field == column.field);
        if is_twice {
            return Err(HeaderError::Twice { name });
        }
        self.translated.push(column);
        Ok(())
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// The column's name in this file, or its usual one where the file lacks it.
    pub(super) fn name(&self, column: Column) -> &str {
        &self.names[column as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(line: &str) -> Result<Columns, HeaderError> {
        Columns::from_header(&line.split(',').collect::<Vec<_>>().into())
    }

    fn complaint(line: &str) -> String {
        header(line).unwrap_err().to_string()
    }

    #[test]
    fn every_column_stands_at_its_number() {
        for (number, column) in all().into_iter().enumerate() {
            assert_eq!(column as usize, number);
        }
    }

    #[test]
    fn columns_are_found_in_any_order_and_case_under_old_and_new_names() {
        let old = header("variant price, TITLE ,Google Shopping / MPN,Handle").unwrap();
        assert_eq!(old.place(Price), Some(0));
        assert_eq!(old.place(Title), Some(1));
        assert_eq!(old.place(Handle), Some(3));
        assert_eq!(old.name(Price), "variant price");
        assert_eq!(old.place(Sku), None);
        assert_eq!(old.name(Sku), "Variant SKU");
        let new = header("Title,URL handle,Price,Price / International,SKU").unwrap();
        assert_eq!(new.place(Handle), Some(1));
        assert_eq!(new.place(Price), Some(2));
        assert_eq!(new.place(Sku), Some(4));
    }

    #[test]
    fn only_the_handle_must_be_there() {
        assert_eq!(
            complaint("Title,Price"),
            "the column \"Handle\" (or \"URL handle\") is missing"
        );
        for enough in ["Handle", "Handle,Price", "Handle,Title,Tags"] {
            assert!(header(enough).is_ok(), "{enough}");
        }
    }

    #[test]
    fn a_header_that_means_two_things_is_refused() {
        assert_eq!(
            complaint("Handle,Title,Price,Variant Price"),
            "the column \"Variant Price\" is there twice"
        );
    }

    #[test]
    fn a_file_that_is_not_utf8_is_refused() {
        let utf16: ::csv::ByteRecord = vec![&b"\xff\xfeH\0a\0"[..]].into();
        assert!(matches!(
            Columns::from_header(&utf16),
            Err(HeaderError::NotUtf8)
        ));
    }
}
