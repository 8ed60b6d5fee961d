//! How a room moves, by a clock that tests set.

use proptest::prelude::*;

use super::*;

const RULES: Rules = Rules {
    per_minute: 300,
    minutes: 10,
};

fn next(flow: &Flow, now: i64, seen: &StepInputs<'_>) -> Flow {
    flow.turn(now, seen.rules).next(seen)
}

fn seen(buckets: &[Bucket]) -> StepInputs<'_> {
    StepInputs {
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
            let all = StepInputs {
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
        let all = StepInputs {
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
    let later = StepInputs {
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
    let few = StepInputs {
        units: 7,
        ..seen(&buckets)
    };
    for second in 0..60 {
        flow = next(&flow, second * 1_000, &few);
    }
    assert_eq!(flow.inside(0), 7 * TICKET);
    // Three of them order, so four units are left for the four who are in.
    let ordered = StepInputs {
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
        flow = turn.next(&StepInputs { used, ..ordered });
        assert!(flow.inside(used) <= 4 * TICKET);
    }
    assert_eq!(flow.let_in, 11 * TICKET);
    // Sold out.
    let none = StepInputs {
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
}

#[test]
fn a_clock_that_goes_back_moves_nothing_and_holds_nobody_up() {
    let buckets = [bucket(0, 10_000)];
    let mut flow = Flow::default();
    for second in 3_600..3_660 {
        flow = next(&flow, second * 1_000, &seen(&buckets));
    }
    let before = flow.clone();
    let left = before.lasts_until(0, RULES).unwrap() - before.moved_at.unwrap();
    // By an hour.
    flow = next(&flow, 0, &seen(&buckets));
    assert_eq!((flow.let_in, flow.lapsed_to), (before.let_in, 0));
    assert_eq!(flow.lasts_until(0, RULES), Some(left), "as long as before");
    for second in 1..61 {
        flow = next(&flow, second * 1_000, &seen(&buckets));
    }
    assert_eq!(
        flow.let_in - before.let_in,
        300 * TICKET,
        "at once, as ever"
    );
    assert_eq!(flow.lapsed_to, 0);
    for second in 61..11 * 60 {
        flow = next(&flow, second * 1_000, &seen(&buckets));
    }
    assert!(flow.lapsed_to > 0, "their time ends when it is over");
}

#[test]
fn fewer_are_let_in_while_placing_lags_and_as_many_as_before_once_it_keeps_up() {
    let buckets = [bucket(0, 1_000_000)];
    let mut flow = Flow::default();
    let mut run = |from: i64, to: i64, placing: Placing| {
        let before = flow.let_in;
        for now in (from..to).step_by(1_000) {
            let all = StepInputs {
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
            let all = StepInputs { filling, units, used, ..seen(&buckets) };
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
