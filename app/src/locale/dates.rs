//! Days and points in time as each language writes them, by ICU.

use icu_calendar::Gregorian;
use icu_datetime::{
    DateTimeFormatterLoadError, FixedCalendarDateTimeFormatter as Formatter, NoCalendarFormatter,
    fieldsets::{Combo, MD, MDE, T, YM, YMD, YMDT, zone::SpecificShort},
    input,
    options::TimePrecision,
};
use icu_time::zone::{IanaParser, UtcOffset, ZoneNameTimestamp};
use jiff::{
    Zoned,
    civil::{Date, Time},
};

use super::Locale;

impl Locale {
    /// `9 Oct 2025` or `09.10.2025`.
    pub fn date(self, day: Date) -> String {
        written(self, day, |forms| &forms.date)
    }

    /// `9 October 2025` or `9. Oktober 2025`.
    pub fn long_date(self, day: Date) -> String {
        written(self, day, |forms| &forms.long_date)
    }

    /// `9 Oct` or `9. Okt.`, where the year is known.
    pub fn day(self, day: Date) -> String {
        written(self, day, |forms| &forms.day)
    }

    /// `Thu 9 Oct` or `Do., 9. Okt.`
    pub fn day_of_week(self, day: Date) -> String {
        written(self, day, |forms| &forms.day_of_week)
    }

    /// `Oct 2025` or `10/2025`.
    pub fn month(self, day: Date) -> String {
        written(self, day, |forms| &forms.month)
    }

    /// `15:05`.
    pub fn clock(self, time: Time) -> String {
        with(self, |forms| {
            Some(forms.clock.format(&input_time(time)?).to_string())
        })
        .unwrap_or_else(|| time.to_string())
    }

    /// `9 Oct 2025, 10:53 CEST` or `09.10.2025, 10:53 MESZ`.
    pub fn moment(self, moment: &Zoned) -> String {
        with(self, |forms| {
            let zoned = input::ZonedDateTime {
                date: input_date(moment.date())?,
                time: input_time(moment.time())?,
                zone: zone(moment)?,
            };
            Some(forms.moment.format(&zoned).to_string())
        })
        .unwrap_or_else(|| moment.to_string())
    }

    /// `2–4 Dec` or `2.–4. Dez.`, where the year is known.
    pub fn days(self, first: Date, last: Date) -> String {
        range(&self.day(first), &self.day(last))
    }

    /// `2–4 December 2026` or `2.–4. Dezember 2026`.
    pub fn long_dates(self, first: Date, last: Date) -> String {
        range(&self.long_date(first), &self.long_date(last))
    }

    /// `Tue 1 – Thu 3 Dec` or `Di., 1. – Do., 3. Dez.`
    pub fn days_of_week(self, first: Date, last: Date) -> String {
        range(&self.day_of_week(first), &self.day_of_week(last))
    }
}

/// From one to the other, with what they end with said once.
fn range(first: &str, last: &str) -> String {
    if first == last {
        return last.to_owned();
    }
    let blanks = first.match_indices(' ').map(|(at, _)| at);
    let shared = blanks
        .map(|at| &first[at..])
        .find(|end| last.ends_with(end))
        .unwrap_or_default();
    let [begins, ends] = [first, last].map(|whole| &whole[..whole.len() - shared.len()]);
    match begins.contains(' ') || ends.contains(' ') {
        true => format!("{begins} – {last}"),
        false => format!("{begins}–{last}"),
    }
}

/// The forms of one language.
struct Forms {
    date: Formatter<Gregorian, YMD>,
    long_date: Formatter<Gregorian, YMD>,
    day: Formatter<Gregorian, MD>,
    day_of_week: Formatter<Gregorian, MDE>,
    month: Formatter<Gregorian, YM>,
    clock: NoCalendarFormatter<T>,
    moment: Formatter<Gregorian, Combo<YMDT, SpecificShort>>,
}

impl Forms {
    fn of(locale: Locale) -> Result<Self, DateTimeFormatterLoadError> {
        let icu = locale.icu();
        let moment = YMDT::medium().with_time_precision(TimePrecision::Minute);
        Ok(Self {
            date: Formatter::try_new((&icu).into(), YMD::medium())?,
            long_date: Formatter::try_new((&icu).into(), YMD::long())?,
            day: Formatter::try_new((&icu).into(), MD::medium())?,
            day_of_week: Formatter::try_new((&icu).into(), MDE::medium())?,
            month: Formatter::try_new((&icu).into(), YM::medium())?,
            clock: NoCalendarFormatter::try_new((&icu).into(), T::hm())?,
            moment: Formatter::try_new((&icu).into(), moment.with_zone(SpecificShort))?,
        })
    }
}

thread_local! {
    /// ICU's data of our languages is compiled in, so that nothing is missing.
    static FORMS: [Option<Forms>; Locale::ALL.len()] =
        Locale::ALL.map(|locale| Forms::of(locale).ok());
}

fn with<R>(locale: Locale, work: impl FnOnce(&Forms) -> Option<R>) -> Option<R> {
    FORMS.with(|all| all[locale as usize].as_ref().and_then(work))
}

/// A day in one of the forms that have no time.
fn written<F>(locale: Locale, day: Date, form: F) -> String
where
    F: FnOnce(&Forms) -> &dyn WriteDay,
{
    with(locale, |forms| Some(form(forms).write(input_date(day)?)))
        .unwrap_or_else(|| day.to_string())
}

trait WriteDay {
    fn write(&self, day: input::Date<Gregorian>) -> String;
}

macro_rules! writes_days {
    ($($fields:ty),*) => {
        $(impl WriteDay for Formatter<Gregorian, $fields> {
            fn write(&self, day: input::Date<Gregorian>) -> String {
                self.format(&day).to_string()
            }
        })*
    };
}

