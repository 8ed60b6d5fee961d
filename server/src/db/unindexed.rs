//! Columns that are compared, and by which nothing is looked up.

/// A column, written so that no index of it is taken: the row is found by its key, and this column is only compared.
///
/// When a sale has just begun, Postgres believes that hardly any row is in a state that many are in by now, and would
/// go through the index of all that are. SQLite begins with such an index when it updates from given rows.
macro_rules! unindexed {
    ($column:literal) => {
        concat!($column, " || ''")
    };
}
pub(crate) use unindexed;
