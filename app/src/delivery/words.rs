//! What is said of it, in a language.

use super::{Delivery, Handover, Promise, Start};
use crate::{locale::Locale, ui::date::day};

mod text {
    include!(concat!(env!("OUT_DIR"), "/delivery_text.rs"));
}

use text::Text;

impl Delivery {
    /// `2–4 working days`, to go on after a comma.
    pub fn words(&self, locale: Locale) -> String {
        let text = Text::from(locale);
        let how = self.handover.as_str();
        match (self.days.from(), self.days.to()) {
            (0, 0) => text.same_day(how),
            (1, 1) => text.next_day(how),
            (0, to) => match self.handover {
                Handover::Delivery => text.within(to),
                Handover::Collection => text.ready_within(to),
            },
            (from, to) if from == to => text.in_days(&from.to_string(), how),
            (from, to) => text.in_days(&format!("{from}–{to}"), how),
        }
    }

    fn words_after(&self, locale: Locale, start: Start) -> String {
        let text = Text::from(locale);
        let days = self.days.to().max(1);
        match (self.handover, start) {
            (Handover::Delivery, Start::Payment) => text.arrives_after_payment(days),
            (Handover::Delivery, Start::Confirmation) => text.arrives_after_confirmation(days),
            (Handover::Collection, Start::Payment) => text.ready_after_payment(days),
            (Handover::Collection, Start::Confirmation) => text.ready_after_confirmation(days),
        }
    }
}

/// Instead of dates, where some of it is not there yet.
pub fn not_all_in_stock(locale: Locale) -> &'static str {
    Text::from(locale).not_all_in_stock()
}

impl Promise {
    /// `Arrives Tue 1 – Thu 3 Dec`. Where the days do not count yet it says what they will count from.
    pub fn words(&self, locale: Locale, start: Start) -> String {
        let dates = self.dates.as_ref();
        let dates = dates.and_then(|dates| Some((day(&dates.from)?, day(&dates.to)?)));
        match dates {
            Some((from, to)) => {
                let dates = locale.days_of_week(from, to);
                Text::from(locale).on_dates(&dates, self.delivery.handover.as_str())
            }
            None => self.delivery.words_after(locale, start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{Dates, WorkingDays};

    fn delivery(handover: Handover, from: i64, to: i64) -> Delivery {
        Delivery {
            handover,
            days: WorkingDays::new(from, to).unwrap(),
        }
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        use Handover::{Collection, Delivery};
        for (handover, [from, to], english, german) in [
            (Delivery, [2, 4], "2–4 working days", "2–4 Arbeitstage"),
            (Delivery, [3, 3], "3 working days", "3 Arbeitstage"),
            (
                Delivery,
                [1, 1],
                "next working day",
                "am nächsten Arbeitstag",
            ),
            (Delivery, [0, 0], "same working day", "am selben Arbeitstag"),
            (
                Delivery,
                [0, 1],
                "within 1 working day",
                "innerhalb von 1 Arbeitstag",
            ),
            (
                Delivery,
                [0, 2],
                "within 2 working days",
                "innerhalb von 2 Arbeitstagen",
            ),
            (
                Collection,
                [0, 0],
                "ready the same working day",
                "am selben Arbeitstag abholbereit",
            ),
            (
                Collection,
                [2, 4],
                "ready in 2–4 working days",
                "abholbereit in 2–4 Arbeitstagen",
            ),
        ] {
            let said = delivery(handover, from, to);
            let words = |locale| said.words(locale).replace('\u{a0}', " ");
            assert_eq!(words(Locale::En), english);
            assert_eq!(words(Locale::De), german);
        }
    }

    #[test]
    fn a_promise_names_its_dates_or_what_it_counts_from() {
        let dates = |from: &str, to: &str| Dates {
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let words = |delivery, dates: Option<Dates>| {
            let promise = Promise { delivery, dates };
            Locale::ALL.map(|locale| {
                let words = promise.words(locale, Start::Payment);
                words.replace('\u{a0}', " ")
            })
        };
        let parcel = delivery(Handover::Delivery, 1, 3);
        assert_eq!(
            words(parcel, Some(dates("2026-12-01", "2026-12-03"))),
            [
                "Arrives Tue 1 – Thu 3 Dec",
                "Lieferung Di., 1. – Do., 3. Dez."
            ]
        );
        let collected = delivery(Handover::Collection, 0, 0);
        assert_eq!(
            words(collected, Some(dates("2026-03-02", "2026-03-02"))),
            ["Ready Mon 2 Mar", "Abholbereit Mo., 2. März"]
        );
        assert_eq!(
            words(parcel, None),
            [
                "Arrives within 3 working days of your payment",
                "Lieferung innerhalb von 3 Arbeitstagen nach Zahlungseingang"
            ]
        );
    }
}
