//! Columns and parameters as tokio-postgres has them.

use std::{error::Error as StdError, fmt};

use bytes::{BufMut, BytesMut};
use tokio_postgres::{
    Column, Row,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

use crate::{
    db::{
        Columns,
        given::{Cells, Texts},
        sql::Parameter,
    },
    error::{Error, Result},
};

impl Columns for Row {
    fn text_in(&self, column: &str) -> Result<Option<String>> {
        self.try_get(column).map_err(|cause| unread(column, cause))
    }

    fn int_in(&self, column: &str) -> Result<Option<i64>> {
        let whole: Option<Whole> = self
            .try_get(column)
            .map_err(|cause| unread(column, cause))?;
        Ok(whole.map(|Whole(number)| number))
    }

    fn names(&self) -> Vec<&str> {
        self.columns().iter().map(Column::name).collect()
    }
}

fn unread(column: &str, cause: tokio_postgres::Error) -> Error {
    Error::Database(sqlx::Error::ColumnDecode {
        index: format!("{column:?}"),
        source: Box::new(cause),
    })
}

/// A whole number, however wide its column is.
struct Whole(i64);

impl<'a> FromSql<'a> for Whole {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(match *kind {
            Type::INT2 => i16::from_sql(kind, raw)?.into(),
            Type::INT4 => i32::from_sql(kind, raw)?.into(),
            _ => i64::from_sql(kind, raw)?,
        }))
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT2, Type::INT4, Type::INT8].contains(kind)
    }
}

impl Parameter {
    /// As what it is declared, as sqlx declares it: nothing is guessed from where it is used.
    pub(super) fn kind(&self) -> Type {
        match self {
            Self::Text(_) => Type::TEXT,
            Self::Int(_) => Type::INT8,
            Self::Array(Cells::Text(_)) => Type::TEXT_ARRAY,
            Self::Array(Cells::Int(_)) => Type::INT8_ARRAY,
        }
    }
}

/// The driver logs parameters at the level `debug`: customers' names do not belong into a log.
impl fmt::Debug for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl ToSql for Parameter {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Text(text) => text.to_sql(kind, out),
            Self::Int(int) => int.to_sql(kind, out),
            Self::Array(Cells::Int(ints)) => ints.to_sql(kind, out),
            Self::Array(Cells::Text(texts)) => {
                put(texts, out)?;
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::TEXT, Type::INT8, Type::TEXT_ARRAY, Type::INT8_ARRAY].contains(kind)
    }

    to_sql_checked!();
}

/// An array as Postgres reads it: how many dimensions, whether a value may be missing, of what; how long it is
/// and where it begins; then each value behind its length.
fn put(texts: &Texts, out: &mut BytesMut) -> Result<(), std::num::TryFromIntError> {
    const MISSING: i32 = -1;
    out.put_i32(i32::from(texts.len() > 0));
    out.put_i32(1);
    out.put_u32(Type::TEXT.oid());
    if texts.len() == 0 {
        return Ok(());
    }
    out.put_i32(i32::try_from(texts.len())?);
    out.put_i32(1);
    for text in texts.iter() {
        match text {
            Some(text) => {
                out.put_i32(i32::try_from(text.len())?);
                out.put_slice(text.as_bytes());
            }
            None => out.put_i32(MISSING),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Dialect, Rows, Sql};

    #[test]
    fn texts_are_read_as_they_were_put() {
        let mut rows = Rows::default();
        rows.maybe_text("note", [Some("ä"), None, Some("")]);
        let mut sql = Sql::new("");
        let (_, parameters) = std::mem::take(sql.given(Dialect::Postgres, rows)).with_arrays();
        let parameter = parameters.first().unwrap();
        let mut out = BytesMut::new();
        assert!(matches!(
            parameter.to_sql(&Type::TEXT_ARRAY, &mut out),
            Ok(IsNull::No)
        ));
        let read = Vec::<Option<String>>::from_sql(&Type::TEXT_ARRAY, &out).unwrap();
        assert_eq!(read, [Some("ä".to_owned()), None, Some(String::new())]);

        let none = Parameter::Array(Cells::Text(Texts::default()));
        let mut out = BytesMut::new();
        assert!(matches!(
            none.to_sql(&Type::TEXT_ARRAY, &mut out),
            Ok(IsNull::No)
        ));
        let read = Vec::<String>::from_sql(&Type::TEXT_ARRAY, &out).unwrap();
        assert!(read.is_empty());
    }

    #[test]
    fn what_customers_typed_is_not_told_to_a_log() {
        let name = Parameter::Text("Kim Example".to_owned());
        assert!(!format!("{name:?}").contains("Kim"));
    }
}
