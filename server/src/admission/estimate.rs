//! How many are ahead of a place, and how long that takes: from counts of tickets and the rate of the last minutes.

use super::{
    flow::{Bucket, Flow, TICKET},
    place::{PER_BUCKET, Place, bucket_at, first_of},
};

const MINUTE_MS: i64 = 60_000;
/// The rate is that of the last so many milliseconds.
const LOOKED_BACK_MS: i64 = 2 * MINUTE_MS;
/// Less than this says nothing of a rate.
const LEAST_MS: i64 = 10_000;

/// How many tickets there are, added up once for all who wait: some ask every second, among thousands of buckets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// In their order, each with the tickets of all before it.
    buckets: Vec<(Bucket, i64)>,
    all: i64,
}

impl Counts {
    /// Of these buckets, in their order.
    pub fn of(buckets: &[Bucket]) -> Self {
        let mut all = 0;
        let buckets = buckets.iter().map(|one| {
            let before = all;
            all += one.tickets;
            (*one, before)
        });
        let buckets = buckets.collect();
        Self { buckets, all }
    }

    /// Tickets below a place, times [`PER_BUCKET`].
    fn below(&self, place: i64) -> i128 {
        let here = bucket_at(place);
        let at = self.buckets.partition_point(|(one, _)| one.bucket < here);
        let (before, part) = match self.buckets.get(at) {
            Some((one, before)) if one.bucket == here => {
                let part = i128::from(place - first_of(here)) * i128::from(one.tickets);
                (*before, part)
            }
            Some((_, before)) => (*before, 0),
            None => (self.all, 0),
        };
        i128::from(before) * i128::from(PER_BUCKET) + part
    }

    fn between(&self, from: i64, until: i128) -> i64 {
        let between = (until - self.below(from)).max(0);
        i64::try_from(between / i128::from(PER_BUCKET)).unwrap_or(i64::MAX)
    }

    /// Tickets between the last place that was let in and this one.
    pub fn ahead(&self, place: Place, admitted_to: i64) -> i64 {
        self.between(admitted_to, self.below(place.0))
    }

    /// Who waits, in all buckets.
    pub fn waiting(&self, admitted_to: i64) -> i64 {
        let all = i128::from(self.all) * i128::from(PER_BUCKET);
        self.between(admitted_to, all)
    }
}

/// People let in per minute of late, times [`TICKET`]; what is set before there is anything to go by.
pub fn rate(flow: &Flow, set_per_minute: i64) -> i64 {
    let set = set_per_minute * TICKET;
    let Some(now) = flow.moved_at else {
        return set;
    };
    let Some(first) = flow
        .steps
        .iter()
        .find(|step| step.0 >= now - LOOKED_BACK_MS)
        .filter(|step| now - step.0 >= LEAST_MS)
    else {
        return match flow.pace {
            0 => set,
            pace => pace,
        };
    };
    let let_in = i128::from(flow.let_in - first.2);
    let per_minute = let_in * i128::from(MINUTE_MS) / i128::from(now - first.0);
    i64::try_from(per_minute).unwrap_or(i64::MAX)
}

/// Minutes until so many are let in, the next whole one; `None` if nobody is let in at present.
pub fn minutes(ahead: i64, rate: i64) -> Option<i64> {
    if rate <= 0 {
        return None;
    }
    let minutes = (i128::from(ahead) * i128::from(TICKET)).div_euclid(i128::from(rate)) + 1;
    i64::try_from(minutes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admission::flow::{Placing, Rules, StepInputs};

    fn bucket(bucket: u32, tickets: i64) -> Bucket {
        Bucket { bucket, tickets }
    }

    #[test]
    fn who_is_ahead_is_counted_by_parts_of_buckets() {
        let half = PER_BUCKET / 2;
        let counts = Counts::of(&[bucket(0, 100), bucket(3, 40), bucket(4, 10)]);
        let ahead = |place: i64, admitted_to: i64| counts.ahead(Place(place), admitted_to);
        assert_eq!(ahead(0, 0), 0);
        assert_eq!(ahead(half, 0), 50);
        assert_eq!(ahead(half, half / 2), 25);
        assert_eq!(ahead(first_of(3) + half, half), 70);
        assert_eq!(ahead(first_of(4) + half, first_of(3) + half), 25);
        assert_eq!(ahead(half, first_of(3)), 0, "it was let in long ago");
        assert_eq!(counts.waiting(half), 100);
        assert_eq!(counts.waiting(first_of(2)), 50);
        assert_eq!(counts.waiting(first_of(5)), 0);
        assert_eq!(Counts::default().waiting(0), 0);
    }

    #[test]
    fn minutes_are_whole_and_not_known_while_nobody_is_let_in() {
        assert_eq!(minutes(0, 60 * TICKET), Some(1));
        assert_eq!(minutes(59, 60 * TICKET), Some(1));
        assert_eq!(minutes(600, 60 * TICKET), Some(11));
        assert_eq!(minutes(600, 0), None);
    }

    /// 20,000 tickets, of which some do not come, and a rate that changes on the way: what one in the middle is
    /// told two minutes after the start and later is within a quarter of how long it took.
    #[test]
    fn the_estimate_is_within_a_quarter_for_the_median() {
        let rules = Rules {
            per_minute: 1_200,
            minutes: 10,
        };
        let buckets = [bucket(0, 20_000)];
        let counts = Counts::of(&buckets);
        let median = Place(PER_BUCKET / 2);
        let mut flow = Flow::default();
        let mut told = Vec::new();
        let mut now = 0;
        while flow.admitted_to <= median.0 {
            flow = flow.turn(now, rules).next(&StepInputs {
                rules,
                buckets: &buckets,
                filling: 1,
                units: 1_000_000,
                used: 0,
                // Placing lags for half a minute out of five.
                placing: match now / 30_000 % 10 {
                    4 => Placing::Lags,
                    _ => Placing::KeepsUp,
                },
            });
            let ahead = counts.ahead(median, flow.admitted_to);
            let minutes = minutes(ahead, rate(&flow, rules.per_minute)).unwrap();
            told.push((now, minutes as f64));
            now += 1_000;
        }
        let took = now as f64 / 60_000.0;
        let mut off: Vec<f64> = told
            .iter()
            .map(|(at, minutes)| {
                let left = took - *at as f64 / 60_000.0;
                // It is told in whole minutes.
                ((minutes - 0.5 - left).abs() - 0.5).max(0.0) / left
            })
            .collect();
        off.sort_by(f64::total_cmp);
        assert!(off[off.len() / 2] < 0.25, "{off:?}");
        let (_, first) = told[0];
        assert!(
            (first / took - 1.0).abs() < 0.25,
            "{first} minutes told, {took} taken"
        );
    }

    #[test]
    fn the_rate_is_that_of_the_last_minutes() {
        let rules = Rules {
            per_minute: 600,
            minutes: 10,
        };
        let buckets = [bucket(0, 100_000)];
        let mut flow = Flow::default();
        assert_eq!(rate(&flow, 600), 600 * TICKET);
        let mut run = |seconds: std::ops::Range<i64>, units: i64| {
            for second in seconds {
                flow = flow.turn(second * 1_000, rules).next(&StepInputs {
                    rules,
                    buckets: &buckets,
                    filling: 1,
                    units,
                    used: 0,
                    placing: Placing::KeepsUp,
                });
            }
            rate(&flow, 600) / TICKET
        };
        let full = run(0..100, 100_000);
        assert!((590..=600).contains(&full), "{full}");
        assert_eq!(run(100..400, 0), 0, "there is nothing to be had");
    }
}
