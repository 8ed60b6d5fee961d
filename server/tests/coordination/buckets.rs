//! Buckets of tokens.

use std::time::Duration;

use futures_util::future::join_all;
use server::coordination::buckets::{Bucket, Draw, Drawing, Drawn, MOST_OWED};

use crate::{
    nodes::{Nodes, until},
    on_both_back_ends,
};

const HOUR: Duration = Duration::from_secs(60 * 60);

on_both_back_ends!(
    a_bucket_gives_no_more_than_it_holds_whoever_asks,
    one_that_lacks_a_token_keeps_the_others_from_being_drawn_from,
    tokens_come_back_with_time,
    a_look_takes_nothing,
    what_has_happened_counts_and_is_owed_if_there_is_no_token,
    what_is_owed_has_an_end_and_is_not_of_what_is_taken,
    what_is_returned_can_be_taken_again,
    many_at_once_get_no_more_than_it_holds,
    each_of_a_crowd_takes_from_all_of_its_buckets_or_from_none,
    buckets_of_one_key_are_drawn_from_each_by_itself,
);

pub fn take(key: &str, holds: u32, each: Duration) -> Draw {
    let bucket = Bucket {
        key: key.into(),
        name: "steps",
        holds,
        each,
    };
    let how = Drawing::Take;
    Draw { bucket, how }
}

fn how(how: Drawing, key: &str, holds: u32) -> Draw {
    Draw {
        how,
        ..take(key, holds, HOUR)
    }
}

/// Which of the buckets lacks a token.
#[track_caller]
fn lacking(drawn: Drawn) -> usize {
    match drawn {
        Drawn::Empty { at, wait } => {
            assert!(wait > Duration::ZERO && wait <= HOUR, "{wait:?}");
            at
        }
        Drawn::All => panic!("there was one in each"),
    }
}

async fn a_bucket_gives_no_more_than_it_holds_whoever_asks(nodes: Nodes) {
    let draw = [take("a", 3, HOUR)];
    for node in [&nodes.one, &nodes.other, &nodes.one] {
        assert_eq!(node.draw(&draw).await, Ok(Drawn::All));
    }
    for node in [&nodes.one, &nodes.other] {
        assert_eq!(lacking(node.draw(&draw).await.unwrap()), 0);
    }
    let another = [take("b", 3, HOUR)];
    assert_eq!(nodes.one.draw(&another).await, Ok(Drawn::All));
    assert_eq!(nodes.one.draw(&[]).await, Ok(Drawn::All));
}

async fn one_that_lacks_a_token_keeps_the_others_from_being_drawn_from(nodes: Nodes) {
    let both = [take("large", 3, HOUR), take("small", 1, HOUR)];
    assert_eq!(nodes.one.draw(&both).await, Ok(Drawn::All));
    for _ in 0..5 {
        assert_eq!(lacking(nodes.other.draw(&both).await.unwrap()), 1);
    }
    for _ in 0..2 {
        assert_eq!(nodes.one.draw(&both[..1]).await, Ok(Drawn::All));
    }
    assert_eq!(lacking(nodes.one.draw(&both[..1]).await.unwrap()), 0);
}

async fn tokens_come_back_with_time(nodes: Nodes) {
    let draw = [take("a", 2, Duration::from_millis(100))];
    for _ in 0..3 {
        // However slow this machine is, the bucket is empty at some time.
        until("it is empty", async || {
            matches!(nodes.one.draw(&draw).await, Ok(Drawn::Empty { .. }))
        })
        .await;
        until("there is one more", async || {
            nodes.other.draw(&draw).await == Ok(Drawn::All)
        })
        .await;
    }
}

async fn a_look_takes_nothing(nodes: Nodes) {
    let look = [how(Drawing::Look, "a", 1)];
    for _ in 0..3 {
        assert_eq!(nodes.one.draw(&look).await, Ok(Drawn::All));
    }
    assert_eq!(nodes.one.draw(&[take("a", 1, HOUR)]).await, Ok(Drawn::All));
    assert_eq!(lacking(nodes.other.draw(&look).await.unwrap()), 0);
}

/// In how many hours there is a token, the begun one included.
#[track_caller]
fn hours(drawn: Drawn) -> u64 {
    match drawn {
        Drawn::Empty { wait, .. } => wait.as_secs().div_ceil(HOUR.as_secs()),
        Drawn::All => 0,
    }
}

async fn what_has_happened_counts_and_is_owed_if_there_is_no_token(nodes: Nodes) {
    let (look, count) = ([how(Drawing::Look, "a", 2)], [how(Drawing::Count, "a", 2)]);
    for node in [&nodes.one, &nodes.other, &nodes.one, &nodes.other] {
        assert_eq!(node.draw(&look).await, Ok(Drawn::All));
    }
    for node in [&nodes.one, &nodes.other, &nodes.one, &nodes.other] {
        assert_eq!(node.draw(&count).await, Ok(Drawn::All));
    }
    assert_eq!(hours(nodes.one.draw(&look).await.unwrap()), 3);
    assert_eq!(hours(nodes.other.draw(&look).await.unwrap()), 3);
}

