//! The look in the database.

use app::look::types::{Accent, Corners, Font, Look, LookPicture, Shape};
use desk::admin::look::ports::Changed;
use sqlx::Any;

use crate::{
    db::{Sql, from_row, stored_words},
    error::{Error, Result},
};

stored_words!(Corners, Font, Shape);

/// The look of the shop, and when it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLook {
    pub look: Look,
    pub version: i64,
    /// Who saved last, and when; nobody yet if none.
    pub changed: Option<Changed>,
}

const ROW: &str = "SELECT k.version, k.accent_hue, k.corners, k.font, k.changed_at, k.changed_by, \
     a.id AS logo_id, a.width AS logo_width, a.height AS logo_height, \
     b.id AS logo_dark_id, b.width AS logo_dark_width, b.height AS logo_dark_height, \
     c.id AS icon_id, c.width AS icon_width, c.height AS icon_height \
     FROM looks k LEFT JOIN look_pictures a ON a.id = k.logo_id \
     LEFT JOIN look_pictures b ON b.id = k.logo_dark_id \
     LEFT JOIN look_pictures c ON c.id = k.icon_id WHERE k.id = 1";

/// The row as it is.
struct LookRow {
    version: i64,
    accent_hue: Option<i64>,
    corners: Corners,
    font: Font,
    changed_at: Option<i64>,
    changed_by: Option<String>,
    logo_id: Option<String>,
    logo_width: Option<i64>,
    logo_height: Option<i64>,
    logo_dark_id: Option<String>,
    logo_dark_width: Option<i64>,
    logo_dark_height: Option<i64>,
    icon_id: Option<String>,
    icon_width: Option<i64>,
    icon_height: Option<i64>,
}

from_row!(LookRow {
    version,
    accent_hue,
    corners,
    font,
    changed_at,
    changed_by,
    logo_id,
    logo_width,
    logo_height,
    logo_dark_id,
    logo_dark_width,
    logo_dark_height,
    icon_id,
    icon_width,
    icon_height,
});

pub async fn read(executor: impl sqlx::Executor<'_, Database = Any>) -> Result<StoredLook> {
    let row: Option<LookRow> = Sql::new(ROW).fetch_optional_as(executor).await?;
    let row = row.ok_or_else(|| Error::Invariant("there is one look".to_owned()))?;
    let accent = match row.accent_hue {
        None => Accent::Standard,
        Some(hue) => Accent::Hue(number(hue)?),
    };
    Ok(StoredLook {
        look: Look {
            accent,
            corners: row.corners,
            font: row.font,
            logo: picture(row.logo_id, row.logo_width, row.logo_height)?,
            logo_dark: picture(row.logo_dark_id, row.logo_dark_width, row.logo_dark_height)?,
            icon: picture(row.icon_id, row.icon_width, row.icon_height)?,
        },
        version: row.version,
        changed: match (row.changed_at, row.changed_by) {
            (Some(at), Some(by)) => Some(Changed { at, by }),
            (None, _) | (_, None) => None,
        },
    })
}

fn picture(
    id: Option<String>,
    width: Option<i64>,
    height: Option<i64>,
) -> Result<Option<LookPicture>> {
    let (Some(id), Some(width), Some(height)) = (id, width, height) else {
        return Ok(None);
    };
    Ok(Some(LookPicture {
        id,
        width: number(width)?,
        height: number(height)?,
    }))
}

fn number<T: TryFrom<i64>>(value: i64) -> Result<T> {
    T::try_from(value).map_err(|_| Error::Invariant(format!("{value} is no part of a look")))
}
