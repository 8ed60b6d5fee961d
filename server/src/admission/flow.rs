//! How far a waiting room has let people in, and how far it does next: a function of what was, of the time that
//! has passed, and of what there is.
//!
//! What is let in is one number of places, which only rises. A second one follows it after the time that an
//! admission lasts, so nothing has to be kept of anybody who was let in.

use serde::{Deserialize, Serialize};

use super::place::{PER_BUCKET, bucket_at, first_of};

/// One ticket, in the unit that people are counted in who are let in: at a slow rate, a step is a part of one.
pub const TICKET: i64 = 1_000_000;
const MINUTE_MS: i64 = 60_000;
/// The longest time that one step makes up for. After a longer one nobody moved the room: what was missed is not
/// let in at once, and nobody's admission ran out meanwhile.
const LONGEST_MS: i64 = 5_000;
/// How long it takes to come back from a standstill to the rate that is set, if placing manages it.
const RECOVERY_MS: i64 = 30_000;
/// While placing does not keep up, half of the rate is taken off in this time.
const HALVING_MS: i64 = 4_000;
/// The lowest that it is taken to: a twentieth of the rate that is set.
const LEAST: i64 = 20;
/// Steps that are remembered of the time that an admission lasts.
const REMEMBERED: i64 = 60;

/// What the owner has set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// People let in per minute at most.
    pub per_minute: i64,
    /// How long an admission lasts.
    pub minutes: i64,
}

impl Rules {
    /// In parts of a ticket per minute.
    const fn pace(self) -> i64 {
        self.per_minute * TICKET
    }

    const fn lasts_ms(self) -> i64 {
        self.minutes * MINUTE_MS
    }

    const fn spacing_ms(self) -> i64 {
        self.lasts_ms() / REMEMBERED
    }
}

/// A moment that is remembered: when it was, up to which place people had been let in by then, and how many those
/// were, in parts of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step(pub i64, pub i64, pub i64);

/// How far a room has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// All places below are let in, and have been.
    pub admitted_to: i64,
    /// The admission of all places below has run out.
    pub lapsed_to: i64,
    /// How many were let in, in parts of a ticket.
    pub let_in: i64,
    /// What is let in now if nothing else bounds it, in parts of a ticket per minute; 0 before the first step.
    pub pace: i64,
    /// When it was last moved.
    pub moved_at: Option<i64>,
    /// The latest is last. The first is the newest whose time is over, if there is one.
    pub steps: Vec<Step>,
}

/// Tickets that were given out in one bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    pub bucket: u32,
    pub tickets: i64,
}

/// Whether orders are placed as fast as they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    KeepsUp,
    Lags,
}

/// What a step is made of.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub rules: Rules,
    /// In their order; those that were let in long ago may be missing.
    pub buckets: &'a [Bucket],
    /// The first bucket into which tickets may still come.
    pub filling: u32,
    /// Units that can be had.
    pub units: i64,
    /// Orders of those whose admission has not run out.
    pub used: i64,
    pub placing: Placing,
}

/// A step that has begun: what has lasted its time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    flow: Flow,
    now: i64,
    /// The time that is made up for, in milliseconds.
    counted: i64,
}

impl Turn {
    /// Orders from this place on are counted in [`Seen::used`].
    pub const fn lapsed_to(&self) -> i64 {
        self.flow.lapsed_to
    }

    /// The next step. Nobody who was let in is let out by it, and nobody before their time.
    #[must_use]
    pub fn next(self, seen: &Seen<'_>) -> Flow {
        let Self {
            mut flow,
            now,
            counted,
        } = self;
        flow.pace = flow.paced(seen, counted);
        let budget = (flow.pace * counted / MINUTE_MS).min(flow.room_for(seen));
        flow.let_in(budget, seen);
        flow.remember(now, seen.rules);
        flow.moved_at = Some(flow.moved_at.map_or(now, |at| at.max(now)));
        flow
    }
}

