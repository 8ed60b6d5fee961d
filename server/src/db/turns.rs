//! Turns that are taken by name.

use super::{Dialect, Rows, Sql};

/// Keeps others from taking turns of these names until the transaction ends: for what has no row to be locked. One that
/// takes several waits for nobody who waits for them: they are taken in one order. Nothing where writers are alone.
///
/// They are counted and not told, so that a thousand turns are one row.
pub fn turns<T: AsRef<str>>(dialect: Dialect, names: impl IntoIterator<Item = T>) -> Option<Sql> {
    if dialect == Dialect::Sqlite {
        return None;
    }
    let mut rows = Rows::default();
    rows.text("name", names);
    let mut sql = Sql::new(
        "SELECT COUNT(CAST(pg_advisory_xact_lock(t.place) AS TEXT)) AS turns FROM \
         (SELECT DISTINCT hashtextextended(n.name, 0) AS place FROM ",
    );
    sql.given(dialect, rows).push(" AS n ORDER BY 1) AS t");
    Some(sql)
}