async fn what_is_owed_has_an_end_and_is_not_of_what_is_taken(nodes: Nodes) {
    for _ in 0..2 * (MOST_OWED + 2) {
        let count = [how(Drawing::Count, "a", 2)];
        assert_eq!(nodes.one.draw(&count).await, Ok(Drawn::All));
    }
    let look = nodes.other.draw(&[how(Drawing::Look, "a", 2)]).await;
    assert_eq!(hours(look.unwrap()), u64::from(MOST_OWED) * 2 + 1);
    let take = nodes.other.draw(&[how(Drawing::Take, "a", 2)]).await;
    assert_eq!(lacking(take.unwrap()), 0);
}

async fn what_is_returned_can_be_taken_again(nodes: Nodes) {
    let draw = [take("a", 1, HOUR)];
    let back = [how(Drawing::Return, "a", 1)];
    for _ in 0..3 {
        assert_eq!(nodes.one.draw(&draw).await, Ok(Drawn::All));
        assert_eq!(lacking(nodes.other.draw(&draw).await.unwrap()), 0);
        assert_eq!(nodes.other.draw(&back).await, Ok(Drawn::All));
    }
    // One that is full holds no more for that.
    assert_eq!(nodes.one.draw(&back).await, Ok(Drawn::All));
    assert_eq!(nodes.one.draw(&draw).await, Ok(Drawn::All));
    assert_eq!(lacking(nodes.one.draw(&draw).await.unwrap()), 0);
}

async fn many_at_once_get_no_more_than_it_holds(nodes: Nodes) {
    let tries = (0..64).map(|n| {
        let node = if n % 2 == 0 { &nodes.one } else { &nodes.other };
        let node = node.clone();
        tokio::spawn(async move { node.draw(&[take("a", 10, HOUR)]).await.unwrap() })
    });
    let mut got = 0;
    for drawn in tries.collect::<Vec<_>>() {
        got += usize::from(drawn.await.unwrap() == Drawn::All);
    }
    assert_eq!(got, 10);
}

/// What many ask for at once may go to Redis together: each is told its own, and takes all of it or nothing.
async fn each_of_a_crowd_takes_from_all_of_its_buckets_or_from_none(nodes: Nodes) {
    let own = |n: usize| take(&format!("own {n}"), 1, HOUR);
    let draws: Vec<[Draw; 2]> = (0..300).map(|n| [own(n), take("all", 100, HOUR)]).collect();
    let drawn = join_all(draws.iter().map(|both| nodes.one.draw(both))).await;
    let mut given = 0;
    for (n, drawn) in drawn.into_iter().enumerate() {
        let again = nodes.other.draw(&[own(n)]).await.unwrap();
        match drawn.unwrap() {
            Drawn::All => {
                given += 1;
                assert_eq!(lacking(again), 0, "{n}");
            }
            empty @ Drawn::Empty { .. } => {
                assert_eq!(lacking(empty), 1, "{n}");
                assert_eq!(again, Drawn::All, "{n}");
            }
        }
    }
    assert_eq!(given, 100);
}

/// They are kept together, and each is as it was when another is drawn from.
async fn buckets_of_one_key_are_drawn_from_each_by_itself(nodes: Nodes) {
    let of = |name, draw: Draw| Draw {
        bucket: Bucket {
            name,
            ..draw.bucket
        },
        how: draw.how,
    };
    let orders = |how| of("orders", how);
    let steps = |how| of("steps", how);
    let both = [
        orders(take("a", 1, HOUR)),
        steps(take("a", 2, HOUR)),
        orders(take("b", 9, HOUR)),
    ];
    assert_eq!(nodes.one.draw(&both).await, Ok(Drawn::All));
    assert_eq!(lacking(nodes.other.draw(&both).await.unwrap()), 0);
    let step = [steps(take("a", 2, HOUR))];
    assert_eq!(nodes.other.draw(&step).await, Ok(Drawn::All));
    assert_eq!(lacking(nodes.one.draw(&step).await.unwrap()), 0);
    // What is put back into the one is not in the other.
    let back = [orders(how(Drawing::Return, "a", 1))];
    assert_eq!(nodes.one.draw(&back).await, Ok(Drawn::All));
    assert_eq!(lacking(nodes.other.draw(&step).await.unwrap()), 0);
    assert_eq!(nodes.other.draw(&both[..1]).await, Ok(Drawn::All));
}
