//! What holds of every drop at every moment.

use app::drops::types::DropState;
use proptest::prelude::*;

use super::terms::{DropLine, NEVER, Phase, Shelf, Source, Times, shown_from, sold_from, terms};

/// Moments of tests: few, so that they meet.
const LAST: i64 = 40;

fn times() -> impl Strategy<Value = Times> {
    let state = prop_oneof![
        1 => Just(DropState::Draft),
        4 => Just(DropState::Planned),
        1 => Just(DropState::CalledOff),
    ];
    let reveal = prop::option::of(0..LAST);
    (state, 0..LAST, reveal, 0..LAST, prop::option::of(1..LAST)).prop_map(
        |(state, state_at, reveal, opens_at, open_for)| Times {
            state,
            state_at,
            reveal_at: reveal.map(|at| at.min(opens_at)),
            opens_at,
            closes_at: open_for.map(|units| opens_at + units),
            opened_at: None,
        },
    )
}

fn lines() -> impl Strategy<Value = Vec<DropLine>> {
    let line = (times(), prop::option::of(1i64..9), 0i64..5);
    prop::collection::vec(line, 0..4).prop_map(|lines| {
        let lines = lines.into_iter().enumerate();
        lines
            .map(|(n, (times, price_minor, remaining))| DropLine {
                drop_id: format!("d{n}"),
                times,
                price_minor,
                remaining,
                offered: 0,
                gate: None,
            })
            .collect()
    })
}

/// All that was called off was called off before this moment.
fn is_possible(lines: &[DropLine], now: i64) -> bool {
    let called_off = |line: &&DropLine| line.times.state == DropState::CalledOff;
    let mut called_off = lines.iter().filter(called_off);
    called_off.all(|line| line.times.state_at <= now)
}

fn shelf(lines: &[DropLine]) -> Shelf {
    Shelf {
        active: true,
        shown_from: shown_from(lines.iter().map(|line| &line.times)),
        sold_from: sold_from(lines.iter().map(|line| &line.times)),
        units: 7,
        price_minor: 100,
    }
}

proptest! {
    /// What is kept until the next moment is right until then.
    #[test]
    fn nothing_changes_between_two_moments(lines in lines(), from in 0..LAST, to in 0..LAST) {
        let shelf = shelf(&lines);
        let moments = || lines.iter().flat_map(|line| line.times.moments());
        prop_assume!(moments().all(|moment| moment <= from || moment > to));
        prop_assume!(from <= to && is_possible(&lines, from));
        prop_assert_eq!(terms(shelf, &lines, from), terms(shelf, &lines, to));
        // A variant of the same product that is in none of them.
        prop_assert_eq!(terms(shelf, &[], from), terms(shelf, &[], to));
    }

    #[test]
    fn nothing_of_what_is_new_is_sold_before_its_first_start(lines in lines(), now in 0..2 * LAST) {
        let times = || lines.iter().map(|line| &line.times);
        let mut planned = times().filter(|times| times.state == DropState::Planned).peekable();
        prop_assume!(planned.peek().is_some());
        let is_new = planned.all(|times| times.reveal_at.is_some() && times.opens_at > now);
        let beside = terms(shelf(&lines), &[], now);
        prop_assert_eq!(beside.source != Source::Shelf, is_new);
        prop_assert_eq!(beside.units, if is_new { 0 } else { 7 });
        prop_assert_eq!(beside.price_minor, 100);
    }

    #[test]
    fn a_drop_sells_from_its_start_to_its_end_and_at_no_other_time(
        lines in lines(),
        now in 0..2 * LAST,
    ) {
        let found = terms(shelf(&lines), &lines, now);
        let sells = |line: &&DropLine| {
            line.times.state == DropState::Planned
                && line.times.opens_at <= now
                && line.times.closes_at.is_none_or(|end| now < end)
        };
        match &found.source {
            Source::Drop { id, .. } => {
                let line = lines.iter().find(|line| line.drop_id == *id).unwrap();
                prop_assert!(sells(&line));
                prop_assert_eq!(found.units, line.remaining);
                prop_assert_eq!(found.price_minor, line.price_minor.unwrap_or(100));
            }
            Source::Shelf => {
                prop_assert!(!lines.iter().any(|line| sells(&line)));
                prop_assert_eq!((found.units, found.price_minor), (7, 100));
            }
            Source::NotBefore { at, .. } => {
                prop_assert!(*at > now);
                prop_assert_eq!(found.units, 0);
            }
        }
    }

    #[test]
    fn what_is_secret_is_seen_by_nobody_and_had_by_nobody(lines in lines(), now in 0..2 * LAST) {
        prop_assume!(is_possible(&lines, now));
        let all_secret = lines.iter().all(|line| match line.times.state {
            DropState::Planned => line.times.reveal_at.is_some_and(|at| at > now),
            DropState::Draft => line.times.reveal_at.is_some(),
            DropState::CalledOff => line.times.reveal_at.is_some_and(|at| at > line.times.state_at),
        });
        let found = terms(shelf(&lines), &lines, now);
        prop_assert_eq!(found.is_seen, lines.is_empty() || !all_secret);
    }

    #[test]
    fn a_millisecond_before_the_start_nothing_is_had_of_what_is_new(times in times(), left in 1i64..5) {
        let times = Times {
            state: DropState::Planned,
            reveal_at: Some(times.reveal_at.unwrap_or(times.opens_at)),
            ..times
        };
        let line = DropLine {
            drop_id: "d".to_owned(),
            price_minor: None,
            remaining: left,
            offered: 0,
            times,
            gate: None,
        };
        let lines = [line];
        let opens_at = lines[0].times.opens_at;
        let before = terms(shelf(&lines), &lines, opens_at - 1);
        prop_assert_eq!((before.units, before.source.not_before()), (0, Some(opens_at)));
        prop_assert_eq!(before.source.of_drop(), Some("d"));
        let at = terms(shelf(&lines), &lines, opens_at);
        prop_assert!(at.is_seen);
        prop_assert_eq!(at.units, left);
    }

    #[test]
    fn a_clock_that_goes_back_closes_nothing(lines in lines(), now in 0..LAST, back in 1..LAST) {
        let id = match terms(shelf(&lines), &lines, now).source {
            Source::Drop { id, .. } => id,
            Source::Shelf | Source::NotBefore { .. } => return Ok(()),
        };
        // As the first order notes it.
        let mut lines = lines;
        for line in lines.iter_mut().filter(|line| line.drop_id == id) {
            line.times.opened_at = Some(now);
        }
        let after = terms(shelf(&lines), &lines, now - back);
        prop_assert!(after.is_seen);
        let line = lines.iter().find(|line| line.drop_id == id).unwrap();
        prop_assert_eq!(line.times.phase(now - back), Some(Phase::Open));
        prop_assert!(after.source.drop_id().is_some());
    }
}

#[test]
fn what_was_never_shown_stays_secret_when_its_drop_is_called_off() {
    let planned = Times {
        state: DropState::Planned,
        state_at: 0,
        reveal_at: Some(10),
        opens_at: 20,
        closes_at: None,
        opened_at: None,
    };
    let called_off = |state_at| Times {
        state: DropState::CalledOff,
        state_at,
        ..planned.clone()
    };
    assert_eq!(planned.goods_shown_from(), 10);
    assert_eq!(called_off(9).goods_shown_from(), NEVER);
    assert_eq!(called_off(10).goods_shown_from(), 10);
    // Another drop shows it.
    let both = [called_off(9), planned];
    assert_eq!(shown_from(both.iter()), 10);
    assert_eq!(shown_from([].iter()), 0);
}
