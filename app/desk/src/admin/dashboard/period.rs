//! The time that figures are for. Days are the shop's.

use std::ops::RangeInclusive;

use app::ui::date::day;
use jiff::civil::Date;

app::words! {
    /// Days up to today.
    pub enum Span {
        Today = "today",
        Week = "7",
        Month = "30",
        Quarter = "90",
    }
}

impl Span {
    pub const fn days(self) -> i32 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

app::words! {
    /// The time of one bar.
    pub enum Unit {
        Hour = "hour",
        Day = "day",
        Month = "month",
    }
}

/// The years that a range may be in.
const YEARS: RangeInclusive<i16> = 2000..=9000;

/// From one day to another, both meant as a whole, and never more than [`Range::LONGEST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    first: Date,
    last: Date,
}

/// Why there is no such range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRange {
    FirstUnread,
    LastUnread,
    Backwards,
    TooLong,
}

impl Range {
    /// Days at most.
    pub const LONGEST: i32 = 366;

    /// From days as date fields send them.
    pub fn parse(first: &str, last: &str) -> Result<Self, NoRange> {
        let known = |text| day(text).filter(|day| YEARS.contains(&day.year()));
        let first = known(first).ok_or(NoRange::FirstUnread)?;
        let last = known(last).ok_or(NoRange::LastUnread)?;
        if last < first {
            return Err(NoRange::Backwards);
        }
        let range = Self { first, last };
        match range.days() {
            1..=Self::LONGEST => Ok(range),
            _ => Err(NoRange::TooLong),
        }
    }

    pub const fn first(self) -> Date {
        self.first
    }

    pub const fn last(self) -> Date {
        self.last
    }

    pub fn days(self) -> i32 {
        // Without a larger unit to fill, the difference of two dates is in days.
        (self.last - self.first).get_days() + 1
    }
}

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Last(Span),
    Between(Range),
}

impl From<Span> for Period {
    fn from(span: Span) -> Self {
        Self::Last(span)
    }
}

impl Period {
    pub fn days(self) -> i32 {
        match self {
            Self::Last(span) => span.days(),
            Self::Between(range) => range.days(),
        }
    }

    /// As many bars as can be told apart.
    pub fn unit(self) -> Unit {
        match self.days() {
            1 => Unit::Hour,
            2..=92 => Unit::Day,
            _ => Unit::Month,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_ends_where_it_begins_or_later() {
        let one = Range::parse("2026-02-28", "2026-02-28").unwrap();
        assert_eq!((one.days(), Period::Between(one).unit()), (1, Unit::Hour));
        let quarter = Range::parse("2026-01-01", "2026-03-31").unwrap();
        assert_eq!(
            (quarter.days(), Period::Between(quarter).unit()),
            (90, Unit::Day)
        );
        let year = Range::parse("2024-01-01", "2024-12-31").unwrap();
        assert_eq!(
            (year.days(), Period::Between(year).unit()),
            (366, Unit::Month)
        );
    }

    #[test]
    fn what_is_no_range_says_why() {
        for (first, last, why) in [
            ("", "2026-01-01", NoRange::FirstUnread),
            ("2026-01-01", "soon", NoRange::LastUnread),
            ("1999-12-31", "2026-01-01", NoRange::FirstUnread),
            ("2026-01-01", "9001-01-01", NoRange::LastUnread),
            ("2026-01-02", "2026-01-01", NoRange::Backwards),
            ("2025-01-01", "2026-01-02", NoRange::TooLong),
            ("2000-01-01", "9000-12-31", NoRange::TooLong),
        ] {
            assert_eq!(Range::parse(first, last), Err(why), "{first} to {last}");
        }
    }
}
