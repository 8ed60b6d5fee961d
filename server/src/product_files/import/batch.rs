//! Products of a file that are done together.

use crate::product_files::csv::ProductRecord;

/// Variants of a batch: so many are written in well under a second, however few products have them.
const MOST_VARIANTS: usize = 2_500;

#[derive(Default)]
pub struct Batch {
    records: Vec<ProductRecord>,
    variants: usize,
}

impl Batch {
    pub fn push(&mut self, record: ProductRecord) {
        self.variants += record.variants.len();
        self.records.push(record);
    }

    /// Whether it is time to do them.
    pub fn is_full(&self, most_products: usize) -> bool {
        self.records.len() >= most_products || self.variants >= MOST_VARIANTS
    }

    pub fn take(&mut self) -> Vec<ProductRecord> {
        self.variants = 0;
        std::mem::take(&mut self.records)
    }
}
