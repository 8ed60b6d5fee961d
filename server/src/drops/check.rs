//! What a drop and its lines may be.

use app::{
    catalog::limits::{MAX_DESCRIPTION, MAX_SLUG, MAX_TITLE},
    drops::types::{DropForm, DropState, LineForm, MAX_UNITS},
    error::{FieldErrors, ShopResult},
    locale::locale,
    money::parse_amount,
    ui::date::Zone,
};

use super::{said, store::StoredDrop};
use crate::{
    ids::new_id,
    sale::terms::{Phase, Times},
    text::{free_slug, html::sanitise, is_slug, spelled, tidy_name},
};

/// A time that was typed: what is stored, if the field shows just that.
enum TypedTime {
    None,
    At(i64),
    Unread,
}

impl TypedTime {
    fn read(typed: &str, stored: Option<i64>, zone: &Zone) -> Self {
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::None;
        }
        // A field shows minutes alone.
        if let Some(stored) = stored.filter(|at| zone.minute(*at) == typed) {
            return Self::At(stored);
        }
        zone.at_minute(typed).map_or(Self::Unread, Self::At)
    }
}

/// What the form asks for, if it can be, among all there are: `before` is what is changed, none for a new
/// drop.
pub fn checked(
    form: &DropForm,
    before: Option<&StoredDrop>,
    all: &[StoredDrop],
    zone: &Zone,
    now: i64,
) -> ShopResult<StoredDrop> {
    let mut wrong = FieldErrors::default();
    let id = before.map(|before| before.id.as_str());
    let others = || all.iter().filter(move |one| Some(one.id.as_str()) != id);

    let title = tidy_name(&form.title);
    if title.is_empty() {
        wrong.add("title", said().title_wanted());
    } else if title.chars().count() > MAX_TITLE {
        wrong.add("title", said().too_long(&MAX_TITLE.to_string()));
    }

    let slug = match (form.slug.trim(), before) {
        ("", Some(before)) => before.slug.clone(),
        ("", None) => free_slug(&title, "drop", |slug| {
            all.iter().all(|one| one.slug != slug)
        }),
        (typed, _) => spelled(typed),
    };
    if slug.is_empty() {
        wrong.add("slug", said().address_empty());
    } else if !is_slug(&slug) {
        wrong.add("slug", said().too_long(&MAX_SLUG.to_string()));
    } else if others().any(|one| one.slug == slug) {
        wrong.add("slug", said().address_taken());
    }

    let text_html = sanitise(&form.text_html);
    if text_html.chars().count() > MAX_DESCRIPTION {
        wrong.add("text_html", said().text_too_long());
    }

    let stored = before.map(|before| &before.times);
    let mut time = |field: &str, typed: &str, stored: Option<i64>| {
        let typed = TypedTime::read(typed, stored, zone);
        if let TypedTime::Unread = typed {
            wrong.add(field, said().time_wanted());
        }
        typed
    };
    let opens = time("opens", &form.opens, stored.map(|times| times.opens_at));
    let reveal = time(
        "reveal",
        &form.reveal,
        stored.and_then(|times| times.reveal_at),
    );
    let closes = time(
        "closes",
        &form.closes,
        stored.and_then(|times| times.closes_at),
    );
    let opens_at = match opens {
        TypedTime::At(at) => at,
        TypedTime::None => {
            wrong.add("opens", said().time_wanted());
            0
        }
        TypedTime::Unread => 0,
    };
    let maybe = |typed: TypedTime| match typed {
        TypedTime::At(at) => Some(at),
        TypedTime::None | TypedTime::Unread => None,
    };
    let (reveal_at, closes_at) = (maybe(reveal), maybe(closes));
    if opens_at > 0 && reveal_at.is_some_and(|at| at > opens_at) {
        wrong.add("reveal", said().reveal_too_late());
    }
    if closes_at.is_some_and(|at| at <= opens_at) {
        wrong.add("closes", said().end_too_early());
    }
    if let Some(times) = stored.filter(|times| times.state == DropState::Planned) {
        let has_begun = times.phase(now) != Some(Phase::Before);
        let is_moved = times.opens_at != opens_at;
        if has_begun && (is_moved || times.reveal_at != reveal_at) {
            wrong.add("opens", said().has_begun());
        } else if is_moved && opens_at > 0 && opens_at <= now {
            wrong.add("opens", said().start_is_over());
        }
    }

    wrong.or(StoredDrop {
        id: id.map_or_else(new_id, str::to_owned),
        slug,
        title,
        text_html,
        times: Times {
            state: stored.map_or(DropState::Draft, |times| times.state),
            state_at: stored.map_or(now, |times| times.state_at),
            reveal_at,
            opens_at,
            closes_at,
            opened_at: stored.and_then(|times| times.opened_at),
        },
        version: before.map_or(1, |before| before.version + 1),
    })
}

