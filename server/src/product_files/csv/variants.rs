//! The variants of a product, row by row.

use std::collections::HashSet;

use app::catalog::{
    gtin::gtin,
    limits::{MAX_OPTION, MAX_SKU},
};
use desk::admin::jobs::told::Message;

use super::cell::{self, CellError, filled, shown};
use super::columns::{Column, OPTION_VALUES, VARIANT};
use super::images::source;
use super::number;
use super::read::Seen;
use super::record::{Units, VariantRecord};
use super::row::Row;
use super::said::Said;

/// The option by which Shopify marks a product that comes in one version only.
pub(super) const LONE_OPTION: &str = "Title";
pub(super) const LONE_VALUE: &str = "Default Title";

/// Whether a product's first row is a variant, as it is in every file that says anything of one.
pub(super) fn file_has_variants(row: &Row) -> bool {
    row.file_has_any(&VARIANT)
}

/// Whether a row after a product's first one is a variant.
pub(super) fn has_variant(row: &Row) -> bool {
    row.has_any(&OPTION_VALUES) || row.has_any(&[Column::Sku, Column::Price])
}

pub(super) struct Variants {
    /// The product's option names. An empty one is missing and has been complained of.
    options: Said<Vec<String>>,
    digits: u32,
    combinations: HashSet<Vec<String>>,
    records: Vec<VariantRecord>,
}

