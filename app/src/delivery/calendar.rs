//! The days on which the shop sends parcels off, and what follows for a moment. Holidays are not known.

use std::fmt;

use jiff::{
    Timestamp, ToSpan, Zoned,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use super::{Dates, Delivery, Promise, WorkingDays};

/// A time of day, in minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchTime(u16);

impl DispatchTime {
    const MOST: i64 = 24 * 60 - 1;

    pub fn of_minutes(minutes: i64) -> Option<Self> {
        let minutes = u16::try_from(minutes).ok()?;
        (i64::from(minutes) <= Self::MOST).then_some(Self(minutes))
    }

    pub fn minutes(self) -> i64 {
        i64::from(self.0)
    }

    fn clock(self) -> (i8, i8) {
        let part = |minutes: u16| i8::try_from(minutes).unwrap_or_default();
        (part(self.0 / 60), part(self.0 % 60))
    }

    /// `14:30` or `9:05`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let number = |digits: &str, most: u16| {
            let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
            let number = digits.parse::<u16>().ok()?;
            (are_digits && digits.len() <= 2 && number <= most).then_some(number)
        };
        let minute = number(minutes, 59).filter(|_| minutes.len() == 2)?;
        Some(Self(number(hours, 23)? * 60 + minute))
    }
}

impl fmt::Display for DispatchTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// By what a shop counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// A name of the IANA's; days are UTC's where it is not known.
    pub time_zone: String,
    /// What is ordered from then on counts from the next working day; none: the whole day counts.
    pub dispatch_by: Option<DispatchTime>,
}

impl Calendar {
    /// When an order of this moment, in milliseconds since 1970, arrives: so many working days after the
    /// one on which it is sent off.
    pub fn dates(&self, days: WorkingDays, at: i64) -> Dates {
        let sent = self.sent(at);
        Dates {
            from: later(sent, days.from()).to_string(),
            to: later(sent, days.to()).to_string(),
        }
    }

    pub fn promise(&self, delivery: Delivery, at: i64) -> Promise {
        Promise {
            delivery,
            dates: Some(self.dates(delivery.days, at)),
        }
    }

    /// Until when orders arrive as one of this moment does, at most to the end of its day.
    pub fn until(&self, at: i64) -> i64 {
        let moment = self.moment(at);
        let midnight = moment.tomorrow().and_then(|day| day.start_of_day());
        let dispatch = self.dispatch_by.and_then(|time| {
            let day = moment.start_of_day().ok()?;
            let (hour, minute) = time.clock();
            let time = day.with().hour(hour).minute(minute).build().ok()?;
            (time > moment).then_some(time)
        });
        let ends = [midnight.ok(), dispatch].into_iter().flatten().min();
        ends.map_or(at, |end| end.timestamp().as_millisecond())
    }

    fn moment(&self, at: i64) -> Zoned {
        let zone = TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC);
        let moment = Timestamp::from_millisecond(at).unwrap_or_default();
        moment.to_zoned(zone)
    }

    /// The working day on which it is sent off.
    fn sent(&self, at: i64) -> Date {
        let moment = self.moment(at);
        let minute = i64::from(moment.hour()) * 60 + i64::from(moment.minute());
        let is_late = self
            .dispatch_by
            .is_some_and(|until| minute >= until.minutes());
        let today = moment.date();
        match is_late && is_working(today) {
            true => later(today, 1),
            false => on_or_after(today),
        }
    }
}

