//! Rows as structs: what a statement answers is read in one place, each column as what it is.
//!
//! `sqlx::FromRow` cannot be had for the types of `app`, which knows no database; and SMALLINT columns
//! are flags here, which it would read as numbers. So the shop has a trait of its own, and
//! [`from_row!`](super::from_row!) where the fields of a struct are called like its columns.

use sqlx::{Column, Row, any::AnyRow};

use crate::error::{Error, Result};

/// A row of whichever driver, whose columns are found by name.
pub trait Columns {
    fn text_in(&self, column: &str) -> Result<Option<String>>;

    /// Of a column of whole numbers, however wide.
    fn int_in(&self, column: &str) -> Result<Option<i64>>;

    /// What its columns are called.
    fn names(&self) -> Vec<&str>;
}

/// What a column can be read as.
pub trait FromColumn: Sized {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self>;
}

/// What a row makes: of sqlx if it says nothing else. What a batch of orders reads is made of a row of
/// any driver.
pub trait FromRow<R = AnyRow>: Sized {
    fn from_row(row: &R) -> Result<Self>;
}

/// Reads columns by name.
pub trait Get {
    /// As what the field is that it is read into.
    fn read<T: FromColumn>(&self, column: &str) -> Result<T>;

    fn text(&self, column: &str) -> Result<String> {
        self.read(column)
    }

    fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        self.read(column)
    }

    fn int(&self, column: &str) -> Result<i64> {
        self.read(column)
    }

    fn maybe_int(&self, column: &str) -> Result<Option<i64>> {
        self.read(column)
    }

    fn flag(&self, column: &str) -> Result<bool> {
        self.read(column)
    }

    /// Of a variant's three columns of options, those that its product uses.
    fn options(&self) -> Result<Vec<String>> {
        let mut options = Vec::new();
        for column in ["option1", "option2", "option3"] {
            options.extend(Some(self.text(column)?).filter(|value| !value.is_empty()));
        }
        Ok(options)
    }
}

impl<R: Columns> Get for R {
    fn read<T: FromColumn>(&self, column: &str) -> Result<T> {
        T::from_column(self, column)
    }
}

impl Columns for AnyRow {
    fn text_in(&self, column: &str) -> Result<Option<String>> {
        Ok(self.try_get(column)?)
    }

    fn int_in(&self, column: &str) -> Result<Option<i64>> {
        Ok(self.try_get(column)?)
    }

    fn names(&self) -> Vec<&str> {
        self.columns().iter().map(Column::name).collect()
    }
}

/// The value of a row that has one column alone.
pub fn only<T: FromColumn>(row: &impl Columns) -> Result<T> {
    match row.names().as_slice() {
        [column] => T::from_column(row, column),
        names => Err(other_columns(names)),
    }
}

/// Of a row that has two columns alone, in their order.
impl<R: Columns, A: FromColumn, B: FromColumn> FromRow<R> for (A, B) {
    fn from_row(row: &R) -> Result<Self> {
        match row.names().as_slice() {
            [first, second] => Ok((A::from_column(row, first)?, B::from_column(row, second)?)),
            names => Err(other_columns(names)),
        }
    }
}

/// Of a variant's three columns of options, those that its product uses.
impl<R: Columns> FromRow<R> for Vec<String> {
    fn from_row(row: &R) -> Result<Self> {
        row.options()
    }
}

/// Of a variant's three columns of options, used or not.
impl<R: Columns> FromRow<R> for [String; 3] {
    fn from_row(row: &R) -> Result<Self> {
        Ok([
            row.text("option1")?,
            row.text("option2")?,
            row.text("option3")?,
        ])
    }
}

fn other_columns(names: &[&str]) -> Error {
    Error::Invariant(format!("a row has other columns than are read: {names:?}"))
}

impl FromColumn for String {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        there(column, row.text_in(column)?)
    }
}

impl FromColumn for Option<String> {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        row.text_in(column)
    }
}

impl FromColumn for i64 {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        there(column, row.int_in(column)?)
    }
}

impl FromColumn for Option<i64> {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        row.int_in(column)
    }
}

/// One that is out of its range is an error.
impl FromColumn for u32 {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        let number = i64::from_column(row, column)?;
        Self::try_from(number).map_err(|cause| {
            Error::Database(sqlx::Error::ColumnDecode {
                index: format!("{column:?}"),
                source: cause.into(),
            })
        })
    }
}

/// 0 or 1.
impl FromColumn for bool {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        Ok(i64::from_column(row, column)? != 0)
    }
}

