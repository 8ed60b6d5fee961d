//! The variants of a product, row by row.

use std::collections::HashSet;

use super::cell::{self, CellError, filled, shown};
use super::columns::{Column, OPTION_VALUES};
use super::number;
use super::product::MAX_OPTION;
use super::read::Seen;
use super::record::VariantRecord;
use super::row::Row;

const MAX_SKU: usize = 255;

/// The option by which Shopify marks a product that comes in one version only.
pub(super) const LONE_OPTION: &str = "Title";
pub(super) const LONE_VALUE: &str = "Default Title";

/// Whether a row after a product's first one is a variant.
pub(super) fn has_variant(row: &Row) -> bool {
    row.has_any(&OPTION_VALUES) || row.has_any(&[Column::Sku, Column::Price])
}

pub(super) struct Variants {
    /// The product's option names. An empty one is missing and has been complained of.
    options: Vec<String>,
    digits: u32,
    combinations: HashSet<Vec<String>>,
    records: Vec<VariantRecord>,
}

impl Variants {
    pub(super) fn new(options: Vec<String>, digits: u32) -> Self {
        Self {
            options,
            digits,
            combinations: HashSet::new(),
            records: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, row: &mut Row, seen: &mut Seen) {
        let digits = self.digits;
        let money = |text: &str| number::money(text, digits);
        let tracked = !row.file_has(Column::StockTracker) || row.has(Column::StockTracker);
        let variant = VariantRecord {
            line: row.line,
            options: self.option_values(row),
            sku: row.parse(Column::Sku, |text| cell::optional(text, MAX_SKU)),
            price_minor: row.parse(Column::Price, |text| {
                filled(text, money)?.ok_or(CellError::Empty)
            }),
            compare_at_minor: row.parse(Column::CompareAt, |text| filled(text, money)),
            stock: if tracked {
                row.parse(Column::Stock, |text| filled(text, number::stock))
            } else {
                None
            },
            grams: row
                .parse(Column::Grams, |text| filled(text, number::grams))
                .unwrap_or_default(),
            image_src: row.parse(Column::VariantImage, |text| filled(text, cell::image_src)),
        };
        if let Some(sku) = &variant.sku
            && !seen.add_sku(sku)
        {
            let reason = format!("an earlier row has the SKU {} too", shown(sku));
            row.fault(Column::Sku, reason);
        }
        let complete = variant.options.iter().all(|value| !value.is_empty());
        if complete && !self.combinations.insert(variant.options.clone()) {
            let reason = match variant.options.as_slice() {
                [] => "a product without options can have only one variant".to_owned(),
                values => {
                    let values = shown(&values.join(" / "));
                    format!("an earlier row is the variant {values} too")
                }
            };
            row.fault(Column::Option1Value, reason);
        }
        self.records.push(variant);
    }

    fn option_values(&self, row: &mut Row) -> Vec<String> {
        let mut values = Vec::new();
        for (place, column) in OPTION_VALUES.into_iter().enumerate() {
            match self.options.get(place) {
                Some(name) => {
                    if !row.has(column) && !name.is_empty() {
                        let reason = format!("the product's option {} has no value", shown(name));
                        row.fault(column, reason);
                    }
                    values.push(row.parse(column, |text| cell::limited(text, MAX_OPTION)));
                }
                None if !row.has(column) => {}
                None if place == 0 && row.text(column) == LONE_VALUE => {}
                None => row.fault(column, "the option has no name in the product's first row"),
            }
        }
        values
    }

    /// The option names and the variants, with no options for a product that has but one version.
    pub(super) fn finish(mut self) -> (Vec<String>, Vec<VariantRecord>) {
        let lone = |variant: &VariantRecord| variant.options == [LONE_VALUE];
        if self.options == [LONE_OPTION] && self.records.iter().all(lone) {
            self.options.clear();
            for variant in &mut self.records {
                variant.options.clear();
            }
        }
        (self.options, self.records)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Entry;
    use super::super::testing::{entries, faults, product};

    const SIZES: &str = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n";

    #[test]
    fn the_lone_option_title_means_no_options() {
        let plain = product(format!("{SIZES}a,A,Title,Default Title,,50\n"));
        assert!(plain.options.is_empty() && plain.variants[0].options.is_empty());
        let plain = product(format!("{SIZES}a,A,,Default Title,,50\n"));
        assert!(plain.options.is_empty());
        let real = product(format!(
            "{SIZES}a,A,Title,Default Title,,50\na,,,Signed,,60\n"
        ));
        assert_eq!(real.options, ["Title"]);
        assert_eq!(real.variants[1].options, ["Signed"]);
    }

    #[test]
    fn later_rows_are_variants_with_the_options_of_the_first() {
        let sizes = product(format!(
            "{SIZES}top,Top,Size,Small,A,60\ntop,,,Medium,,60.50\n"
        ));
        assert_eq!(sizes.options, ["Size"]);
        let medium = &sizes.variants[1];
        assert_eq!(
            (medium.line, medium.price_minor, &medium.sku),
            (3, 6050, &None)
        );
        assert_eq!(medium.options, ["Medium"]);
    }

    #[test]
    fn a_variant_needs_a_price_a_value_per_option_and_values_of_its_own() {
        assert_eq!(
            faults(format!(
                "{SIZES}top,Top,Size,S,,60\ntop,,,M,,\ntop,,,,X,5\ntop,,,S,,7\n"
            )),
            [
                "line 3, column \"Variant Price\": is empty",
                "line 4, column \"Option1 Value\": the product's option \"Size\" has no value",
                "line 5, column \"Option1 Value\": an earlier row is the variant \"S\" too",
            ]
        );
        assert_eq!(
            faults(format!("{SIZES}a,A,,,,1\na,,,,,2\nb,B,,Blue,,3\n")),
            [
                "line 3, column \"Option1 Value\": a product without options can have only one variant",
                "line 4, column \"Option1 Value\": the option has no name in the product's first row",
            ]
        );
    }

    #[test]
    fn a_sku_is_used_once_in_a_file() {
        let found = entries(format!("{SIZES}a,A,,,X,1\nb,B,,,X,1\nc,C,,,Y,1\n"));
        assert!(matches!(&found[0], Entry::Product(_)) && matches!(&found[2], Entry::Product(_)));
        let Entry::Bad(bad) = &found[1] else {
            panic!("{found:?}")
        };
        assert_eq!(
            bad[0].to_string(),
            "line 3, column \"Variant SKU\": an earlier row has the SKU \"X\" too"
        );
    }

    #[test]
    fn stock_is_known_only_where_a_number_is_given_and_stock_is_tracked() {
        let stock = |columns: &str, cells: &str| {
            let file = format!("Handle,Title,Price,{columns}\na,A,1,{cells}\n");
            product(file).variants[0].stock
        };
        assert_eq!(stock("Variant Inventory Qty", "7"), Some(7));
        assert_eq!(stock("Variant Inventory Qty", ""), None);
        assert_eq!(stock("Vendor", "7"), None);
        let both = "Variant Inventory Tracker,Variant Inventory Qty";
        assert_eq!(stock(both, "shopify,7"), Some(7));
        assert_eq!(stock(both, ",7"), None);
        assert_eq!(stock(both, ",-7"), None);
        assert_eq!(
            faults("Handle,Title,Price,Inventory quantity\na,A,1,-1\n"),
            ["line 2, column \"Inventory quantity\": \"-1\" is negative"]
        );
    }
}
