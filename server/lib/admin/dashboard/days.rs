//! The shop's days and hours. A day on which clocks change has 23 or 25 hours.

use std::ops;

use app::locale::locale;
use desk::admin::dashboard::ports::{Period, Unit};
use jiff::{Timestamp, ToSpan, Zoned, civil::Date, tz::TimeZone};

use super::text::Text;
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

/// The time that is asked for, by a shop's calendar.
pub struct Calendar {
    now: Zoned,
    first: Date,
    last: Date,
    unit: Unit,
}

impl Calendar {
    pub fn of(now: i64, zone: &str, period: Period) -> Result<Self> {
        let zone = TimeZone::get(zone).map_err(wrong)?;
        let now = Timestamp::from_millisecond(now).map_err(wrong)?;
        let now = now.to_zoned(zone);
        let (first, last) = match period {
            Period::Last(span) => {
                let today = now.date();
                let days = (span.days() - 1).days();
                (today.checked_sub(days).map_err(wrong)?, today)
            }
            Period::Between(range) => (range.first(), range.last()),
        };
        Ok(Self {
            now,
            first,
            last,
            unit: period.unit(),
        })
    }

    /// Hours, days or months without a gap between them.
    pub fn stretches(&self) -> Result<Vec<Stretch>> {
        let zone = self.now.time_zone();
        match self.unit {
            Unit::Hour => hours(self.first, zone),
            Unit::Day => days(self.first, self.last, zone),
            Unit::Month => months(self.first, self.last, zone),
        }
    }

    /// As many days right before. Of days that are not over yet, only what has passed of them is held
    /// against it, up to the same time of day.
    pub fn before(&self) -> Result<ops::Range<i64>> {
        let zone = self.now.time_zone();
        let end = self.last.tomorrow().map_err(wrong)?;
        let length = (end - self.first).get_days().days();
        let begins = self.first.checked_sub(length).map_err(wrong)?;
        let now = self.now.timestamp().as_millisecond();
        let ends = if now >= start(end, zone)? {
            start(self.first, zone)?
        } else if now <= start(self.first, zone)? {
            start(begins, zone)?
        } else {
            let then = self.now.checked_sub(length).map_err(wrong)?;
            then.timestamp().as_millisecond()
        };
        Ok(start(begins, zone)?..ends)
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

fn days(first: Date, last: Date, zone: &TimeZone) -> Result<Vec<Stretch>> {
    let mut days = Vec::new();
    let mut day = first;
    while day <= last {
        let next = day.tomorrow().map_err(wrong)?;
        days.push(Stretch {
            from: start(day, zone)?,
            until: start(next, zone)?,
            label: locale().day_of_week(day),
        });
        day = next;
    }
    Ok(days)
}

/// The first and the last may be parts of months.
fn months(first: Date, last: Date, zone: &TimeZone) -> Result<Vec<Stretch>> {
    let mut months = Vec::new();
    let mut day = first;
    while day <= last {
        let next = day.last_of_month().min(last).tomorrow().map_err(wrong)?;
        months.push(Stretch {
            from: start(day, zone)?,
            until: start(next, zone)?,
            label: locale().month(day),
        });
        day = next;
    }
    Ok(months)
}

fn hours(day: Date, zone: &TimeZone) -> Result<Vec<Stretch>> {
    let end = start(day.tomorrow().map_err(wrong)?, zone)?;
    let mut hours: Vec<Stretch> = Vec::new();
    let mut from = start(day, zone)?;
    while from < end {
        let local = Timestamp::from_millisecond(from)
            .map_err(wrong)?
            .to_zoned(zone.clone());
        let mut label = locale().clock(local.time());
        // When clocks go back an hour comes twice.
        if hours.iter().any(|hour| hour.label == label) {
            label = Text::from(locale()).again(&label);
        }
        let until = end.min(from + HOUR);
        hours.push(Stretch { from, until, label });
        from = until;
    }
    Ok(hours)
}

#[cfg(test)]
mod tests {
    use desk::admin::dashboard::{period::Range, ports::Span};

    use super::*;

    fn stretches(now: i64, zone: &str, span: Span) -> Result<Vec<Stretch>> {
        Calendar::of(now, zone, span.into())?.stretches()
    }

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

    fn before(now: &str, zone: &str, period: Period) -> ops::Range<i64> {
        Calendar::of(at(now), zone, period)
            .unwrap()
            .before()
            .unwrap()
    }

    #[test]
    fn days_that_are_not_over_are_compared_with_as_much_of_those_before() {
        let (now, zone) = ("2026-10-26T10:30:00Z", "Europe/Berlin");
        // Clocks went back on the 25th, so half past eleven was an hour earlier by UTC.
        let yesterday = before(now, zone, Span::Today.into());
        assert_eq!(yesterday.start, at("2026-10-24T22:00:00Z"));
        assert_eq!(yesterday.end, at("2026-10-25T10:30:00Z"));
        let week = before(now, zone, Span::Week.into());
        assert_eq!(week.start, at("2026-10-12T22:00:00Z"));
        assert_eq!(week.end, at("2026-10-19T09:30:00Z"));
    }

    #[test]
    fn days_of_the_past_are_compared_with_whole_ones() {
        let now = "2026-10-26T10:30:00Z";
        let range = Period::Between(Range::parse("2026-10-11", "2026-10-20").unwrap());
        let all = before(now, "UTC", range);
        assert_eq!(all.start, at("2026-10-01T00:00:00Z"));
        assert_eq!(all.end, at("2026-10-11T00:00:00Z"));
        // Of days to come nothing has passed.
        let range = Period::Between(Range::parse("2026-11-01", "2026-11-02").unwrap());
        assert!(before(now, "UTC", range).is_empty());
    }

    #[test]
    fn months_may_begin_and_end_in_the_middle() {
        let range = Period::Between(Range::parse("2026-01-15", "2026-05-02").unwrap());
        let calendar = Calendar::of(at("2026-10-26T10:30:00Z"), "UTC", range).unwrap();
        let months = calendar.stretches().unwrap();
        let labels: Vec<_> = months.iter().map(|month| month.label.as_str()).collect();
        assert_eq!(
            labels,
            ["Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026", "May 2026"]
        );
        assert_eq!(months[0].from, at("2026-01-15T00:00:00Z"));
        assert_eq!(months[4].until, at("2026-05-03T00:00:00Z"));
        assert!(months.windows(2).all(|pair| pair[0].until == pair[1].from));
    }
}
