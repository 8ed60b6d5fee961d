//! What a look's form means. Everything that is wrong is said at once, each with its field.

use app::look::{
    Look,
    types::{Accent, Corners, Font, STANDARD, Shape},
};
use desk::admin::look::{
    faults::LookFault,
    ports::{LookForm, OWN},
};

use super::store;
use crate::{db::Connection, error::Result};

/// Fields with what is wrong with them.
pub type Faults = Vec<(&'static str, LookFault)>;

/// The look that a form means over the one that is `now`, which stays where the form is wrong.
pub async fn checked(
    connection: &mut Connection,
    form: &LookForm,
    now: &Look,
) -> Result<(Look, Faults)> {
    let mut faults = Faults::new();
    let mut look = Look {
        accent: or(accent(form), now.accent, &mut faults),
        corners: or(
            Corners::parse(form.corners.trim()).ok_or(("corners", LookFault::Corners)),
            now.corners,
            &mut faults,
        ),
        font: or(
            Font::parse(form.font.trim()).ok_or(("font", LookFault::Font)),
            now.font,
            &mut faults,
        ),
        ..Look::default()
    };
    for (field, shape, id, remove, place) in [
        (
            "logo",
            Shape::Logo,
            &form.logo,
            &form.remove_logo,
            &mut look.logo,
        ),
        (
            "logo_dark",
            Shape::Logo,
            &form.logo_dark,
            &form.remove_logo_dark,
            &mut look.logo_dark,
        ),
        (
            "icon",
            Shape::Icon,
            &form.icon,
            &form.remove_icon,
            &mut look.icon,
        ),
    ] {
        if id.trim().is_empty() || !remove.is_empty() {
            continue;
        }
        *place = store::picture(connection, id.trim(), shape).await?;
        if place.is_none() {
            faults.push((field, LookFault::Gone));
        }
    }
    Ok((look, faults))
}

fn or<T>(
    read: std::result::Result<T, (&'static str, LookFault)>,
    now: T,
    faults: &mut Faults,
) -> T {
    match read {
        Ok(read) => read,
        Err(fault) => {
            faults.push(fault);
            now
        }
    }
}

fn accent(form: &LookForm) -> std::result::Result<Accent, (&'static str, LookFault)> {
    match form.accent.trim() {
        STANDARD => Ok(Accent::Standard),
        OWN => match Accent::parse(form.hue.trim()) {
            Some(accent @ Accent::Hue(_)) => Ok(accent),
            _ => Err(("hue", LookFault::Hue)),
        },
        _ => Err(("accent", LookFault::Accent)),
    }
}