impl FromColumn for Option<bool> {
    fn from_column(row: &dyn Columns, column: &str) -> Result<Self> {
        Ok(row.int_in(column)?.map(|flag| flag != 0))
    }
}

fn there<T>(column: &str, value: Option<T>) -> Result<T> {
    value.ok_or_else(|| {
        Error::Database(sqlx::Error::ColumnDecode {
            index: format!("{column:?}"),
            source: "there is no value".into(),
        })
    })
}

/// A column that keeps one word of an enum. A word that this version does not know is an error.
pub fn word<T>(row: &dyn Columns, column: &str, parse: fn(&str) -> Option<T>) -> Result<T> {
    known(column, &there(column, row.text_in(column)?)?, parse)
}

/// The same of a column that may be NULL.
pub fn maybe_word<T>(
    row: &dyn Columns,
    column: &str,
    parse: fn(&str) -> Option<T>,
) -> Result<Option<T>> {
    let text = row.text_in(column)?;
    text.map(|text| known(column, &text, parse)).transpose()
}

fn known<T>(column: &str, text: &str, parse: fn(&str) -> Option<T>) -> Result<T> {
    parse(text).ok_or_else(|| {
        Error::Database(sqlx::Error::ColumnDecode {
            index: format!("{column:?}"),
            source: format!("{text:?} is no word for {}", std::any::type_name::<T>()).into(),
        })
    })
}

/// Makes enums of [`app::words!`] what a column can be read as.
#[macro_export]
macro_rules! stored_words {
    ($($word:ty),+ $(,)?) => {$(
        impl $crate::db::FromColumn for $word {
            fn from_column(row: &dyn $crate::db::Columns, column: &str) -> $crate::error::Result<Self> {
                $crate::db::word(row, column, <$word>::parse)
            }
        }

        impl $crate::db::FromColumn for Option<$word> {
            fn from_column(row: &dyn $crate::db::Columns, column: &str) -> $crate::error::Result<Self> {
                $crate::db::maybe_word(row, column, <$word>::parse)
            }
        }
    )+};
}

pub use stored_words;

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::db::{Db, Sql};

    app::words! {
        pub enum Light {
            Red = "red",
            Green = "green",
        }
    }

    stored_words!(Light);

    pub async fn row(columns: &str) -> AnyRow {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("shop.db").display());
        let db = Db::connect(&url).await.unwrap();
        let row = Sql::new(&format!("SELECT {columns}")).fetch_one(db.reader());
        row.await.unwrap()
    }

    #[tokio::test]
    async fn the_value_of_a_row_is_read_if_it_has_one_column_alone() {
        assert_eq!(only::<i64>(&row("7 AS cars").await).unwrap(), 7);
        assert_eq!(only::<Light>(&row("'red' AS l").await).unwrap(), Light::Red);
        assert_eq!(
            only::<Option<String>>(&row("NULL AS n").await).unwrap(),
            None
        );
        assert!(only::<i64>(&row("NULL AS cars").await).is_err());
        assert!(only::<i64>(&row("7 AS cars, 8 AS lanes").await).is_err());
    }

    #[tokio::test]
    async fn a_number_that_is_out_of_its_range_is_an_error() {
        let numbers = row("4294967295 AS most, 4294967296 AS more, -1 AS less").await;
        assert_eq!(numbers.read::<u32>("most").unwrap(), u32::MAX);
        assert!(numbers.read::<u32>("more").is_err());
        assert!(numbers.read::<u32>("less").is_err());
    }

    #[tokio::test]
    async fn a_row_of_two_columns_is_a_pair_in_their_order() {
        let pair = <(String, i64)>::from_row(&row("'Quay' AS z, 7 AS a").await);
        assert_eq!(pair.unwrap(), ("Quay".to_owned(), 7));
        assert!(<(String, i64)>::from_row(&row("'Quay' AS z, 7 AS a, 8 AS b").await).is_err());
        assert!(<(String, i64)>::from_row(&row("'Quay' AS z").await).is_err());
    }

    #[tokio::test]
    async fn a_word_that_is_not_known_is_an_error_that_names_its_column() {
        let row = row("'blue' AS light, 'Red' AS before, NULL AS gone").await;
        let refused = row.read::<Light>("light").unwrap_err().to_string();
        assert!(
            refused.contains("\"light\"") && refused.contains("\"blue\""),
            "{refused}"
        );
        let refused = row.read::<Option<Light>>("before").unwrap_err().to_string();
        assert!(refused.contains("\"before\""), "{refused}");
        assert!(row.read::<Light>("gone").is_err(), "NULL is no word");
        assert_eq!(row.read::<Option<Light>>("gone").unwrap(), None);
    }
}
