//! Products into a file that this shop, Shopify and spreadsheets can read.

use std::io::{self, Write};

use app::locale::Locale;

use super::columns::{self, Column, OPTION_NAMES, OPTION_VALUES, WRITTEN};
use super::guard::guarded;
use super::record::{ImageRecord, ProductRecord, Units, VariantRecord};
use super::said::Said;
use super::translations;
use super::variants::{LONE_OPTION, LONE_VALUE};

/// By what stock is tracked: the word that Shopify knows.
const TRACKER: &str = "shopify";

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
    /// That there are columns of translations for.
    languages: Vec<Locale>,
}

impl<W: Write> Writer<W> {
    /// Starts a file with its header, and with columns for translations into these languages.
    pub fn new(out: W, currency_digits: u32, languages: Vec<Locale>) -> Result<Self, WriteError> {
        let mut csv = ::csv::Writer::from_writer(out);
        let translated = translations::written_names(&languages);
        let names = columns::written_names().map(str::to_owned);
        csv.write_record(names.chain(translated))?;
        Ok(Self {
            csv,
            digits: currency_digits,
            languages,
        })
    }

    /// Writes as many rows as the product has variants or images, whichever are more.
    pub fn product(&mut self, product: &ProductRecord) -> Result<(), WriteError> {
        let images = said(&product.images).map(Vec::as_slice).unwrap_or_default();
        let rows = product.variants.len().max(images.len());
        for place in 0..rows.max(1) {
            let mut cells = Cells::default();
            cells.put(Column::Handle, &product.handle);
            if place == 0 {
                cells.put_product(product);
            }
            if let Some(variant) = product.variants.get(place) {
                self.put_variant(&mut cells, variant);
            }
            if let Some(image) = images.get(place) {
                cells.put_image(image, place + 1);
            }
            let of_product = match place {
                0 => product.translations.as_slice(),
                _ => &[],
            };
            let translated = translations::written(&self.languages, of_product);
            let translated = translated.iter().map(|text| guarded(text));
            self.csv
                .write_record(cells.0.iter().cloned().chain(translated))?;
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
        let money = |minor: i64| money(minor, self.digits);
        let options = said(&variant.options)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if options.is_empty() {
            cells.put(Column::Option1Value, LONE_VALUE);
        }
        for (column, value) in OPTION_VALUES.into_iter().zip(options) {
            cells.put(column, value);
        }
        cells.put_some(Column::Sku, &variant.sku);
        if let Said::This(grams) = variant.grams {
            cells.put_number(Column::Grams, grams);
        }
        if let Units::Tracked(units) | Units::Untracked(Some(units)) = variant.units {
            cells.put_number(Column::Stock, units);
        }
        // An empty cell would say that nobody counts them.
        if variant.tracked != Said::This(false) {
            cells.put(Column::StockTracker, TRACKER);
        }
        if let Said::This(sells_on) = variant.sells_on {
            cells.put(
                Column::StockPolicy,
                if sells_on { "continue" } else { "deny" },
            );
        }
        if let Said::This(limit) = variant.backorder_limit {
            cells.put_number(Column::BackorderLimit, limit);
        }
        cells.put_some(Column::Barcode, &variant.barcode);
        if let Said::This(Some(minor)) = variant.cost_minor {
            cells.put_number(Column::Cost, money(minor));
        }
        if let Said::This(minor) = variant.price_minor {
            cells.put_number(Column::Price, money(minor));
        }
        if let Said::This(Some(minor)) = variant.compare_at_minor {
            cells.put_number(Column::CompareAt, money(minor));
        }
        cells.put_some(Column::VariantImage, &variant.image_src);
    }
}

/// What a record says, if it says anything.
fn said<T>(said: &Said<T>) -> Option<&T> {
    match said {
        Said::This(value) => Some(value),
        Said::Nothing => None,
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

    fn put_said(&mut self, column: Column, text: &Said<String>) {
        self.put(column, said(text).map_or("", String::as_str));
    }

    fn put_some(&mut self, column: Column, text: &Said<Option<String>>) {
        let text = said(text).and_then(Option::as_deref);
        self.put(column, text.unwrap_or_default());
    }

    fn put_product(&mut self, product: &ProductRecord) {
        self.put_said(Column::Title, &product.title);
        self.put_said(Column::Body, &product.description_html);
        self.put_said(Column::Vendor, &product.vendor);
        self.put_said(Column::Type, &product.category);
        let tags = said(&product.tags).map(|tags| tags.join(", "));
        self.put(Column::Tags, &tags.unwrap_or_default());
        if let Some(active) = product.active {
            self.put(Column::Published, if active { "true" } else { "false" });
            self.put(Column::Status, if active { "active" } else { "draft" });
        }
        if let Some(prepaid) = product.prepaid {
            self.put(Column::Prepaid, if prepaid { "true" } else { "false" });
        }
        let options = said(&product.options)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if options.is_empty() {
            self.put(Column::Option1Name, LONE_OPTION);
        }
        for (column, name) in OPTION_NAMES.into_iter().zip(options) {
            self.put(column, name);
        }
        self.put_some(Column::SeoTitle, &product.seo_title);
        self.put_some(Column::SeoDescription, &product.seo_description);
    }

    fn put_image(&mut self, image: &ImageRecord, position: usize) {
        self.put(Column::ImageSrc, &image.src);
        self.put_number(Column::ImagePosition, position);
        self.put_said(Column::ImageAlt, &image.alt);
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

#[cfg(test)]
mod tests {
    use super::super::testing::{product, written};
    use super::money;

    const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Image Position,Image Alt Text,SEO Title,SEO Description,Status,Variant Image,Variant Barcode,Cost per item,Variant Inventory Tracker,Variant Inventory Policy,Variant Backorder Limit,Prepaid Only\n";

    fn export(file: &str) -> String {
        let text = String::from_utf8(written(&[product(file)], 2)).unwrap();
        text.strip_prefix(HEADER).unwrap().to_owned()
    }

    #[test]
    fn an_export_without_products_is_a_header() {
        assert_eq!(String::from_utf8(written(&[], 2)).unwrap(), HEADER);
    }

    #[test]
    fn a_plain_product_is_one_row_with_shopifys_lone_option() {
        assert_eq!(
            export(
                "Handle,Title,Price,Tags,Status,Vendor,Variant Grams\na,\"A \"\"one\"\"\",1,\"y,x\",draft,Me,0\n"
            ),
            "a,\"A \"\"one\"\"\",,Me,,\"x, y\",false,Title,Default Title,,,,,,0,,1.00,,,,,,,draft,,,,shopify,,,\n"
        );
    }

    #[test]
    fn variants_and_images_share_rows_and_the_longer_list_goes_on_alone() {
        let file = "Handle,Title,Price,Option1 Name,Option1 Value,Image Src,Inventory quantity,Status,Variant Grams\n\
            a,A,1,Size,S,/media/1,5,active,\na,,2,,M,/media/2,0,,\na,,,,,/media/3,,,\n";
        assert_eq!(
            export(file),
            "a,A,,,,,true,Size,S,,,,,,0,5,1.00,,/media/1,1,,,,active,,,,shopify,,,\n\
             a,,,,,,,,M,,,,,,0,0,2.00,,/media/2,2,,,,,,,,shopify,,,\n\
             a,,,,,,,,,,,,,,,,,,/media/3,3,,,,,,,,,,,\n"
        );
    }

    #[test]
    fn no_cell_is_a_formula() {
        let file = "Handle,Title,Price,Vendor,SKU,Tags,Status,Variant Grams\na,=1+1,1,@me,-X,\"+b, a\",active,0\n";
        let row = export(file);
        assert!(row.starts_with("a,'=1+1,,'@me,,\"'+b, a\",true"), "{row}");
        assert!(row.contains(",'-X,0,"), "{row}");
    }

    #[test]
    fn money_has_the_currencys_decimals() {
        assert_eq!(money(123_450, 2), "1234.50");
        assert_eq!(money(5, 2), "0.05");
        assert_eq!(money(0, 2), "0.00");
        assert_eq!(money(500, 0), "500");
        assert_eq!(money(1, 3), "0.001");
    }
}
