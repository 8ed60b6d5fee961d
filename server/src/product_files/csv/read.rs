//! Products out of a file, one after another.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};
use std::io::Read;
use std::sync::Arc;

use super::columns::{Columns, HeaderError};
use super::draft::Draft;
use super::record::{BadRow, ProductRecord};
use super::row::Row;
use crate::text::csv::{RecordError, Records};

/// What the rows of one handle came to.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one is alive at a time")]
pub enum Entry {
    Product(ProductRecord),
    /// All that is wrong with the rows of one handle; its product is left out.
    Bad(Vec<BadRow>),
}

/// What earlier rows have used up. Hashes do: with a million of them, the chance that a new one is
/// taken for an old one is below one in ten million, and a text would need ten times the memory.
pub(super) struct Seen {
    hasher: RandomState,
    handles: HashSet<u64>,
    skus: HashSet<u64>,
}

impl Seen {
    /// Whether the handle is new.
    pub(super) fn add_handle(&mut self, handle: &str) -> bool {
        self.handles.insert(self.hash(handle))
    }

    /// Whether the SKU is new.
    pub(super) fn add_sku(&mut self, sku: &str) -> bool {
        self.skus.insert(self.hash(sku))
    }

    fn hash(&self, text: impl Hash) -> u64 {
        self.hasher.hash_one(text)
    }
}

/// Iterates over a file's products; holds one product's rows in memory at a time.
pub struct Reader<R> {
    records: Records<R>,
    columns: Arc<Columns>,
    digits: u32,
    seen: Seen,
    draft: Option<Draft>,
    rows_read: u64,
    ended: bool,
}

/// Starts to read a product file whose prices have at most `currency_digits` decimals.
pub fn read<R: Read>(input: R, currency_digits: u32) -> Result<Reader<R>, HeaderError> {
    let mut records = Records::new(input)?;
    let (_, header) = records.next_row()?.ok_or(HeaderError::Empty)?;
    let columns = Arc::new(Columns::from_header(header)?);
    Ok(Reader {
        records,
        columns,
        digits: currency_digits,
        seen: Seen {
            hasher: RandomState::new(),
            handles: HashSet::new(),
            skus: HashSet::new(),
        },
        draft: None,
        rows_read: 0,
        ended: false,
    })
}

impl<R: Read> Reader<R> {
    /// How many rows were read until now, without the header and empty rows.
    pub fn rows_read(&self) -> u64 {
        self.rows_read
    }

