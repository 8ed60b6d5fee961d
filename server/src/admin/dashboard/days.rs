//! The shop's days and hours. A day on which clocks change has 23 or 25 hours.

use app::{
    admin::dashboard::ports::Span,
    locale::{Locale, locale},
};
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};

use crate::error::{Error, Result};

const HOUR: i64 = 60 * 60 * 1000;

/// A stretch of time, in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub from: i64,
    /// The first moment that is not part of it.
    pub until: i64,
    pub label: String,
}

/// Today's hours, or the last days with today as the last one, without a gap between them.
pub fn stretches(now: i64, zone: &str, span: Span) -> Result<Vec<Stretch>> {
    let zone = TimeZone::get(zone).map_err(wrong)?;
    let now = Timestamp::from_millisecond(now).map_err(wrong)?;
    let today = now.to_zoned(zone.clone()).date();
    match span {
        Span::Today => hours(today, &zone),
        Span::Week => days(today, 7, &zone),
        Span::Month => days(today, 30, &zone),
    }
}

fn wrong(error: jiff::Error) -> Error {
    Error::Invariant(format!("the calendar: {error}"))
}

/// The first moment of a day, which need not be midnight.
fn start(day: Date, zone: &TimeZone) -> Result<i64> {
    let start = day.to_zoned(zone.clone()).map_err(wrong)?;
    Ok(start.timestamp().as_millisecond())
}

fn days(today: Date, count: i32, zone: &TimeZone) -> Result<Vec<Stretch>> {
    let mut days = Vec::new();
    let mut day = today;
    for _ in 0..count {
        let next = day.tomorrow().map_err(wrong)?;
        days.push(Stretch {
            from: start(day, zone)?,
            until: start(next, zone)?,
            label: day_label(day),
        });
        day = day.yesterday().map_err(wrong)?;
    }
    days.reverse();
    Ok(days)
}

/// `Mon 5 Oct` or `Mo 5.10.`
fn day_label(day: Date) -> String {
    match locale() {
        Locale::En => day.strftime("%a %-d %b").to_string(),
        Locale::De => {
            let name = match day.weekday() {
                Weekday::Monday => "Mo",
                Weekday::Tuesday => "Di",
                Weekday::Wednesday => "Mi",
                Weekday::Thursday => "Do",
                Weekday::Friday => "Fr",
                Weekday::Saturday => "Sa",
                Weekday::Sunday => "So",
            };
            format!("{name} {}", day.strftime("%-d.%-m."))
        }
    }
}

fn hours(today: Date, zone: &TimeZone) -> Result<Vec<Stretch>> {
    let end = start(today.tomorrow().map_err(wrong)?, zone)?;
    let mut hours: Vec<Stretch> = Vec::new();
    let mut from = start(today, zone)?;
    while from < end {
        let local = Timestamp::from_millisecond(from)
            .map_err(wrong)?
            .to_zoned(zone.clone());
        let mut label = local.strftime("%H:%M").to_string();
        // When clocks go back an hour comes twice.
        if hours.iter().any(|hour| hour.label == label) {
            label.push_str(match locale() {
                Locale::En => " again",
                Locale::De => " noch einmal",
            });
        }
        let until = end.min(from + HOUR);
        hours.push(Stretch { from, until, label });
        from = until;
    }
    Ok(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    fn lengths(days: &[Stretch]) -> Vec<i64> {
        days.iter()
            .map(|day| (day.until - day.from) / HOUR)
            .collect()
    }

    #[test]
    fn days_are_the_shops_and_follow_each_other() {
        // Half past midnight in Berlin is still the day before by UTC.
        let now = at("2026-07-09T22:30:00Z");
        let days = stretches(now, "Europe/Berlin", Span::Week).unwrap();
        assert_eq!(days.len(), 7);
        assert_eq!(days[6].label, "Fri 10 Jul");
        assert_eq!(days[6].from, at("2026-07-09T22:00:00Z"));
        assert_eq!(days[0].label, "Sat 4 Jul");
        assert!(days.windows(2).all(|pair| pair[0].until == pair[1].from));
        let utc = stretches(now, "UTC", Span::Month).unwrap();
        assert_eq!(utc.len(), 30);
        assert_eq!(utc[29].from, at("2026-07-09T00:00:00Z"));
    }

    #[test]
    fn a_day_on_which_clocks_change_is_shorter_or_longer() {
        let spring = at("2026-03-30T10:00:00Z");
        let days = stretches(spring, "Europe/Berlin", Span::Week).unwrap();
        assert_eq!(lengths(&days), [24, 24, 24, 24, 24, 23, 24]);
        let autumn = at("2026-10-26T10:00:00Z");
        let days = stretches(autumn, "Europe/Berlin", Span::Week).unwrap();
        assert_eq!(lengths(&days), [24, 24, 24, 24, 24, 25, 24]);
    }

    #[test]
    fn hours_of_such_a_day_leave_one_out_or_have_one_twice() {
        let labels = |now: &str| -> Vec<String> {
            let hours = stretches(at(now), "Europe/Berlin", Span::Today).unwrap();
            hours.into_iter().map(|hour| hour.label).collect()
        };
        let spring = labels("2026-03-29T10:00:00Z");
        assert_eq!(spring.len(), 23);
        assert_eq!(spring[..4], ["00:00", "01:00", "03:00", "04:00"]);
        let autumn = labels("2026-10-25T10:00:00Z");
        assert_eq!(autumn.len(), 25);
        assert_eq!(autumn[1..5], ["01:00", "02:00", "02:00 again", "03:00"]);
    }

    #[test]
    fn a_day_may_begin_at_one_and_clocks_may_change_by_half_an_hour() {
        // Clocks in Cairo went from midnight to one.
        let cairo = stretches(at("2026-04-24T10:00:00Z"), "Africa/Cairo", Span::Today).unwrap();
        assert_eq!((cairo.len(), cairo[0].label.as_str()), (23, "01:00"));
        let lord_howe = "Australia/Lord_Howe";
        let hours = stretches(at("2026-04-05T03:00:00Z"), lord_howe, Span::Today).unwrap();
        let whole: i64 = hours.iter().map(|hour| hour.until - hour.from).sum();
        assert_eq!(whole, 24 * HOUR + HOUR / 2);
    }
}
