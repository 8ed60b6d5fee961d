//! Structs whose fields are read from the columns of a row.

/// Makes a struct what a row can be read as: each field from the column of its name, or from the one
/// that is named. Every field is listed:
///
/// ```text
/// from_row!(Item {
///     id,
///     seen_minor: "unit_price_minor",  // of another column
///     sku: or_default,                 // NULL is none; `or_default "column"`
///     form: json,                      // it keeps JSON; `json "column"`
///     is_over: is_set "ended_at",      // whether there is a number
///     contact: row,                    // a struct of the same row
///     parcel: row_if "carrier",        // the same, and none where this text is NULL
///     lines = Vec::new(),              // of no column
///     state: word,                     // an enum of `app::words!` that is not in `stored_words!`
/// });
/// ```
///
/// Rust lets a crate say this only of a struct of its own. One of another crate, such as `Member` of `desk`, is
/// read inside of one: `from_row!(Fetched(Member) { … })` makes a row what `Fetched<Member>` can be read of.
#[macro_export]
macro_rules! from_row {
    (@read $row:ident $field:ident) => {
        $crate::db::Get::read($row, stringify!($field))?
    };
    (@read $row:ident $field:ident $column:literal) => {
        $crate::db::Get::read($row, $column)?
    };
    (@read $row:ident $field:ident or_default) => {
        $crate::db::from_row!(@or_default $row stringify!($field))
    };
    (@read $row:ident $field:ident or_default $column:literal) => {
        $crate::db::from_row!(@or_default $row $column)
    };
    (@read $row:ident $field:ident json) => {
        $crate::db::from_row!(@json $row stringify!($field))
    };
    (@read $row:ident $field:ident json $column:literal) => {
        $crate::db::from_row!(@json $row $column)
    };
    (@read $row:ident $field:ident row) => {
        $crate::db::FromRow::from_row($row)?
    };
    (@read $row:ident $field:ident row_if $column:literal) => {
        match $crate::db::Get::maybe_text($row, $column)? {
            Some(_) => Some($crate::db::FromRow::from_row($row)?),
            None => None,
        }
    };
    (@read $row:ident $field:ident is_set $column:literal) => {
        $crate::db::Get::maybe_int($row, $column)?.is_some()
    };
    (@read $row:ident $field:ident word) => {
        $crate::db::word($row, stringify!($field), ::app::words::Words::of_word)?
    };
    (@read $row:ident $field:ident = $value:expr) => {
        $value
    };
    (@or_default $row:ident $column:expr) => {
        $crate::db::Get::read::<Option<_>>($row, $column)?.unwrap_or_default()
    };
    (@json $row:ident $column:expr) => {
        ::serde_json::from_str(&$crate::db::Get::text($row, $column)?)?
    };
    ($around:ident($row:ident) {
        $($field:ident $(: $from:tt $($column:literal)?)? $(= $value:expr)?),+ $(,)?
    }) => {
        impl<R: $crate::db::Columns> $crate::db::FromRow<R> for $around<$row> {
            fn from_row(row: &R) -> $crate::error::Result<Self> {
                Ok(Self($row {$(
                    $field: $crate::db::from_row!(
                        @read row $field $($from $($column)?)? $(= $value)?
                    ),
                )+}))
            }
        }
    };
    ($row:ty {
        $($field:ident $(: $from:tt $($column:literal)?)? $(= $value:expr)?),+ $(,)?
    }) => {
        impl<R: $crate::db::Columns> $crate::db::FromRow<R> for $row {
            fn from_row(row: &R) -> $crate::error::Result<Self> {
                Ok(Self {$(
                    $field: $crate::db::from_row!(
                        @read row $field $($from $($column)?)? $(= $value)?
                    ),
                )+})
            }
        }
    };
}

pub use from_row;

#[cfg(test)]
mod tests {
    use crate::db::{
        FromRow,
        row::tests::{Light, row},
    };

    #[derive(Debug, PartialEq, Eq)]
    struct Crossing {
        name: String,
        cars: i64,
        light: Light,
        before: Option<Light>,
        is_open: bool,
    }

    from_row!(Crossing {
        name,
        cars: "counted",
        light,
        before,
        is_open
    });

    #[derive(Debug, PartialEq, Eq)]
    struct Bridge {
        river: String,
    }

    from_row!(Bridge { river });

    #[derive(Debug, PartialEq, Eq)]
    struct Street {
        crossing: Crossing,
        bridge: Option<Bridge>,
        is_closed: bool,
        note: String,
        lanes: Vec<i64>,
        houses: Vec<String>,
    }

    from_row!(Street {
        crossing: row,
        bridge: row_if "river",
        is_closed: is_set "closed_at",
        note: or_default "remark",
        lanes: json,
        houses = Vec::new(),
    });

    #[tokio::test]
    async fn a_row_is_read_into_a_struct_by_the_names_of_its_columns() {
        let all = "'Quay' AS name, 7 AS counted, 'green' AS light, NULL AS before, 1 AS is_open";
        let crossing = Crossing {
            name: "Quay".to_owned(),
            cars: 7,
            light: Light::Green,
            before: None,
            is_open: true,
        };
        assert_eq!(Crossing::from_row(&row(all).await).unwrap(), crossing);
        let before = all.replace("NULL AS before", "'red' AS before");
        let read = Crossing::from_row(&row(&before).await).unwrap();
        assert_eq!(read.before, Some(Light::Red));
    }

    #[tokio::test]
    async fn a_struct_may_hold_another_one_of_the_same_row() {
        let columns = "'Quay' AS name, 7 AS counted, 'green' AS light, NULL AS before, 1 AS is_open, \
                       '[2,3]' AS lanes, NULL AS remark, NULL AS river, NULL AS closed_at";
        let street = Street::from_row(&row(columns).await).unwrap();
        assert_eq!(street.crossing.name, "Quay");
        assert_eq!((street.note.as_str(), street.lanes), ("", vec![2, 3]));
        assert_eq!((street.bridge, street.is_closed), (None, false));
        let noted = columns
            .replace("NULL AS remark", "'narrow' AS remark")
            .replace("NULL AS river", "'Elbe' AS river")
            .replace("NULL AS closed_at", "0 AS closed_at");
        let street = Street::from_row(&row(&noted).await).unwrap();
        assert_eq!((street.note.as_str(), street.is_closed), ("narrow", true));
        assert_eq!(
            street.bridge.map(|bridge| bridge.river),
            Some("Elbe".to_owned())
        );
        let spoilt = columns.replace("[2,3]", "[2,");
        assert!(Street::from_row(&row(&spoilt).await).is_err());
    }

    #[derive(Debug, PartialEq, Eq)]
    struct Lock {
        name: String,
        light: Light,
    }

    struct Around<T>(T);

    from_row!(Around(Lock) { name, light: word });

    #[tokio::test]
    async fn a_struct_of_another_crate_is_read_inside_of_one_of_this_crate() {
        let columns = "'Spandau' AS name, 'red' AS light";
        let lock = Around::<Lock>::from_row(&row(columns).await).unwrap();
        let expected = Lock {
            name: "Spandau".to_owned(),
            light: Light::Red,
        };
        assert_eq!(lock.0, expected);
        let unknown = columns.replace("red", "blue");
        assert!(Around::<Lock>::from_row(&row(&unknown).await).is_err());
    }
}