impl Flow {
    /// Begins a step.
    pub fn turn(&self, now: i64, rules: Rules) -> Turn {
        let mut flow = self.clone();
        let passed = self.moved_at.map_or(0, |at| (now - at).max(0));
        let counted = passed.min(LONGEST_MS);
        for step in &mut flow.steps {
            step.0 += passed - counted;
        }
        flow.lapse(now - rules.lasts_ms());
        Turn { flow, now, counted }
    }

    fn paced(&self, seen: &Seen<'_>, counted: i64) -> i64 {
        let set = seen.rules.pace();
        if self.pace == 0 {
            return set;
        }
        match seen.placing {
            Placing::KeepsUp => (self.pace + set * counted / RECOVERY_MS).min(set),
            Placing::Lags => {
                let less = self.pace / 2 * counted.min(HALVING_MS) / HALVING_MS;
                (self.pace - less).clamp((set / LEAST).max(1), set)
            }
        }
    }

    /// Takes back what was let in until then.
    fn lapse(&mut self, until: i64) {
        let over = self.steps.iter().rposition(|step| step.0 <= until);
        if let Some(at) = over {
            self.steps.drain(..at);
            self.lapsed_to = self.lapsed_to.max(self.steps[0].1);
        }
    }

    /// How many people are in who have ordered nothing yet, in parts of a ticket.
    pub fn inside(&self, used: i64) -> i64 {
        let lapsed = self.steps.first().filter(|step| step.1 <= self.lapsed_to);
        let lapsed = lapsed.map_or(0, |step| step.2);
        (self.let_in - lapsed - used * TICKET).max(0)
    }

    /// Each who is in may order a unit.
    fn room_for(&self, seen: &Seen<'_>) -> i64 {
        let units = seen.units.max(0).saturating_mul(TICKET);
        (units - self.inside(seen.used)).max(0)
    }

    fn let_in(&mut self, mut budget: i64, seen: &Seen<'_>) {
        let mut buckets = seen.buckets.iter().filter(|one| one.tickets > 0);
        while budget > 0 {
            let here = bucket_at(self.admitted_to);
            let Some(next) = buckets.find(|one| one.bucket >= here) else {
                break;
            };
            if next.bucket >= seen.filling {
                break;
            }
            // Nobody is between.
            self.admitted_to = self.admitted_to.max(first_of(next.bucket));
            let left = first_of(next.bucket + 1) - self.admitted_to;
            let people = i128::from(next.tickets) * i128::from(TICKET);
            let all = i128::from(PER_BUCKET);
            let cost = i64::try_from(people * i128::from(left) / all).unwrap_or(i64::MAX);
            if cost <= budget {
                self.admitted_to = first_of(next.bucket + 1);
                self.let_in += cost;
                budget -= cost;
            } else {
                let places = i128::from(budget) * all / people;
                self.admitted_to += i64::try_from(places).unwrap_or_default();
                self.let_in += budget;
                break;
            }
        }
    }

    /// Of the steps that are remembered, each is a while after the one before.
    fn remember(&mut self, now: i64, rules: Rules) {
        let step = Step(now, self.admitted_to, self.let_in);
        let last = self.steps.last();
        let due = last.is_none_or(|last| now - last.0 >= rules.spacing_ms());
        if due {
            self.steps.push(step);
        }
    }

    /// When the admission of a place runs out at the earliest; `None` if it was not let in, or only after the last
    /// step that is remembered.
    pub fn lasts_until(&self, place: i64, rules: Rules) -> Option<i64> {
        let step = self.steps.iter().find(|step| step.1 > place)?;
        Some(step.0 + rules.lasts_ms())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULES: Rules = Rules {
        per_minute: 300,
        minutes: 10,
    };

    fn next(flow: &Flow, now: i64, seen: &Seen<'_>) -> Flow {
        flow.turn(now, seen.rules).next(seen)
    }

    fn seen(buckets: &[Bucket]) -> Seen<'_> {
        Seen {
            rules: RULES,
            buckets,
            filling: 1,
            units: 1_000_000,
            used: 0,
            placing: Placing::KeepsUp,
        }
    }

    fn bucket(bucket: u32, tickets: i64) -> Bucket {
        Bucket { bucket, tickets }
    }

