//! Points in time, in words.
//!
//! Servers and shoppers sit in many time zones, and pages are made without script: all times are
//! given in UTC and say so.

use leptos::prelude::*;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const DAY: i64 = 24 * 60 * 60;

/// A point in time, taken apart as the calendar does.
struct Civil {
    year: i64,
    /// 1 to 12.
    month: usize,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Civil {
    /// `at` in milliseconds since 1970. Howard Hinnant's `civil_from_days`: years begin in March,
    /// so that the leap day is the last day of one.
    fn of(at: i64) -> Self {
        let seconds = at.div_euclid(1000);
        let of_day = seconds.rem_euclid(DAY);
        let days = seconds.div_euclid(DAY) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: month as usize,
            day: of_year - (153 * from_march + 2) / 5 + 1,
            hour: of_day / 3600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
        }
    }
}

/// `23 Nov 2026, 14:05 UTC`, from milliseconds since 1970.
pub fn date_and_time(at: i64) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        ..
    } = Civil::of(at);
    let month = MONTHS[month - 1];
    format!("{day} {month} {year}, {hour:02}:{minute:02} UTC")
}

/// `23 Nov 2026`, by UTC, from milliseconds since 1970.
pub fn date(at: i64) -> String {
    let Civil {
        year, month, day, ..
    } = Civil::of(at);
    format!("{day} {} {year}", MONTHS[month - 1])
}

/// The first millisecond of a day by UTC, from `2026-11-23` as date fields send it.
pub fn day_start(text: &str) -> Option<i64> {
    let mut parts = text.trim().splitn(3, '-');
    let mut part = |digits: usize| {
        let part = parts.next()?;
        let fits = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<i64>().ok().filter(|_| fits)
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if !(1..=12).contains(&month) {
        return None;
    }
    // Hinnant's `days_from_civil`, the other way round.
    let from_march = (month + 9) % 12;
    let year_from_march = year - i64::from(month <= 2);
    let era = year_from_march.div_euclid(400);
    let of_era = year_from_march.rem_euclid(400);
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let at = days * DAY * 1000;
    // The 31st of a shorter month is no day.
    let civil = Civil::of(at);
    ((civil.year, civil.month as i64, civil.day) == (year, month, day)).then_some(at)
}

/// `2026-11-23T14:05:09Z`, for programs.
pub fn iso(at: i64) -> String {
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = Civil::of(at);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// A point in time for people and programs.
pub fn time(at: i64) -> impl IntoView {
    view! { <time datetime=iso(at)>{date_and_time(at)}</time> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        for at in [
            0,
            951_782_400_000,
            1_709_164_800_000,
            1_760_000_000_000,
            4_102_444_800_000,
        ] {
            let day = &iso(at)[..10];
            assert_eq!(
                day_start(day),
                Some(at - at.rem_euclid(DAY * 1000)),
                "{day}"
            );
        }
        assert_eq!(day_start(" 2024-02-29 "), Some(1_709_164_800_000));
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
        ] {
            assert_eq!(day_start(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_are_given_in_words() {
        assert_eq!(date_and_time(0), "1 Jan 1970, 00:00 UTC");
        assert_eq!(date_and_time(1_795_442_709_000), "23 Nov 2026, 14:05 UTC");
        assert_eq!(date_and_time(-1), "31 Dec 1969, 23:59 UTC");
    }

    #[test]
    fn leap_days_and_turns_of_centuries_are_where_they_belong() {
        for (at, text) in [
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (951_868_799_999, "2000-02-29T23:59:59Z"),
            (951_868_800_000, "2000-03-01T00:00:00Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00Z"),
            (1_767_225_599_000, "2025-12-31T23:59:59Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(iso(at), text);
        }
    }
}