    fn next_row(&mut self) -> Result<Option<Row>, RecordError> {
        while let Some((line, record)) = self.records.next_row()? {
            if let Some(row) = Row::new(line, record, &self.columns) {
                self.rows_read += 1;
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while !self.ended {
            let row = match self.next_row() {
                Ok(Some(row)) => row,
                Ok(None) => {
                    self.ended = true;
                    break;
                }
                Err(error) => {
                    self.ended = true;
                    return Some(broken_off(self.draft.take(), &error));
                }
            };
            match &mut self.draft {
                Some(draft) if draft.continues_with(&row) => draft.add(row, &mut self.seen),
                draft => {
                    let next = Draft::start(row, &mut self.seen, self.digits);
                    if let Some(finished) = draft.replace(next) {
                        return Some(finished.finish());
                    }
                }
            }
        }
        self.draft.take().map(Draft::finish)
    }
}

fn broken_off(draft: Option<Draft>, error: &RecordError) -> Entry {
    let cause = BadRow {
        line: error.line(),
        column: String::new(),
        reason: error.message().into(),
    };
    match draft {
        Some(draft) => draft.abandon(cause),
        None => Entry::Bad(vec![cause]),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::testing::{entries, faults, product, products};
    use super::super::{ImageRecord, Said, Units};
    use super::*;

    /// The columns, quirks and line ends of a sample that Shopify hands out: a lone option, an
    /// untracked stock, a weight unit that contradicts nothing, trailing blanks in descriptions.
    const OLD: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Google Shopping / MPN,Variant Image,Variant Weight Unit,Variant Tax Code\r
blue-shirt,Blue Shirt,\"Blue cotton shirt, long sleeves. \",demo,,men,true,Title,Default Title,,,,,,0,,1,deny,manual,50,,true,true,,https://example.com/shirt@2x.jpg,1,,false,,,,,kg,\r
varsity-top,Varsity Top,Casual top. ,demo,,women,true,Size,Small,,,,,,0,,1,deny,manual,60,75,true,true,,https://example.com/top.jpg,1,,false,,,,,kg,\r
varsity-top,,,,,,,,Medium,,,,,,0,,1,deny,manual,60,,true,true,,,,,,,,,,kg,\r
";

    const NEW: &str = "\u{feff}Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Price,Price / International,Compare-at price,Inventory tracker,Inventory quantity,Weight value (grams),Weight unit for display,Product image URL,Image position,Image alt text,Variant image URL,SEO title,SEO description
Mug,mug,<p>A mug</p>,Demo,Home > Kitchen > Mugs,,\"a, b\",TRUE,Draft,M-1,,Colour,Red,,\"1,049.90\",9,1100,shopify,3,412.5,kg,https://example.com/1.jpg,1,Red mug,https://example.com/1.jpg,Mugs,The mug
";

    fn images(product: &ProductRecord) -> &[ImageRecord] {
        match &product.images {
            Said::This(images) => images,
            Said::Nothing => panic!("the file has images"),
        }
    }

    #[test]
    fn shopifys_old_columns_are_read() {
        let found = products(OLD);
        let (shirt, top) = (&found[0], &found[1]);
        assert_eq!((shirt.line, top.line, found.len()), (2, 3, 2));
        let text = |text: &str| Said::This(text.to_owned());
        let description = "Blue cotton shirt, long sleeves.";
        assert_eq!(shirt.description_html, text(description));
        assert_eq!((&shirt.category, shirt.active), (&text(""), Some(true)));
        assert_eq!(shirt.options, Said::This(Vec::new()));
        assert_eq!(shirt.variants[0].price_minor, Said::This(5000));
        assert_eq!(shirt.variants[0].units, Units::Untracked(Some(1)));
        assert_eq!(images(shirt)[0].src, "https://example.com/shirt@2x.jpg");
        assert_eq!(top.options, Said::This(vec!["Size".to_owned()]));
        assert_eq!(top.variants[0].compare_at_minor, Said::This(Some(7500)));
        assert_eq!((top.variants[1].line, top.variants.len()), (4, 2));
        assert_eq!(
            top.variants[1].options,
            Said::This(vec!["Medium".to_owned()])
        );
    }

    #[test]
    fn shopifys_columns_since_2025_are_read() {
        let mug = product(NEW);
        let text = |text: &str| Said::This(text.to_owned());
        let some = |text: &str| Said::This(Some(text.to_owned()));
        assert_eq!((mug.handle.as_str(), &mug.category), ("mug", &text("Mugs")));
        assert_eq!(mug.active, Some(false));
        assert_eq!(mug.tags, Said::This(vec!["a".to_owned(), "b".to_owned()]));
        let variant = &mug.variants[0];
        assert_eq!(variant.price_minor, Said::This(104_990));
        assert_eq!(variant.compare_at_minor, Said::This(Some(110_000)));
        assert_eq!(variant.units, Units::Tracked(3));
        assert_eq!(variant.grams, Said::This(413));
        assert_eq!(variant.sku, some("M-1"));
        assert_eq!(variant.image_src, some("https://example.com/1.jpg"));
        assert_eq!(
            (images(&mug).len(), &images(&mug)[0].alt),
            (1, &text("Red mug"))
        );
        assert_eq!(mug.seo_title, some("Mugs"));
        assert_eq!(mug.seo_description, some("The mug"));
    }

    #[test]
    fn semicolons_or_tabs_may_be_between_cells() {
        let commas = "Handle,Title,Tags,Price\na,A,\"x, y\",1.50\nb,B,z,x\n";
        let expected = (entries(commas), faults(commas));
        assert_eq!(
            expected.1,
            ["line 3, column \"Price\": \"x\" is not an amount of money"]
        );
        for sign in [";", "\t"] {
            let file = commas.replace(", ", "COMMA").replace(',', sign);
            let file = file.replace("COMMA", ", ");
            assert_eq!((entries(&file), faults(&file)), expected, "{sign:?}");
        }
    }

    #[test]
    fn lines_are_those_of_the_file_also_after_breaks_in_cells_and_empty_rows() {
        let file = "Handle,Title,Price\r\n\r\na,\"A\r\nB\",1\r\n,,\r\n\r\nb,B,x\r\n";
        assert_eq!(
            faults(file),
            ["line 7, column \"Price\": \"x\" is not an amount of money"]
        );
        let found = entries(file);
        let Entry::Product(first) = &found[0] else {
            panic!("{found:?}")
        };
        let title = Said::This("A\nB".to_owned());
        assert_eq!((first.line, &first.title), (3, &title));
    }

    #[test]
    fn a_bad_product_does_not_stop_the_others() {
        let found = entries(b"Handle,Title,Price\na,A,1\nb,caf\xe9,1\nc,C,1,extra\nd,D,1\n");
        assert!(matches!(
            &found[..],
            [
                Entry::Product(_),
                Entry::Bad(_),
                Entry::Bad(_),
                Entry::Product(_)
            ]
        ));
    }

    #[test]
    fn rows_are_counted_without_header_and_empty_rows() {
        let mut reader = read(&b"Handle,Title,Price\na,A,1\n\n,,\nb,B,1\n"[..], 2).unwrap();
        assert_eq!(reader.rows_read(), 0);
        assert_eq!(reader.by_ref().count(), 2);
        assert_eq!(reader.rows_read(), 2);
        assert!(reader.next().is_none());
    }

    #[test]
    fn a_file_that_breaks_off_loses_the_product_it_may_have_cut_but_none_before() {
        let found = entries("Handle,Title,Price\na,A,1\nb,B,1\nb,\"B,2\nc,C,1\n");
        assert!(
            matches!(&found[..], [Entry::Product(_), Entry::Bad(_)]),
            "{found:?}"
        );
        assert_eq!(
            faults("Handle,Title,Price\nb,B,1\nb,\"B,2\nc,C,1\n"),
            [
                "line 2: \"b\" is skipped because the file cannot be read to the end",
                "line 3: the row opens a quote (\") that is never closed",
            ]
        );
    }

    #[test]
    fn a_file_without_a_usable_header_is_refused() {
        let refusal = |file: &str| read(file.as_bytes(), 2).err().unwrap().to_string();
        assert_eq!(refusal("\r\n"), "the file is empty");
        assert!(refusal("Title,Price\n").contains("\"Handle\""));
        assert_eq!(
            refusal("Handle,\"Title,Price\n"),
            "line 1: the row opens a quote (\") that is never closed"
        );
        assert_eq!(products("Handle,Title,Price").len(), 0);
    }

    /// Makes rows as they are asked for and counts how far ahead of the reader it got.
    struct Rows(u64, Vec<u8>);

    impl Read for Rows {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            if self.1.is_empty() && self.0 < 50_000 {
                self.0 += 1;
                self.1 = format!("p{0},P,1,S{0}\n", self.0).into_bytes();
            }
            let taken = self.1.as_slice().read(out)?;
            self.1.drain(..taken);
            Ok(taken)
        }
    }

    #[test]
    fn fifty_thousand_rows_are_streamed() {
        let input = Rows(0, b"Handle,Title,Price,SKU\n".to_vec());
        let mut reader = read(input, 2).unwrap();
        assert!(matches!(reader.next(), Some(Entry::Product(_))));
        assert_eq!(reader.rows_read(), 2);
        assert!(
            reader
                .by_ref()
                .all(|entry| matches!(entry, Entry::Product(_)))
        );
        assert_eq!(reader.rows_read(), 50_000);
    }
}
