//! Points in time, in words: by the clocks of the shop, which say whose they are. Pages are made
//! without script, so a reader's own time zone is not known.

use std::ops::Range;

use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use leptos::prelude::*;

use super::text::Text;
use crate::{locale::locale, shop::shop};

/// Where a shop's days begin and end.
pub struct Zone(TimeZone);

impl Zone {
    /// As the settings of the request's shop have it.
    pub fn of_shop() -> Self {
        Self::named(&shop().settings.time_zone)
    }

    /// UTC where the name is not known: settings are checked before they are kept.
    pub fn named(name: &str) -> Self {
        Self(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    fn at(&self, at: i64) -> Zoned {
        timestamp(at).to_zoned(self.0.clone())
    }

    /// `23 Nov 2026, 15:05 CET` or `23.11.2026, 15:05 MEZ`, from milliseconds since 1970.
    pub fn date_and_time(&self, at: i64) -> String {
        locale().moment(&self.at(at))
    }

    /// `23 Nov 2026` or `23.11.2026`, from milliseconds since 1970.
    pub fn date(&self, at: i64) -> String {
        locale().date(self.at(at).date())
    }

    /// From the first millisecond of a day to that of the next, from `2026-11-23` as date fields
    /// send it. Where clocks change a day has other than 24 hours.
    pub fn day(&self, text: &str) -> Option<Range<i64>> {
        let day = day(text)?;
        let start = |day: Date| {
            let start = day.to_zoned(self.0.clone()).ok()?;
            Some(start.timestamp().as_millisecond())
        };
        Some(start(day)?..start(day.tomorrow().ok()?)?)
    }

    /// `2026-11-23T15:05`, as fields for a date and a time have it, from milliseconds since 1970.
    pub fn minute(&self, at: i64) -> String {
        self.at(at).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// What such a field says, in milliseconds since 1970; a blank may be between date and time. Of a
    /// time that the clocks skip it is the one that they show instead, and of one that they show twice
    /// the first.
    pub fn at_minute(&self, text: &str) -> Option<i64> {
        let typed: DateTime = text.trim().replacen(' ', "T", 1).parse().ok()?;
        let at = typed.to_zoned(self.0.clone()).ok()?;
        let years = 2000..=9000;
        years
            .contains(&typed.year())
            .then(|| at.timestamp().as_millisecond())
    }

    /// Where a filter from one day to another begins and ends: the last day is meant as a whole.
    pub fn days(&self, from: &str, to: &str) -> (Option<i64>, Option<i64>) {
        (
            self.day(from).map(|day| day.start),
            self.day(to).map(|day| day.end),
        )
    }
}

/// What is wrong with a day that was typed into a filter.
pub fn day_error(text: &str) -> Option<String> {
    let unread = !text.is_empty() && day(text).is_none();
    unread.then(|| Text::from(locale()).invalid_date().to_owned())
}

/// As date fields send it.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let day: Date = text.parse().ok()?;
    // Other ways to write a day are none that a field can show again.
    (day.to_string() == text).then_some(day)
}

fn timestamp(at: i64) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap_or_default()
}

/// `2026-11-23T14:05:09Z`, for programs.
pub fn iso(at: i64) -> String {
    timestamp(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A day for people, by the shop's time zone.
pub fn date(at: i64) -> String {
    Zone::of_shop().date(at)
}

/// A point in time for people and programs.
pub fn time(at: i64) -> impl IntoView {
    view! { <time datetime=iso(at)>{Zone::of_shop().date_and_time(at)}</time> }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    #[test]
    fn a_minute_is_read_as_it_is_written() {
        let berlin = Zone::named("Europe/Berlin");
        let at = berlin.at_minute("2026-12-01T09:00").unwrap();
        assert_eq!(berlin.minute(at), "2026-12-01T09:00");
        assert_eq!(Zone::named("UTC").minute(at), "2026-12-01T08:00");
        for wrong in [
            "",
            "tomorrow",
            "2026-13-01T09:00",
            "0001-01-01T00:00",
            "9999-12-31T00:00",
        ] {
            assert_eq!(berlin.at_minute(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_are_given_in_words() {
        let utc = Zone::named("UTC");
        assert_eq!(utc.date_and_time(0), "1 Jan 1970, 00:00 UTC");
        assert_eq!(
            utc.date_and_time(1_795_442_709_000),
            "23 Nov 2026, 14:05 UTC"
        );
        assert_eq!(utc.date_and_time(-1), "31 Dec 1969, 23:59 UTC");
        assert_eq!(iso(1_795_442_709_999), "2026-11-23T14:05:09Z");
        assert_eq!(iso(951_868_799_999), "2000-02-29T23:59:59Z");
    }

    #[test]
    fn times_and_days_are_the_shops() {
        let at = 1_795_442_709_000;
        for (zone, words) in [
            ("Europe/Berlin", "23 Nov 2026, 15:05 CET"),
            ("America/New_York", "23 Nov 2026, 09:05 GMT-5"),
            ("Pacific/Auckland", "24 Nov 2026, 03:05 GMT+13"),
            ("America/Sao_Paulo", "23 Nov 2026, 11:05 GMT-3"),
        ] {
            assert_eq!(Zone::named(zone).date_and_time(at), words);
        }
        let auckland = Zone::named("Pacific/Auckland");
        assert_eq!(auckland.date(at), "24 Nov 2026");
        assert!(auckland.day("2026-11-24").unwrap().contains(&at));
        assert!(!auckland.day("2026-11-23").unwrap().contains(&at));
    }

    #[test]
    fn a_day_ends_where_the_next_begins() {
        let berlin = Zone::named("Europe/Berlin");
        for (day, next, hours) in [
            ("2026-11-23", "2026-11-24", 24),
            ("2026-03-29", "2026-03-30", 23),
            ("2026-10-25", "2026-10-26", 25),
        ] {
            let found = berlin.day(day).unwrap();
            assert_eq!(found.end - found.start, hours * HOUR, "{day}");
            assert_eq!(found.end, berlin.day(next).unwrap().start);
        }
        let utc = Zone::named("UTC").day(" 2024-02-29 ").unwrap();
        assert_eq!(utc, 1_709_164_800_000..1_709_251_200_000);
    }

    #[test]
    fn a_moment_is_read_as_it_is_shown() {
        let berlin = Zone::named("Europe/Berlin");
        for text in ["2026-11-23T15:05", "2026-07-01T00:00"] {
            let at = berlin.at_minute(text).unwrap();
            assert_eq!(berlin.minute(at), text);
            assert_eq!(berlin.at_minute(&text.replace('T', " ")), Some(at));
        }
        assert_eq!(
            berlin.at_minute("2026-11-23T15:05"),
            Some(1_795_442_700_000)
        );
        // Clocks go from 2 to 3 that night.
        let skipped = berlin.at_minute("2026-03-29T02:30").unwrap();
        assert_eq!(berlin.minute(skipped), "2026-03-29T03:30");
        for wrong in [
            "",
            "tomorrow",
            "2026-02-30T10:00",
            "2026-11-23T25:00",
            "15:05",
        ] {
            assert_eq!(berlin.at_minute(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for wrong in [
            "",
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-1-1",
            "24-01-01",
            "2024-01-00",
            "x",
            "2024-01-01T00:00",
            "-024-01-01",
            "20240101",
            "9999-12-31",
        ] {
            assert_eq!(Zone::named("UTC").day(wrong), None, "{wrong}");
        }
    }
}
