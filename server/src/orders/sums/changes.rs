//! What a batch of orders adds.

use crate::db::{Dialect, Rows, Sql};

/// What is appended of orders at a time, or of a variant in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added<'a> {
    /// None: it is of the orders themselves.
    pub variant_id: Option<&'a str>,
    /// Orders that are not cancelled; of a variant, units of these.
    pub standing: i64,
    /// Orders of those that count, and what these come to.
    pub orders: i64,
    pub units: i64,
    pub gross_minor: i64,
    pub to_collect_minor: i64,
}

/// Appends what orders that are placed at a time add.
pub fn appending(dialect: Dialect, at: i64, currency: &str, added: &[Added<'_>]) -> Sql {
    let all = || added.iter();
    let mut rows = Rows::default();
    rows.int("at", all().map(|_| at))
        .text("currency", all().map(|_| currency))
        .maybe_text("variant_id", all().map(|added| added.variant_id))
        .int("standing", all().map(|added| added.standing))
        .int("orders", all().map(|added| added.orders))
        .int("units", all().map(|added| added.units))
        .int("gross_minor", all().map(|added| added.gross_minor))
        .int(
            "to_collect_minor",
            all().map(|added| added.to_collect_minor),
        );
    Sql::insert(dialect, "sum_changes", rows)
}