impl Variants {
    pub(super) fn new(options: Said<Vec<String>>, digits: u32) -> Self {
        Self {
            options,
            digits,
            combinations: HashSet::new(),
            records: Vec::new(),
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.records.len()
    }

    pub(super) fn add(&mut self, row: &mut Row, seen: &mut Seen) {
        let digits = self.digits;
        let money = |text: &str| number::money(text, digits);
        let options = self.option_values(row);
        let sku = row.say(Column::Sku, |text| cell::optional(text, MAX_SKU));
        let sku_is_repeated = match &sku {
            Said::This(Some(sku)) => !seen.add_sku(sku),
            _ => false,
        };
        let variant = VariantRecord {
            line: row.line,
            options,
            sku,
            sku_is_repeated,
            price_minor: row.say(Column::Price, |text| {
                filled(text, money)?.ok_or(CellError::Empty)
            }),
            compare_at_minor: row.say(Column::CompareAt, |text| filled(text, money)),
            units: units(row),
            tracked: match row.file_has(Column::StockTracker) {
                true => Said::This(row.has(Column::StockTracker)),
                false => Said::Nothing,
            },
            sells_on: match row.text(Column::StockPolicy) {
                "" => Said::Nothing,
                policy => Said::This(continues(policy)),
            },
            backorder_limit: backorder_limit(row),
            barcode: barcode(row),
            cost_minor: row.say(Column::Cost, |text| filled(text, money)),
            grams: row.say(Column::Grams, |text| {
                Ok(filled(text, number::grams)?.unwrap_or_default())
            }),
            image_src: match row.file_has(Column::VariantImage) {
                true => Said::This(source(row, Column::VariantImage)),
                false => Said::Nothing,
            },
        };
        if let Said::This(values) = &variant.options
            && values.iter().all(|value| !value.is_empty())
            && !self.combinations.insert(values.clone())
        {
            let reason = match values.as_slice() {
                [] => Message::LoneVariant,
                values => Message::SameValues {
                    values: shown(&values.join(" / ")),
                },
            };
            row.fault(Column::Option1Value, reason);
        }
        self.records.push(variant);
    }

    fn option_values(&self, row: &mut Row) -> Said<Vec<String>> {
        if !row.file_has_any(&OPTION_VALUES) {
            return Said::Nothing;
        }
        let mut values = Vec::new();
        let Said::This(names) = &self.options else {
            for column in OPTION_VALUES {
                values.push(row.parse(column, |text| cell::limited(text, MAX_OPTION)));
            }
            while values.last().is_some_and(String::is_empty) {
                values.pop();
            }
            if values == [LONE_VALUE] {
                values.clear();
            }
            return Said::This(values);
        };
        for (place, column) in OPTION_VALUES.into_iter().enumerate() {
            match names.get(place) {
                Some(name) => {
                    if !row.has(column) && !name.is_empty() {
                        let name = shown(name);
                        row.fault(column, Message::OptionWithoutValue { name });
                    }
                    values.push(row.parse(column, |text| cell::limited(text, MAX_OPTION)));
                }
                None if !row.has(column) => {}
                None if place == 0 && row.text(column) == LONE_VALUE => {}
                None => row.fault(column, Message::OptionUnnamed),
            }
        }
        Said::This(values)
    }

    /// The option names and the variants, with no options for a product that has but one version.
    pub(super) fn finish(mut self) -> (Said<Vec<String>>, Vec<VariantRecord>) {
        let is_lone = |variant: &VariantRecord| match &variant.options {
            Said::This(values) => *values == [LONE_VALUE],
            Said::Nothing => true,
        };
        if let Said::This(names) = &mut self.options
            && *names == [LONE_OPTION]
            && self.records.iter().all(is_lone)
        {
            names.clear();
            for variant in &mut self.records {
                if let Said::This(values) = &mut variant.options {
                    values.clear();
                }
            }
        }
        (self.options, self.records)
    }
}

/// Stock is tracked unless the file has a column that says by what, and names nothing.
fn units(row: &mut Row) -> Units {
    if row.file_has(Column::StockTracker) && !row.has(Column::StockTracker) {
        // Nobody counts these, so what is there may be anything.
        let number = number::stock(row.text(Column::Stock)).ok();
        return Units::Untracked(number.map(|units| units.max(0)));
    }
    match row.parse(Column::Stock, |text| filled(text, number::stock)) {
        None => Units::Untold,
        // Owed by this shop itself, as its exports say.
        Some(owed @ ..0) if sold_ahead(row) >= -owed => Units::Tracked(owed),
        Some(owed @ ..0) => {
            row.remark(Column::Stock, Message::OwedUnits { units: owed });
            Units::Tracked(0)
        }
        Some(units) => Units::Tracked(units),
    }
}

/// So many units may be owed, by what the row says of it alone.
fn sold_ahead(row: &Row) -> i64 {
    match continues(row.text(Column::StockPolicy)) {
        true => number::whole(row.text(Column::BackorderLimit)).unwrap_or(0),
        false => 0,
    }
}

fn backorder_limit(row: &mut Row) -> Said<i64> {
    let limit = row.parse(Column::BackorderLimit, |text| filled(text, number::whole));
    limit.map_or(Said::Nothing, Said::This)
}

/// Other shops keep words of their own there: those are left out, and said.
fn barcode(row: &mut Row) -> Said<Option<String>> {
    if !row.file_has(Column::Barcode) {
        return Said::Nothing;
    }
    let text = row.text(Column::Barcode).to_owned();
    match gtin(&text) {
        None if !text.is_empty() => {
            row.remark(Column::Barcode, Message::NoGtin);
            Said::Nothing
        }
        read => Said::This(read),
    }
}

fn continues(policy: &str) -> bool {
    ["continue", "true", "yes", "1"].contains(&policy.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{faults, product, products, remarks};
    use super::super::{Said, Units};

    const SIZES: &str = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n";

    fn said(texts: &[&str]) -> Said<Vec<String>> {
        Said::This(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn the_lone_option_title_means_no_options() {
        let plain = product(format!("{SIZES}a,A,Title,Default Title,,50\n"));
        let (options, values) = (&plain.options, &plain.variants[0].options);
        assert_eq!((options, values), (&said(&[]), &said(&[])));
        let plain = product(format!("{SIZES}a,A,,Default Title,,50\n"));
        assert_eq!(plain.options, said(&[]));
        let real = product(format!(
            "{SIZES}a,A,Title,Default Title,,50\na,,,Signed,,60\n"
        ));
        assert_eq!(real.options, said(&["Title"]));
        assert_eq!(real.variants[1].options, said(&["Signed"]));
    }

    #[test]
    fn later_rows_are_variants_with_the_options_of_the_first() {
        let sizes = product(format!(
            "{SIZES}top,Top,Size,Small,A,60\ntop,,,Medium,,60.50\n"
        ));
        assert_eq!(sizes.options, said(&["Size"]));
        let medium = &sizes.variants[1];
        assert_eq!(
            (medium.line, medium.price_minor, &medium.sku),
            (3, Said::This(6050), &Said::This(None))
        );
        assert_eq!(medium.options, said(&["Medium"]));
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
    fn a_sku_that_an_earlier_row_has_is_marked() {
        let found = products(format!("{SIZES}a,A,,,X,1\nb,B,,,X,1\nc,C,,,Y,1\n"));
        let repeated = found.iter().map(|one| one.variants[0].sku_is_repeated);
        assert_eq!(repeated.collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn columns_that_are_not_there_say_nothing() {
        let bare = product("Handle,Title,Tags\na,A,x\n");
        assert_eq!((bare.options, bare.variants), (Said::Nothing, Vec::new()));
        let prices = product("Handle,SKU,Price\na,X,1\na,Y,2\n");
        assert_eq!((prices.options, prices.variants.len()), (Said::Nothing, 2));
        let first = &prices.variants[0];
        assert_eq!(first.options, Said::Nothing);
        assert_eq!(first.sku, Said::This(Some("X".to_owned())));
        assert_eq!(first.compare_at_minor, Said::Nothing);
        assert_eq!(
            (first.grams, &first.image_src),
            (Said::Nothing, &Said::Nothing)
        );
        let emptied = product("Handle,Compare-at price,Variant Grams,SKU\na,,,\n");
        let first = &emptied.variants[0];
        assert_eq!(first.price_minor, Said::Nothing);
        assert_eq!(first.compare_at_minor, Said::This(None));
        assert_eq!(
            (first.grams, &first.sku),
            (Said::This(0), &Said::This(None))
        );
        let values = product("Handle,Option1 Value,Option2 Value,Price\na,S,Red,1\na,M,,2\n");
        assert_eq!(values.options, Said::Nothing);
        assert_eq!(values.variants[0].options, said(&["S", "Red"]));
        assert_eq!(values.variants[1].options, said(&["M"]));
    }

    #[test]
    fn stock_is_known_only_where_a_number_is_given_and_stock_is_tracked() {
        let stock = |columns: &str, cells: &str| {
            let file = format!("Handle,Title,Price,{columns}\na,A,1,{cells}\n");
            product(file).variants[0].units
        };
        assert_eq!(stock("Variant Inventory Qty", "7"), Units::Tracked(7));
        assert_eq!(stock("Variant Inventory Qty", ""), Units::Untold);
        assert_eq!(stock("Vendor", "7"), Units::Untold);
        let both = "Variant Inventory Tracker,Variant Inventory Qty";
        assert_eq!(stock(both, "shopify,7"), Units::Tracked(7));
        assert_eq!(stock(both, ",7"), Units::Untracked(Some(7)));
        assert_eq!(stock(both, ",-7"), Units::Untracked(Some(0)));
        assert_eq!(stock(both, ",many"), Units::Untracked(None));
        assert_eq!(
            stock("Variant Inventory Tracker", "\"\""),
            Units::Untracked(None)
        );
    }

    #[test]
    fn negative_stock_is_none_with_a_remark() {
        let file = "Handle,Title,Price,Inventory quantity\na,A,1,-2\n";
        assert_eq!(product(file).variants[0].units, Units::Tracked(0));
        assert_eq!(
            remarks(file),
            ["line 2, column \"Inventory quantity\": -2 units are taken as 0"]
        );
    }

    #[test]
    fn a_file_says_what_sells_on_without_stock() {
        let sells_on = |policy: &str| {
            let file = format!("Handle,Price,Variant Inventory Policy\na,1,{policy}\n");
            product(file).variants[0].sells_on
        };
        for policy in ["continue", "CONTINUE", "TRUE"] {
            assert_eq!(sells_on(policy), Said::This(true), "{policy}");
        }
        assert_eq!(sells_on("deny"), Said::This(false));
        assert_eq!(sells_on(""), Said::Nothing);
    }

    #[test]
    fn units_are_owed_as_far_as_the_row_lets_them() {
        let columns = "Variant Inventory Policy,Variant Backorder Limit,Variant Inventory Qty";
        let variant = |cells: &str| {
            let file = format!("Handle,Title,Price,{columns}\na,A,1,{cells}\n");
            product(file).variants.remove(0)
        };
        let owed = variant("continue,5,-5");
        assert_eq!(
            (owed.units, owed.backorder_limit),
            (Units::Tracked(-5), Said::This(5))
        );
        for none in ["continue,4,-5", "deny,5,-5", ",5,-5", "continue,,-5"] {
            assert_eq!(variant(none).units, Units::Tracked(0), "{none}");
        }
        assert_eq!(variant("continue,,1").backorder_limit, Said::Nothing);
        let wrong = format!("Handle,Title,Price,{columns}\na,A,1,continue,many,1\n");
        assert_eq!(
            faults(wrong),
            ["line 2, column \"Variant Backorder Limit\": \"many\" is not a whole number"]
        );
    }

    #[test]
    fn codes_and_costs_are_read_and_other_codes_left_out() {
        let file = "Handle,Title,Price,Variant Barcode,Cost per item,Variant Inventory Tracker,Prepaid only\n\
            a,A,9,4006381333931,2.5,shopify,true\nb,B,9,SHELF-7,,,\n";
        let found = products(file);
        let (one, other) = (&found[0].variants[0], &found[1].variants[0]);
        assert_eq!(one.barcode, Said::This(Some("4006381333931".to_owned())));
        assert_eq!(one.cost_minor, Said::This(Some(250)));
        assert_eq!(
            (one.tracked, other.tracked),
            (Said::This(true), Said::This(false))
        );
        assert_eq!(
            (&other.barcode, other.cost_minor),
            (&Said::Nothing, Said::This(None))
        );
        assert_eq!((found[0].prepaid, found[1].prepaid), (Some(true), None));
        let remark = found[1].remarks[0].to_string();
        assert!(remark.contains("is not a GTIN"), "{remark}");
    }
}
