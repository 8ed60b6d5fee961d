//! The variants of a product of a file beside the stored ones.

use std::collections::BTreeSet;

use desk::admin::jobs::{
    told::Message,
    types::{ImportChoices, UntrackedQuantities},
};

use super::merge::StockNotes;
use crate::{
    catalog::write::{
        StoredProduct,
        draft::{StockTarget, VariantDraft},
    },
    product_files::csv::{BadRow, Said, Units, VariantRecord},
};

pub(super) struct Variants<'a> {
    stored: Option<&'a StoredProduct>,
    choices: &'a ImportChoices,
    pub(super) faults: Vec<BadRow>,
    pub(super) notes: StockNotes,
}

impl<'a> Variants<'a> {
    pub(super) fn new(stored: Option<&'a StoredProduct>, choices: &'a ImportChoices) -> Self {
        Self {
            stored,
            choices,
            faults: Vec::new(),
            notes: StockNotes::default(),
        }
    }

    /// Notes what is wrong with a column, which has its usual name here.
    pub(super) fn fault(&mut self, line: u64, column: &str, reason: Message) {
        self.faults.push(BadRow {
            line,
            column: column.to_owned(),
            reason: reason.into(),
        });
    }

    fn old(&self) -> &'a [VariantDraft] {
        let old = self.stored.map(|stored| stored.draft.variants.as_slice());
        old.unwrap_or_default()
    }

    /// The options and the variants there are to be; `line` is where the product begins.
    pub(super) fn merge(
        &mut self,
        line: u64,
        names: Said<Vec<String>>,
        records: Vec<VariantRecord>,
    ) -> (Vec<String>, Vec<VariantDraft>) {
        let old_names = self.stored.map(|stored| stored.draft.options.as_slice());
        let old_names = old_names.unwrap_or_default();
        let has_values = records.iter().any(|one| one.options != Said::Nothing);
        let names = match names {
            Said::Nothing => old_names.to_vec(),
            Said::This(names) => {
                if !has_values && names.len() != old_names.len() {
                    let count = names.len();
                    self.fault(line, "Option1 Value", Message::OptionsMissing { count });
                    return (names, Vec::new());
                }
                names
            }
        };
        let variants = match (has_values, self.stored) {
            _ if records.is_empty() => self.untouched(line),
            (true, _) => self.as_the_file_says(&names, records),
            (false, Some(_)) => self.by_sku(records),
            (false, None) => self.the_only_one(records),
        };
        (names, variants)
    }

    /// The file says nothing of variants.
    fn untouched(&mut self, line: u64) -> Vec<VariantDraft> {
        if self.stored.is_none() {
            self.fault(line, "Variant Price", Message::ProductPriceMissing);
        }
        self.old().to_vec()
    }

    /// The file says which variants there are. They are known by their SKU, or else by their options.
    fn as_the_file_says(
        &mut self,
        names: &[String],
        records: Vec<VariantRecord>,
    ) -> Vec<VariantDraft> {
        let mut claimed = BTreeSet::new();
        let mut variants = Vec::with_capacity(records.len());
        for record in records {
            let values = match &record.options {
                Said::This(values) => values.as_slice(),
                Said::Nothing => &[],
            };
            let lacks_one = values.iter().any(String::is_empty);
            if values.len() != names.len() || lacks_one {
                let reason = match names.len() {
                    0 => Message::OptionNameless,
                    1 => Message::OneValueWanted,
                    count => Message::ValuesWanted { count },
                };
                self.fault(record.line, "Option1 Value", reason);
                continue;
            }
            let mut options: [String; 3] = Default::default();
            for (slot, value) in options.iter_mut().zip(values) {
                slot.clone_from(value);
            }
            let old = self.old();
            let known = old_of_sku(old, &record)
                .or_else(|| old.iter().position(|old| old.options == options))
                // Two rows may claim the same variant; the first has it.
                .filter(|at| claimed.insert(*at));
            let draft = self.draft(record, known.map(|at| &old[at]), options);
            variants.push(draft);
        }
        variants
    }

    /// The file has no columns for options: it changes variants and makes none.
    fn by_sku(&mut self, records: Vec<VariantRecord>) -> Vec<VariantDraft> {
        let old = self.old();
        let mut variants = old.to_vec();
        let mut claimed = BTreeSet::new();
        let is_lone = old.len() == 1 && records.len() == 1;
        for record in records {
            let known = old_of_sku(old, &record).or(is_lone.then_some(0));
            let Some(at) = known else {
                if !is_blank(&record) {
                    let reason = match record.said_sku() {
                        Some(sku) => Message::UnknownSku {
                            sku: sku.to_owned(),
                        },
                        None => Message::SkuOrOptionsWanted,
                    };
                    self.fault(record.line, "Variant SKU", reason);
                }
                continue;
            };
            if !claimed.insert(at) {
                self.fault(record.line, "Variant SKU", Message::SameVariant);
                continue;
            }
            variants[at] = self.draft(record, Some(&old[at]), old[at].options.clone());
        }
        variants
    }

    /// A new product without options.
    fn the_only_one(&mut self, records: Vec<VariantRecord>) -> Vec<VariantDraft> {
        if let Some(second) = records.get(1) {
            self.fault(second.line, "Option1 Value", Message::LoneVariant);
        }
        let first = records.into_iter().next();
        first
            .map(|record| self.draft(record, None, Default::default()))
            .into_iter()
            .collect()
    }

    fn draft(
        &mut self,
        record: VariantRecord,
        known: Option<&VariantDraft>,
        options: [String; 3],
    ) -> VariantDraft {
        let price_minor = match (record.price_minor, known) {
            (Said::This(minor), _) => minor,
            (Said::Nothing, Some(known)) => known.price_minor,
            (Said::Nothing, None) => {
                self.fault(record.line, "Variant Price", Message::VariantPriceMissing);
                0
            }
        };
        let stock = self.stock(&record, known);
        let backorder_limit = self.backorder_limit(&record, known, stock);
        VariantDraft {
            row: 0,
            tracked: self.is_tracked(&record, known),
            backorder_limit,
            barcode: record
                .barcode
                .or(known.and_then(|known| known.barcode.clone())),
            cost_minor: record
                .cost_minor
                .or(known.and_then(|known| known.cost_minor)),
            id: known.and_then(|known| known.id.clone()),
            options,
            sku: record.sku.or(known.and_then(|known| known.sku.clone())),
            price_minor,
            compare_at_minor: record
                .compare_at_minor
                .or(known.and_then(|known| known.compare_at_minor)),
            grams: record.grams.or(known.map_or(0, |known| known.grams)),
            picture_src: record
                .image_src
                .or(known.and_then(|known| known.picture_src.clone())),
            stock,
        }
    }

    /// Units that are given to what the file does not track are counted from then on, and what is
    /// known stays as it was made then.
    fn is_tracked(&self, record: &VariantRecord, known: Option<&VariantDraft>) -> bool {
        let stored = known.is_none_or(|known| known.tracked);
        match record.tracked {
            Said::Nothing => stored,
            Said::This(true) => true,
            Said::This(false) if known.is_some() => stored && self.gives_units(record),
            Said::This(false) => self.gives_units(record),
        }
    }

    /// Whether variants that the file does not track are given units by choice.
    fn gives_units(&self, record: &VariantRecord) -> bool {
        let has_number = matches!(record.units, Units::Untracked(Some(1..)));
        let uses_file = self.choices.untracked == UntrackedQuantities::Use && has_number;
        uses_file || self.choices.untracked_units > 0
    }

    /// What sells on without a limit goes as far as it did: nobody said how far that may be. What is
    /// owed already stays within the limit.
    fn backorder_limit(
        &self,
        record: &VariantRecord,
        known: Option<&VariantDraft>,
        stock: StockTarget,
    ) -> i64 {
        let limit = match (record.sells_on, record.backorder_limit) {
            (Said::This(false), _) => 0,
            (_, Said::This(limit)) => limit,
            (_, Said::Nothing) => known.map_or(0, |known| known.backorder_limit),
        };
        let units = known.and_then(|known| self.stored?.units_of(known.id.as_deref()?));
        limit.max(0 - stock.from(units.unwrap_or(0)))
    }

    /// Only a number changes the stock of a variant that there is.
    fn stock(&mut self, record: &VariantRecord, known: Option<&VariantDraft>) -> StockTarget {
        let target = match (record.units, known) {
            (Units::Tracked(units), _) => StockTarget::Set(units),
            (_, Some(_)) => StockTarget::Keep,
            (Units::Untold, None) => {
                self.notes.untold += 1;
                StockTarget::Set(self.choices.untracked_units)
            }
            (Units::Untracked(number), None) => {
                let number = number.filter(|units| *units > 0);
                self.notes.untracked += 1;
                self.notes.untracked_quantities += i64::from(number.is_some());
                StockTarget::Set(match self.choices.untracked {
                    UntrackedQuantities::Use => number.unwrap_or(self.choices.untracked_units),
                    UntrackedQuantities::Ignore => self.choices.untracked_units,
                })
            }
        };
        let is_counted_here = self.is_tracked(record, known);
        if target == StockTarget::Set(0) && is_counted_here {
            let units = known.and_then(|known| self.stored?.units_of(known.id.as_deref()?));
            let is_counted = matches!(record.units, Units::Tracked(_));
            let has_limit = self.backorder_limit(record, known, target) > 0;
            let sells_on =
                is_counted && record.sells_on == Said::This(true) && !has_limit && units != Some(0);
            self.notes.sells_on += i64::from(sells_on);
            self.notes.sold_out += i64::from(sells_on || !is_counted);
        }
        target
    }
}

/// Place of the variant that has the record's SKU.
fn old_of_sku(old: &[VariantDraft], record: &VariantRecord) -> Option<usize> {
    let sku = record.said_sku()?;
    old.iter().position(|old| old.sku.as_deref() == Some(sku))
}

/// Whether a row says nothing of any variant.
fn is_blank(record: &VariantRecord) -> bool {
    record.price_minor == Said::Nothing
        && record.said_sku().is_none()
        && matches!(record.compare_at_minor, Said::Nothing | Said::This(None))
        && matches!(record.grams, Said::Nothing | Said::This(0))
        && matches!(record.image_src, Said::Nothing | Said::This(None))
        && matches!(record.barcode, Said::Nothing | Said::This(None))
        && matches!(record.cost_minor, Said::Nothing | Said::This(None))
        && record.backorder_limit == Said::Nothing
        && !matches!(record.units, Units::Tracked(_))
}
