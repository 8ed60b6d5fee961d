//! A hundred thousand people, most of them before the start, from their tickets to when they are let in.

use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{
    estimate::{self, Counts},
    flow::{Bucket, Flow, Placing, Rules, StepInputs},
    place::{BUCKET_MS, Place, Secret, Seed, bucket_after, bucket_at, first_of},
    ticket::TicketId,
};

const EARLY: usize = 80_000;
const LATE: usize = 20_000;
/// Those who are late come within this time after the start.
const COMING_MS: i64 = 10 * 60 * 1000;
const MINUTE_MS: i64 = 60 * 1000;
const RULES: Rules = Rules {
    per_minute: 6_000,
    minutes: 10,
};

/// Someone with a ticket.
struct Person {
    /// When they came, in milliseconds after the start.
    at: i64,
    place: Place,
    /// What they are told when they come, or at the start: people ahead, and minutes.
    told: Option<(i64, i64)>,
    /// When they are let in.
    let_in: Option<i64>,
}

/// In the order in which they come.
fn people(chance: &mut StdRng) -> Vec<Person> {
    let secret = Secret::of_hex(&"5a".repeat(32)).unwrap();
    let seed = Seed::drawn(&secret, TicketId(chance.random()));
    let late = (0..LATE).map(|n| COMING_MS * n as i64 / LATE as i64);
    let times = std::iter::repeat_n(None, EARLY).chain(late.map(Some));
    times
        .map(|late| {
            let bucket = late.map_or(0, |at| bucket_after(0, at, 0));
            Person {
                at: late.unwrap_or_default(),
                place: Place::of(&seed, bucket, TicketId(chance.random())),
                told: None,
                let_in: None,
            }
        })
        .collect()
}

/// How many there are in each bucket, all of them.
fn buckets(people: &[Person]) -> Vec<Bucket> {
    let last = people.iter().map(|one| one.place.bucket()).max().unwrap();
    let mut buckets: Vec<Bucket> = (0..=last)
        .map(|bucket| Bucket { bucket, tickets: 0 })
        .collect();
    for one in people {
        buckets[one.place.bucket() as usize].tickets += 1;
    }
    buckets
}

/// Moves the room each second until all are in.
fn let_all_in(people: &mut [Person]) {
    let all = buckets(people);
    let mut by_place: Vec<usize> = (0..people.len()).collect();
    by_place.sort_by_key(|n| people[*n].place);
    let (mut come, mut are_in) = (0, 0);
    let mut flow = Flow::default();
    let mut now = 0;
    while are_in < people.len() {
        assert!(now < 60 * MINUTE_MS, "{are_in} are in");
        let filling = bucket_after(0, now, bucket_at(flow.admitted_to));
        // Of the second at hand some are still to come.
        let there = &all[..all.len().min(filling as usize)];
        flow = flow.turn(now, RULES).next(&StepInputs {
            rules: RULES,
            buckets: there,
            filling,
            units: 1_000_000,
            used: 0,
            placing: Placing::KeepsUp,
        });
        let counts = Counts::of(there);
        let rate = estimate::rate(&flow, RULES.per_minute);
        while let Some(one) = people
            .get_mut(come)
            .filter(|one| one.at <= now - BUCKET_MS || one.place.bucket() == 0)
        {
            let ahead = counts.ahead(one.place, flow.admitted_to);
            let minutes = estimate::minutes(ahead, rate).expect("people are let in");
            one.told = Some((ahead, minutes));
            come += 1;
        }
        while let Some(n) = by_place.get(are_in) {
            let one = &mut people[*n];
            if one.place.0 >= flow.admitted_to {
                break;
            }
            one.let_in = Some(now);
            are_in += 1;
        }
        now += 1_000;
    }
}

/// The value in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[test]
fn a_hundred_thousand_are_let_in_in_order_at_the_rate_that_is_set_and_as_they_were_told() {
    let mut people = people(&mut StdRng::seed_from_u64(15));
    let_all_in(&mut people);
    let let_in = |one: &Person| one.let_in.expect("all are in");

    // All of before the start first; then second by second, in the order in which they came.
    let (early, late) = people.split_at(EARLY);
    let mut last = early.iter().map(let_in).max().unwrap();
    for of_second in late.chunk_by(|one, next| one.place.bucket() == next.place.bucket()) {
        let bucket = of_second[0].place.bucket();
        assert!(of_second.iter().all(|one| one.place.0 >= first_of(bucket)));
        let first = of_second.iter().map(let_in).min().unwrap();
        assert!(first >= last, "second {bucket} is let in too early");
        last = of_second.iter().map(let_in).max().unwrap();
    }

    // In each minute, to the last whole one.
    for minute in 0..last / MINUTE_MS {
        let within = minute * MINUTE_MS..(minute + 1) * MINUTE_MS;
        let count = people.iter().filter(|one| within.contains(&let_in(one)));
        let off = count.count() as f64 / RULES.per_minute as f64 - 1.0;
        assert!(off.abs() < 0.1, "minute {minute} is off by {off}");
    }

    let off = |one: &Person| {
        let (_, minutes) = one.told.expect("all are told");
        let took = (let_in(one) - one.at).max(1_000) as f64 / MINUTE_MS as f64;
        (minutes as f64 / took - 1.0).abs()
    };
    for (who, some) in [("early", early), ("late", late)] {
        let off = median(some.iter().map(off).collect());
        assert!(off < 0.25, "who is {who} is told something else by {off}");
    }

    // How many are ahead is a share of a count; of so many it is off by no more than a few hundred.
    let mut places: Vec<Place> = early.iter().map(|one| one.place).collect();
    places.sort_unstable();
    let most = early.iter().map(|one| {
        let (ahead, _) = one.told.expect("all are told");
        let before = places.partition_point(|place| *place < one.place);
        ahead.abs_diff(before as i64)
    });
    let most = most.max().unwrap();
    assert!(most < 800, "{most} more or fewer are ahead");
}