/// What is typed for a line, if it can be; `sold` units of it are gone.
pub struct CheckedLine {
    pub price_minor: Option<i64>,
    pub units: i64,
    pub limit: Option<i64>,
}

pub fn line(form: &LineForm, sold: i64, currency: &str) -> ShopResult<CheckedLine> {
    let mut wrong = FieldErrors::default();
    let price_minor = match form.price.trim() {
        "" => None,
        typed => {
            let read = parse_amount(typed, currency).ok();
            if read.is_none_or(|minor| minor < 0) {
                wrong.add(
                    "price",
                    said().amount_unread(&locale().money(2500, currency)),
                );
            }
            read
        }
    };
    let units = form.units.trim().parse::<i64>().unwrap_or(0);
    if !(1..=MAX_UNITS).contains(&units) {
        wrong.add("units", said().units_unread(&MAX_UNITS.to_string()));
    } else if units < sold {
        wrong.add("units", said().units_sold(&sold.to_string()));
    }
    let limit = match form.limit.trim() {
        "" => None,
        typed => {
            let read = typed.parse::<i64>().ok();
            if read.is_none_or(|units| !(1..=MAX_UNITS).contains(&units)) {
                wrong.add("limit", said().limit_unread());
            }
            read
        }
    };
    wrong.or(CheckedLine {
        price_minor,
        units,
        limit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    fn zone() -> Zone {
        Zone::named("UTC")
    }

    fn form() -> DropForm {
        DropForm {
            title: "Summer".to_owned(),
            opens: zone().minute(10 * 365 * 24 * 100 * HOUR),
            ..DropForm::default()
        }
    }

    fn fields(checked: ShopResult<StoredDrop>) -> Vec<String> {
        let refused = checked.unwrap_err();
        refused
            .fields
            .into_iter()
            .map(|field| field.field)
            .collect()
    }

    fn at(hours: i64) -> String {
        zone().minute(1_800_000_000_000 + hours * HOUR)
    }

    #[test]
    fn a_form_is_told_all_that_is_wrong_with_it() {
        let all = [checked(&form(), None, &[], &zone(), 0).unwrap()];
        let wrong = DropForm {
            title: " ".to_owned(),
            slug: "summer".to_owned(),
            opens: "soon".to_owned(),
            ..DropForm::default()
        };
        assert_eq!(
            fields(checked(&wrong, None, &all, &zone(), 0)),
            ["title", "slug", "opens"]
        );
        let turned = DropForm {
            reveal: at(3),
            opens: at(2),
            closes: at(1),
            ..form()
        };
        assert_eq!(
            fields(checked(&turned, None, &[], &zone(), 0)),
            ["reveal", "closes"]
        );
    }

    #[test]
    fn what_has_begun_does_not_begin_again() {
        let typed = DropForm {
            opens: at(2),
            closes: at(9),
            ..form()
        };
        let mut stored = checked(&typed, None, &[], &zone(), 0).unwrap();
        stored.times.state = DropState::Planned;
        let opens_at = stored.times.opens_at;
        let later = DropForm {
            opens: at(3),
            ..typed.clone()
        };
        let all = [stored.clone()];
        let change = |form: &DropForm, now| checked(form, Some(&stored), &all, &zone(), now);
        assert!(change(&later, opens_at - 1).is_ok());
        assert_eq!(fields(change(&later, opens_at)), ["opens"]);
        let longer = DropForm {
            closes: at(12),
            ..typed
        };
        assert!(change(&longer, opens_at).is_ok());
    }

    #[test]
    fn a_line_keeps_what_is_sold() {
        let form = |price: &str, units: &str, limit: &str| LineForm {
            variant_id: String::new(),
            price: price.to_owned(),
            units: units.to_owned(),
            limit: limit.to_owned(),
        };
        let good = line(&form("", "5", "2"), 5, "EUR").unwrap();
        assert_eq!(
            (good.price_minor, good.units, good.limit),
            (None, 5, Some(2))
        );
        let refused = line(&form("x", "4", "0"), 5, "EUR").err().unwrap();
        let fields: Vec<_> = refused
            .fields
            .iter()
            .map(|field| field.field.as_str())
            .collect();
        assert_eq!(fields, ["price", "units", "limit"]);
    }
}
