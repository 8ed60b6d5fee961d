//! What a file would change, in lines for the command line: what the page of an import shows.

use app::locale::Locale;
use desk::admin::jobs::{
    told::TextChange,
    types::{ImportChoices, JobCounts, PriceMark, RowKind, UntrackedQuantities},
};

use super::plan::{Finding, PlannedProduct};

/// Products, and remarks, that are shown.
const SHOWN: usize = 20;

/// Takes up what is found in a file; of what it would change, the beginning is kept.
#[derive(Default)]
pub struct Preview {
    products: Vec<String>,
    remarks: Vec<String>,
    /// All of them: every one has to be set right or left out.
    bad: Vec<String>,
}

impl Preview {
    pub fn take(&mut self, finding: Finding) {
        match finding {
            Finding::Product(product) if self.products.len() < SHOWN => {
                self.products.push(lines(&product));
            }
            Finding::Remark(remark) if self.remarks.len() < SHOWN => {
                self.remarks.push(harmless(&remark.to_string()));
            }
            Finding::Bad(row) => self.bad.push(harmless(&row.to_string())),
            Finding::Product(_) | Finding::Remark(_) => {}
        }
    }

    pub fn text(self, counts: &JobCounts, choices: &ImportChoices) -> String {
        let mut lines = self.products;
        lines.extend(more(counts.created + counts.updated, "products"));
        lines.extend(self.remarks);
        lines.extend(more(counts.remarks, "remarks"));
        lines.extend(self.bad);
        lines.push(format!(
            "{} products would be created, {} changed, {} unchanged; {} bad rows",
            counts.created, counts.updated, counts.unchanged, counts.bad
        ));
        if counts.made_free > 0 {
            lines.push(format!("Prices that would be zero: {}", counts.made_free));
        }
        lines.extend(counts.sold_out_words());
        lines.extend(advice(counts, choices));
        lines.join("\n")
    }
}

/// What can be chosen about it.
fn advice(counts: &JobCounts, choices: &ImportChoices) -> Vec<String> {
    let mut lines = Vec::new();
    if counts.untracked + counts.untold > 0 && choices.untracked_units == 0 {
        lines.push("--untracked-units N gives new variants without tracked stock N units".into());
    }
    if counts.untracked_quantities > 0 && choices.untracked == UntrackedQuantities::Ignore {
        lines.push(format!(
            "--file-quantities uses the file's quantities, given for {} of them",
            counts.untracked_quantities
        ));
    }
    if counts.repeated_skus > 0 {
        lines.push(format!(
            "SKUs that another product already uses: {}; --repeated-skus drop-sku imports the \
             variants without one, --repeated-skus leave-out skips their products",
            counts.repeated_skus
        ));
    }
    lines
}

fn more(count: i64, what: &str) -> Option<String> {
    let rest = count - SHOWN as i64;
    (rest > 0).then(|| format!("… and {rest} more {what}"))
}

fn lines(product: &PlannedProduct) -> String {
    let what = match product.kind {
        RowKind::Create => "New",
        _ => "Changed",
    };
    let (title, handle) = (harmless(&product.title), harmless(&product.handle));
    let mut lines = vec![format!("{what}: {title} ({handle})")];
    lines.extend(product.changes.iter().map(change));
    lines.join("\n  ")
}

/// Text of a file without what would move a terminal's cursor or change its colours.
fn harmless(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn change(change: &TextChange) -> String {
    let change = change.said(Locale::En);
    let or_nothing = |text: &str| match text {
        "" => "nothing".to_owned(),
        text => text.to_owned(),
    };
    let after = or_nothing(&change.after);
    let words = match change.before.as_str() {
        "" => format!("{}: {after}", change.field),
        before => format!("{}: {before} → {after}", change.field),
    };
    let words = harmless(&words);
    match change.mark {
        PriceMark::Free => format!("{words} (free)"),
        PriceMark::None => words,
    }
}

#[cfg(test)]
mod tests {
    use desk::admin::jobs::told::Message;

    use super::*;
    use crate::product_files::csv::{BadRow, Remark};

    fn product(title: &str) -> Finding {
        Finding::Product(PlannedProduct {
            kind: RowKind::Update,
            title: title.to_owned(),
            handle: title.to_lowercase(),
            looked_at: None,
            changes: vec![
                TextChange::new("Tags", "", "brass"),
                TextChange {
                    mark: PriceMark::Free,
                    ..TextChange::new("Price of R-1", "€5.00", "€0.00")
                },
            ],
        })
    }

    #[test]
    fn the_beginning_is_shown_with_how_much_more_there_is() {
        let mut preview = Preview::default();
        for n in 0..25 {
            preview.take(product(&format!("Rope {n}")));
        }
        preview.take(Finding::Remark(Remark {
            line: 3,
            column: "Qty".to_owned(),
            words: Message::OwedUnits { units: -2 }.into(),
        }));
        let counts = JobCounts {
            updated: 25,
            remarks: 1,
            made_free: 25,
            ..JobCounts::default()
        };
        let text = preview.text(&counts, &ImportChoices::default());
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(
            lines[..3],
            [
                "Changed: Rope 0 (rope 0)",
                "  Tags: brass",
                "  Price of R-1: €5.00 → €0.00 (free)"
            ]
        );
        assert_eq!(
            lines[60..],
            [
                "… and 5 more products",
                "line 3, column \"Qty\": -2 units are taken as 0",
                "0 products would be created, 25 changed, 0 unchanged; 0 bad rows",
                "Prices that would be zero: 25",
            ]
        );
    }

    #[test]
    fn every_bad_row_is_shown_and_what_can_be_chosen() {
        let mut preview = Preview::default();
        for line in 0..30 {
            preview.take(Finding::Bad(BadRow {
                line,
                column: "Variant Price".to_owned(),
                reason: Message::Empty.into(),
            }));
        }
        let counts = JobCounts {
            bad: 30,
            untracked: 4,
            untracked_quantities: 2,
            repeated_skus: 1,
            sold_out: 4,
            ..JobCounts::default()
        };
        preview.take(product("Red\u{1b}[31m"));
        let text = preview.text(&counts, &ImportChoices::default());
        assert!(!text.contains('\u{1b}'), "{text}");
        assert_eq!(text.matches("is empty").count(), 30);
        for told in [
            "4 variants would be sold out.",
            "--untracked-units N",
            "--file-quantities uses the file's quantities, given for 2 of them",
            "--repeated-skus drop-sku",
        ] {
            assert!(text.contains(told), "{told} in {text}");
        }
    }
}
