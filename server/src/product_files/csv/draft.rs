//! The rows of one handle put together.

use app::catalog::limits::{MAX_PICTURES, MAX_VARIANTS};
use desk::admin::jobs::told::{JobText, Message};

use super::cell::shown;
use super::columns::Column;
use super::images::Images;
use super::product;
use super::read::{Entry, Seen};
use super::record::{BadRow, ProductRecord};
use super::row::Row;
use super::variants::{self, Variants};

/// Room for as many variants and images as there may be; keeps one product's rows from filling memory.
const MAX_ROWS: usize = 3000;

/// What only makes sense on the row of a variant or an image.
const PARTS: [Column; 9] = [
    Column::Stock,
    Column::Grams,
    Column::CompareAt,
    Column::VariantImage,
    Column::Barcode,
    Column::Cost,
    Column::BackorderLimit,
    Column::ImagePosition,
    Column::ImageAlt,
];

/// A product whose rows are still being read.
pub(super) struct Draft {
    /// The handle as the file writes it. Rows belong together if they agree in this, and not in
    /// what it is turned into, or two products with foreign letters could become one.
    key: String,
    product: ProductRecord,
    variants: Variants,
    images: Images,
    faults: Vec<BadRow>,
    rows: usize,
    /// Nothing more can be said of this product's rows.
    closed: bool,
}

impl Draft {
    pub(super) fn start(mut row: Row, seen: &mut Seen, digits: u32) -> Self {
        let product = product::fields(&mut row);
        let options = product::options(&mut row);
        let mut draft = Self {
            key: row.text(Column::Handle).to_lowercase(),
            product,
            variants: Variants::new(options, digits),
            images: Images::default(),
            faults: Vec::new(),
            rows: 1,
            closed: false,
        };
        let handle = &draft.product.handle;
        if draft.key.is_empty() {
            draft.close(&row, Message::Empty);
        } else if !handle.is_empty() && !seen.add_handle(handle) {
            let handle = shown(handle);
            draft.close(&row, Message::RepeatedHandle { handle });
        } else {
            if variants::file_has_variants(&row) {
                draft.variants.add(&mut row, seen);
            }
            draft.images.add(&mut row);
            draft.note(row);
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
            return self.close(&row, Message::TooManyRows { most: MAX_ROWS });
        }
        if variants::has_variant(&row) {
            self.variants.add(&mut row, seen);
        } else if !row.has(Column::ImageSrc) && row.has_any(&PARTS) {
            row.fault(Column::Handle, Message::NoPart);
        }
        self.images.add(&mut row);
        if self.variants.count() > MAX_VARIANTS {
            return self.close(&row, Message::TooManyVariants { most: MAX_VARIANTS });
        }
        if self.images.count() > MAX_PICTURES {
            return self.close(&row, Message::TooManyPictures { most: MAX_PICTURES });
        }
        self.note(row);
    }

    fn note(&mut self, row: Row) {
        let (faults, remarks) = row.into_found();
        self.faults.extend(faults);
        self.product.remarks.extend(remarks);
    }

    /// What became of the product.
    pub(super) fn finish(mut self) -> Entry {
        if !self.faults.is_empty() {
            return Entry::Bad(self.faults);
        }
        (self.product.options, self.product.variants) = self.variants.finish();
        self.product.images = self.images.finish(&self.product.variants);
        Entry::Product(self.product)
    }

    /// The file broke off, so rows of this product may be missing.
    pub(super) fn abandon(mut self, cause: BadRow) -> Entry {
        self.faults.push(BadRow {
            line: self.product.line,
            column: String::new(),
            reason: Message::CutOff {
                handle: shown(&self.key),
            }
            .into(),
        });
        self.faults.push(cause);
        Entry::Bad(self.faults)
    }

    fn close(&mut self, row: &Row, reason: impl Into<JobText>) {
        self.closed = true;
        self.faults.push(row.fault_of(Column::Handle, reason));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Entry;
    use super::super::testing::{entries, faults, products};

    const HEADER: &str = "Handle,Title,Price,Variant Grams,Option1 Name,Option1 Value\n";

    #[test]
    fn rows_of_a_product_stand_together() {
        let apart = faults("Handle,Title,Price\na,A,1\nb,B,1\nA,,2\na,,x\nc,C,1\n");
        assert_eq!(
            apart,
            [
                "line 4, column \"Handle\": an earlier product has the handle \"a\"; all rows of \
                 a product must be consecutive"
            ]
        );
    }

    #[test]
    fn two_handles_that_become_the_same_do_not_become_one_product() {
        let found = entries("Handle,Title,Price\n日本-1,A,1\n中国-1,B,1\n");
        assert!(
            matches!(&found[..], [Entry::Product(_), Entry::Product(_)]),
            "{found:?}"
        );
        let found = entries("Handle,Title,Price\ngröße,A,1\ngrösse,B,1\n");
        assert!(
            matches!(&found[..], [Entry::Product(_), Entry::Bad(_)]),
            "{found:?}"
        );
    }

    #[test]
    fn a_row_without_a_handle_belongs_to_no_product() {
        assert_eq!(
            faults("Handle,Title,Price\na,A,1\n,B,1\n,,2\nb,B,1\n"),
            [
                "line 3, column \"Handle\": is empty",
                "line 4, column \"Handle\": is empty"
            ]
        );
    }

    #[test]
    fn a_row_with_neither_variant_nor_image_is_bad_only_if_something_would_be_lost() {
        assert_eq!(products(format!("{HEADER}a,A,1\na,Again\n")).len(), 1);
        let torn = faults(format!("{HEADER}a,A,1\na,,,200\n"));
        assert!(
            torn[0].starts_with("line 3, column \"Handle\": the row has neither"),
            "{torn:?}"
        );
    }

    #[test]
    fn a_product_of_endless_rows_is_given_up() {
        let variants: String = (0..3005)
            .map(|number| format!("a,A,1,,Size,{number}\n"))
            .collect();
        assert_eq!(
            faults(format!("{HEADER}{variants}b,B,1\n")),
            ["line 2050, column \"Handle\": the product has more than 2048 variants"]
        );
        let pictures: String = (0..300)
            .map(|number| format!("a,A,/media/{number}\n"))
            .collect();
        assert_eq!(
            faults(format!("Handle,Title,Image Src\n{pictures}")),
            ["line 252, column \"Handle\": the product has more than 250 pictures"]
        );
        let again = "a,A,/media/x\n".repeat(3005);
        assert_eq!(
            faults(format!("Handle,Title,Image Src\n{again}b,B,\n")),
            ["line 3002, column \"Handle\": the product has more than 3000 rows"]
        );
    }

    #[test]
    fn the_largest_product_there_may_be_is_read() {
        let variants: String = (0..2048)
            .map(|number| format!("a,A,1,,Size,{number}\n"))
            .collect();
        assert_eq!(
            products(format!("{HEADER}{variants}"))[0].variants.len(),
            2048
        );
    }
}