fn is_working(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The first working day from this one on.
fn on_or_after(day: Date) -> Date {
    let ahead = match day.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    day.saturating_add(ahead.days())
}

/// So many working days after one.
fn later(day: Date, days: i64) -> Date {
    (0..days).fold(day, |day, _| on_or_after(day.saturating_add(1.day())))
}

#[cfg(test)]
mod tests {
    use jiff::civil::DateTime;

    use super::*;

    /// In milliseconds since 1970.
    fn moment(zone: &str, minute: &str) -> i64 {
        let minute: DateTime = minute.parse().unwrap();
        let moment = minute.to_zoned(TimeZone::get(zone).unwrap()).unwrap();
        moment.timestamp().as_millisecond()
    }

    fn berlin(dispatch_by: Option<&str>) -> Calendar {
        Calendar {
            time_zone: "Europe/Berlin".to_owned(),
            dispatch_by: dispatch_by.and_then(DispatchTime::parse),
        }
    }

    /// What an order of this minute in Berlin is told, as `2026-12-01 2026-12-03`.
    fn told(calendar: &Calendar, minute: &str, [from, to]: [i64; 2]) -> String {
        let at = moment("Europe/Berlin", minute);
        let dates = calendar.dates(WorkingDays::new(from, to).unwrap(), at);
        format!("{} {}", dates.from, dates.to)
    }

    #[test]
    fn weekends_do_not_count() {
        let all_day = berlin(None);
        for (minute, days, dates) in [
            // 30 November 2026 is a Monday.
            ("2026-11-30T10:00", [1, 3], "2026-12-01 2026-12-03"),
            ("2026-11-30T23:59", [0, 0], "2026-11-30 2026-11-30"),
            ("2026-12-03T10:00", [1, 3], "2026-12-04 2026-12-08"),
            ("2026-12-04T10:00", [1, 1], "2026-12-07 2026-12-07"),
            ("2026-11-28T10:00", [1, 2], "2026-12-01 2026-12-02"),
            ("2026-11-29T10:00", [0, 1], "2026-11-30 2026-12-01"),
            ("2026-12-30T10:00", [2, 10], "2027-01-01 2027-01-13"),
        ] {
            assert_eq!(told(&all_day, minute, days), dates, "{minute} {days:?}");
        }
    }

    #[test]
    fn what_is_ordered_after_the_dispatch_time_counts_from_the_next_working_day() {
        let noon = berlin(Some("12:00"));
        for (minute, date) in [
            ("2026-11-30T11:59", "2026-12-01 2026-12-01"),
            ("2026-11-30T12:00", "2026-12-02 2026-12-02"),
            ("2026-12-04T12:00", "2026-12-08 2026-12-08"),
            // On a Sunday nothing is sent off, so that it is never late.
            ("2026-11-29T20:00", "2026-12-01 2026-12-01"),
        ] {
            assert_eq!(told(&noon, minute, [1, 1]), date, "{minute}");
        }
    }

    #[test]
    fn dates_are_the_same_until_the_dispatch_time_or_midnight() {
        let until = |calendar: &Calendar, minute: &str| {
            let end = calendar.until(moment("Europe/Berlin", minute));
            let zone = TimeZone::get("Europe/Berlin").unwrap();
            let end = Timestamp::from_millisecond(end).unwrap().to_zoned(zone);
            end.strftime("%m-%dT%H:%M").to_string()
        };
        for (dispatch_by, minute, end) in [
            (None, "2026-11-30T10:00", "12-01T00:00"),
            (Some("12:00"), "2026-11-30T11:59", "11-30T12:00"),
            (Some("12:00"), "2026-11-30T12:00", "12-01T00:00"),
            (Some("12:00"), "2026-11-29T20:00", "11-30T00:00"),
            // Clocks go forward and back.
            (None, "2026-03-29T01:00", "03-30T00:00"),
            (Some("14:00"), "2026-10-25T01:00", "10-25T14:00"),
        ] {
            assert_eq!(until(&berlin(dispatch_by), minute), end, "{minute}");
        }
    }

    #[test]
    fn days_begin_at_midnight_where_the_shop_is() {
        let days = WorkingDays::new(0, 0).unwrap();
        // 23:30 UTC on Monday is Tuesday in Berlin, and still Monday in New York.
        let at = moment("UTC", "2026-11-30T23:30");
        for (zone, date) in [
            ("UTC", "2026-11-30"),
            ("Europe/Berlin", "2026-12-01"),
            ("America/New_York", "2026-11-30"),
            ("Mars/Base", "2026-11-30"),
        ] {
            let calendar = Calendar {
                time_zone: zone.to_owned(),
                dispatch_by: None,
            };
            assert_eq!(calendar.dates(days, at).from, date, "{zone}");
        }
    }

    #[test]
    fn a_night_in_which_clocks_change_is_a_day_like_others() {
        // Clocks go forward on 29 March and back on 25 October 2026, both Sundays.
        let early = berlin(Some("02:30"));
        for (minute, date) in [
            ("2026-03-27T02:00", "2026-03-30 2026-03-30"),
            ("2026-03-29T03:30", "2026-03-31 2026-03-31"),
            ("2026-03-30T02:30", "2026-04-01 2026-04-01"),
            ("2026-10-25T02:30", "2026-10-27 2026-10-27"),
        ] {
            assert_eq!(told(&early, minute, [1, 1]), date, "{minute}");
        }
    }

    #[test]
    fn a_time_of_day_is_read_as_it_is_written() {
        for (typed, shown) in [("14:30", "14:30"), ("9:05", "09:05"), ("00:00", "00:00")] {
            let time = DispatchTime::parse(typed).unwrap();
            assert_eq!(time.to_string(), shown);
            assert_eq!(DispatchTime::of_minutes(time.minutes()), Some(time));
        }
        for wrong in [
            "",
            "14",
            "24:00",
            "12:60",
            "12:5",
            "+1:00",
            "1:000",
            "12:00:00",
            "noon",
            "٠٩:٣٠",
        ] {
            assert_eq!(DispatchTime::parse(wrong), None, "{wrong}");
        }
        assert_eq!(DispatchTime::of_minutes(-1), None);
        assert_eq!(DispatchTime::of_minutes(1440), None);
    }

    #[test]
    fn days_are_in_order_and_not_too_many() {
        assert!(WorkingDays::new(0, 60).is_some());
        for (from, to) in [(3, 2), (-1, 2), (0, 61)] {
            assert_eq!(WorkingDays::new(from, to), None);
        }
    }
}
