//! How far a waiting room has let people in, and how far it does next: a function of what was, of the time that
//! has passed, and of what there is.
//!
//! What is let in is one number of places, which only rises. A second one follows it after the time that an
//! admission lasts, so nothing has to be kept of anybody who was let in.

#[cfg(test)]
mod tests;

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
pub struct StepInputs<'a> {
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
    /// Orders from this place on are counted in [`StepInputs::used`].
    pub const fn lapsed_to(&self) -> i64 {
        self.flow.lapsed_to
    }

    /// The next step. Nobody who was let in is let out by it, and nobody before their time.
    #[must_use]
    pub fn next(self, seen: &StepInputs<'_>) -> Flow {
        let Self {
            mut flow,
            now,
            counted,
        } = self;
        flow.pace = flow.paced(seen, counted);
        let budget = (flow.pace * counted / MINUTE_MS).min(flow.room_for(seen));
        flow.let_in(budget, seen);
        flow.remember(now, seen.rules);
        flow.moved_at = Some(now);
        flow
    }
}

impl Flow {
    /// How far the clock has gone back since the last step, in milliseconds below 0.
    pub fn gone_back(&self, now: i64) -> i64 {
        self.moved_at.map_or(0, |at| (now - at).min(0))
    }

    /// Begins a step. If the clock has gone back, what was is taken to have been as much earlier.
    pub fn turn(&self, now: i64, rules: Rules) -> Turn {
        let mut flow = self.clone();
        let passed = self.moved_at.map_or(0, |at| now - at);
        let counted = passed.clamp(0, LONGEST_MS);
        for step in &mut flow.steps {
            step.0 += passed - counted;
        }
        flow.lapse(now - rules.lasts_ms());
        Turn { flow, now, counted }
    }

    fn paced(&self, seen: &StepInputs<'_>, counted: i64) -> i64 {
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
    fn room_for(&self, seen: &StepInputs<'_>) -> i64 {
        let units = seen.units.max(0).saturating_mul(TICKET);
        (units - self.inside(seen.used)).max(0)
    }

    fn let_in(&mut self, mut budget: i64, seen: &StepInputs<'_>) {
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