    /// The numbers of places of so many tickets, drawn by a generator that is always the same.
    fn drawn(tickets: usize) -> Vec<i64> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut places: Vec<i64> = (0..tickets)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 32) as i64
            })
            .collect();
        places.sort_unstable();
        places
    }

    fn admitted(places: &[i64], flow: &Flow) -> usize {
        places.partition_point(|place| *place < flow.admitted_to)
    }

    #[test]
    fn people_are_let_in_at_the_rate_that_is_set_within_a_tenth() {
        let places = drawn(100_000);
        let buckets = [bucket(0, 100_000)];
        for per_minute in [60, 300, 5_000] {
            let rules = Rules {
                per_minute,
                ..RULES
            };
            // A clock that ticks unevenly: 700, 1,000 or 1,300 ms.
            let (mut flow, mut now) = (Flow::default(), 0);
            for tick in 0..1_200 {
                let all = Seen {
                    rules,
                    ..seen(&buckets)
                };
                flow = next(&flow, now, &all);
                now += 700 + tick % 3 * 300;
            }
            let minutes = flow.moved_at.unwrap() as f64 / 60_000.0;
            let rate = admitted(&places, &flow) as f64 / minutes;
            let off = (rate / per_minute as f64 - 1.0).abs();
            assert!(off < 0.1, "{rate} instead of {per_minute} a minute");
            let counted = flow.let_in as f64 / TICKET as f64 / minutes;
            assert!(
                (counted / per_minute as f64 - 1.0).abs() < 0.01,
                "{counted}"
            );
        }
    }

    #[test]
    fn the_order_of_arrival_is_kept_after_the_start() {
        let buckets = [bucket(0, 2), bucket(1, 10), bucket(4, 10), bucket(5, 3)];
        let mut flow = Flow::default();
        let mut last = 0;
        for second in 0..20 {
            let all = Seen {
                filling: 5,
                ..seen(&buckets)
            };
            flow = next(&flow, second * 1_000, &all);
            assert!(flow.admitted_to >= last, "it only rises");
            last = flow.admitted_to;
        }
        assert_eq!(flow.let_in, 22 * TICKET);
        assert_eq!(
            flow.admitted_to,
            first_of(5),
            "into the sixth tickets may come"
        );
        // Nobody waits, so nothing is saved up for those who come.
        let buckets = [bucket(5, 1_000)];
        let later = Seen {
            filling: 6,
            ..seen(&buckets)
        };
        flow = next(&flow, 60_000, &later);
        flow = next(&flow, 61_000, &later);
        assert!(flow.let_in <= (22 + 25 + 5) * TICKET, "{}", flow.let_in);
    }

    #[test]
    fn nobody_is_let_in_for_whom_there_is_no_unit() {
        let buckets = [bucket(0, 1_000)];
        let mut flow = Flow::default();
        let few = Seen {
            units: 7,
            ..seen(&buckets)
        };
        for second in 0..60 {
            flow = next(&flow, second * 1_000, &few);
        }
        assert_eq!(flow.inside(0), 7 * TICKET);
        // Three of them order, so four units are left for the four who are in.
        let ordered = Seen {
            units: 4,
            used: 3,
            ..few
        };
        flow = next(&flow, 60_000, &ordered);
        assert_eq!(flow.let_in, 7 * TICKET);
        // The other four let their time pass: four more are let in.
        let until = 60_000 + 11 * 60_000;
        for now in (61_000..until).step_by(1_000) {
            let turn = flow.turn(now, RULES);
            let used = match turn.lapsed_to() {
                0 => 3,
                _ => 0,
            };
            flow = turn.next(&Seen { used, ..ordered });
            assert!(flow.inside(used) <= 4 * TICKET);
        }
        assert_eq!(flow.let_in, 11 * TICKET);
        // Sold out.
        let none = Seen {
            units: 0,
            used: 0,
            ..ordered
        };
        let before = flow.admitted_to;
        assert_eq!(next(&flow, until, &none).admitted_to, before);
    }

    #[test]
    fn an_admission_lasts_its_minutes_and_no_less() {
        let buckets = [bucket(0, 10_000)];
        let mut flow = Flow::default();
        let mut history = Vec::new();
        for now in (0..30 * 60_000).step_by(1_000) {
            flow = next(&flow, now, &seen(&buckets));
            history.push((now, flow.admitted_to));
            let lapsed = history.partition_point(|(at, _)| *at <= now - 10 * 60_000);
            let most = lapsed.checked_sub(1).map_or(0, |at| history[at].1);
            assert!(flow.lapsed_to <= most, "they had less than ten minutes");
            let lapsed = history.partition_point(|(at, _)| *at <= now - 11 * 60_000);
            let least = lapsed.checked_sub(1).map_or(0, |at| history[at].1);
            assert!(flow.lapsed_to >= least, "they had more than eleven");
        }
        assert!(flow.steps.len() <= 62, "{}", flow.steps.len());
        let until = flow.lasts_until(flow.lapsed_to, RULES).unwrap();
        assert!(until > 30 * 60_000 - 60_000, "{until}");
    }

    #[test]
    fn while_nobody_moves_it_nothing_lapses_and_nothing_is_made_up_for() {
        let buckets = [bucket(0, 10_000)];
        let mut flow = Flow::default();
        for second in 0..60 {
            flow = next(&flow, second * 1_000, &seen(&buckets));
        }
        let (let_in, lapsed_to) = (flow.let_in, flow.lapsed_to);
        // The database was away for half an hour.
        flow = next(&flow, 30 * 60_000, &seen(&buckets));
        assert!(flow.let_in - let_in <= 25 * TICKET, "five seconds' worth");
        assert_eq!(flow.lapsed_to, lapsed_to, "nobody has lost their admission");
        // A clock that goes back moves nothing.
        let back = next(&flow, 0, &seen(&buckets));
        assert_eq!((back.let_in, back.moved_at), (flow.let_in, flow.moved_at));
    }

    #[test]
    fn fewer_are_let_in_while_placing_lags_and_as_many_as_before_once_it_keeps_up() {
        let buckets = [bucket(0, 1_000_000)];
        let mut flow = Flow::default();
        let mut run = |from: i64, to: i64, placing: Placing| {
            let before = flow.let_in;
            for now in (from..to).step_by(1_000) {
                let all = Seen {
                    placing,
                    ..seen(&buckets)
                };
                flow = next(&flow, now, &all);
            }
            (flow.let_in - before) / TICKET
        };
        assert!((290..=300).contains(&run(0, 60_000, Placing::KeepsUp)));
        let lagging = run(60_000, 120_000, Placing::Lags);
        assert!(lagging < 60, "{lagging}");
        let again = run(120_000, 180_000, Placing::KeepsUp);
        assert!((200..300).contains(&again), "{again}");
        assert!((295..=305).contains(&run(180_000, 240_000, Placing::KeepsUp)));
    }

    proptest! {
        #[test]
        fn whatever_happens_it_only_rises_and_never_beyond_who_is_there(
            ticks in prop::collection::vec((0i64..20_000, 0i64..50, 0i64..200), 1..80),
            counts in prop::collection::vec(0i64..500, 1..6),
        ) {
            let buckets: Vec<Bucket> = (0..).zip(&counts).map(|(n, tickets)| bucket(n, *tickets)).collect();
            let filling = u32::try_from(buckets.len()).unwrap();
            let people: i64 = counts.iter().sum();
            let (mut flow, mut now) = (Flow::default(), 0);
            for (passed, used, units) in ticks {
                now += passed;
                let all = Seen { filling, units, used, ..seen(&buckets) };
                let next = next(&flow, now, &all);
                prop_assert!(next.admitted_to >= flow.admitted_to);
                prop_assert!(next.lapsed_to >= flow.lapsed_to);
                prop_assert!(next.lapsed_to <= next.admitted_to);
                prop_assert!(next.admitted_to <= first_of(filling));
                // Parts of a place are left over at each step.
                prop_assert!(next.let_in <= people * TICKET + TICKET / 100);
                let most = RULES.pace() * passed.min(LONGEST_MS) / MINUTE_MS;
                prop_assert!(next.let_in - flow.let_in <= most);
                flow = next;
            }
        }
    }
}