writes_days!(YMD, MD, MDE, YM);

fn input_date(day: Date) -> Option<input::Date<Gregorian>> {
    let [month, day_of_month] = [day.month(), day.day()].map(i8::unsigned_abs);
    input::Date::try_new_gregorian(day.year().into(), month, day_of_month).ok()
}

fn input_time(time: Time) -> Option<input::Time> {
    let [hour, minute, second] = [time.hour(), time.minute(), time.second()].map(i8::unsigned_abs);
    input::Time::try_new(hour, minute, second, 0).ok()
}

/// What the clocks there are called at that moment.
fn zone(moment: &Zoned) -> Option<icu_time::TimeZoneInfo<icu_time::zone::models::AtTime>> {
    let name = moment.time_zone().iana_name().unwrap_or("UTC");
    let offset = UtcOffset::try_from_seconds(moment.offset().seconds()).ok()?;
    let at = ZoneNameTimestamp::from_epoch_seconds(moment.timestamp().as_second());
    let zone = IanaParser::new().parse(name).with_offset(Some(offset));
    Some(zone.with_zone_name_timestamp(at))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// In English and in German.
    fn both(write: impl Fn(Locale) -> String) -> [String; 2] {
        Locale::ALL.map(write)
    }

    #[test]
    fn days_are_written_as_each_language_does() {
        let day = date(2025, 10, 9);
        assert_eq!(both(|l| l.date(day)), ["9 Oct 2025", "09.10.2025"]);
        let long = ["9 October 2025", "9. Oktober 2025"];
        assert_eq!(both(|l| l.long_date(day)), long);
        assert_eq!(both(|l| l.day(day)), ["9 Oct", "9. Okt."]);
        assert_eq!(both(|l| l.day_of_week(day)), ["Thu 9 Oct", "Do., 9. Okt."]);
        assert_eq!(both(|l| l.month(day)), ["Oct 2025", "10/2025"]);
        assert_eq!(both(|l| l.clock(Time::constant(9, 5, 0, 0))), ["09:05"; 2]);
    }

    #[test]
    fn months_have_the_names_of_the_language() {
        let names = |locale: Locale| -> Vec<String> {
            let days = (1..=12).map(|month| locale.long_date(date(2026, month, 1)));
            let name = |day: String| day.split(' ').nth(1).unwrap_or_default().to_owned();
            days.map(name).collect()
        };
        assert_eq!(
            names(Locale::En),
            [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ]
        );
        assert_eq!(
            names(Locale::De),
            [
                "Januar",
                "Februar",
                "März",
                "April",
                "Mai",
                "Juni",
                "Juli",
                "August",
                "September",
                "Oktober",
                "November",
                "Dezember",
            ]
        );
    }

    #[test]
    fn a_moment_names_the_clocks_that_show_it() {
        let summer = |zone: &str| date(2026, 7, 4).at(10, 0, 0, 0).in_tz(zone).unwrap();
        let winter = |zone: &str| date(2026, 11, 23).at(15, 5, 9, 0).in_tz(zone).unwrap();
        for (moment, words) in [
            (
                winter("Europe/Berlin"),
                ["23 Nov 2026, 15:05 CET", "23.11.2026, 15:05 MEZ"],
            ),
            (
                summer("Europe/Berlin"),
                ["4 Jul 2026, 10:00 CEST", "04.07.2026, 10:00 MESZ"],
            ),
            (
                summer("Europe/London"),
                ["4 Jul 2026, 10:00 BST", "04.07.2026, 10:00 GMT+1"],
            ),
            (
                winter("America/New_York"),
                ["23 Nov 2026, 15:05 GMT-5", "23.11.2026, 15:05 GMT-5"],
            ),
            (
                winter("UTC"),
                ["23 Nov 2026, 15:05 UTC", "23.11.2026, 15:05 UTC"],
            ),
        ] {
            assert_eq!(both(|l| l.moment(&moment)), words, "{moment}");
        }
    }

    #[test]
    fn a_range_says_once_what_both_ends_share() {
        let days = |first, last| both(|l| l.days(first, last));
        let [second, fourth] = [date(2026, 12, 2), date(2026, 12, 4)];
        assert_eq!(days(second, fourth), ["2–4 Dec", "2.–4. Dez."]);
        assert_eq!(days(second, second), ["2 Dec", "2. Dez."]);
        let november = date(2026, 11, 30);
        let over = ["30 Nov – 4 Dec", "30. Nov. – 4. Dez."];
        assert_eq!(days(november, fourth), over);
        // The same day of two months shares nothing but the month's end.
        assert_eq!(
            both(|l| l.long_dates(date(2026, 11, 2), second)),
            [
                "2 November – 2 December 2026",
                "2. November – 2. Dezember 2026"
            ]
        );
        assert_eq!(
            both(|l| l.long_dates(second, date(2026, 12, 12))),
            ["2–12 December 2026", "2.–12. Dezember 2026"]
        );
        assert_eq!(
            both(|l| l.long_dates(date(2026, 12, 31), date(2027, 1, 2))),
            [
                "31 December 2026 – 2 January 2027",
                "31. Dezember 2026 – 2. Januar 2027",
            ]
        );
        assert_eq!(
            both(|l| l.days_of_week(second, fourth)),
            ["Wed 2 – Fri 4 Dec", "Mi., 2. – Fr., 4. Dez."]
        );
        assert_eq!(
            both(|l| l.days_of_week(date(2026, 12, 30), date(2027, 1, 4))),
            ["Wed 30 Dec – Mon 4 Jan", "Mi., 30. Dez. – Mo., 4. Jan."]
        );
    }
}
