//! Stamps and what changes them.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
};

use server::coordination::{Coordination, Topic, VersionStamp};

use crate::{nodes::Nodes, on_both_back_ends};

on_both_back_ends!(
    stamps_are_equal_until_the_topic_is_bumped,
    a_bump_leaves_other_topics_as_they_were,
    a_stamp_of_several_topics_changes_with_each,
    a_bump_of_everything_changes_every_stamp,
    a_stamp_of_nothing_changes_with_everything,
    a_stamp_of_thousands_of_topics_is_given,
    no_stamp_begun_after_a_bump_is_an_old_one,
);

fn rope() -> Topic {
    Topic::product("rope")
}

async fn stamps_are_equal_until_the_topic_is_bumped(nodes: Nodes) {
    let first = nodes.one.stamp(&[rope()]).await.unwrap();
    assert_eq!(nodes.other.stamp(&[rope()]).await.unwrap(), first);
    nodes.one.bump(&[rope()]).await.unwrap();
    let second = nodes.other.stamp(&[rope()]).await.unwrap();
    assert_ne!(second, first);
    assert_eq!(nodes.one.stamp(&[rope()]).await.unwrap(), second);
}

async fn a_bump_leaves_other_topics_as_they_were(nodes: Nodes) {
    let lists = nodes.one.stamp(&[Topic::lists()]).await.unwrap();
    let anchor = nodes.one.stamp(&[Topic::product("anchor")]).await.unwrap();
    nodes.one.bump(&[rope(), Topic::cart("a")]).await.unwrap();
    assert_eq!(nodes.one.stamp(&[Topic::lists()]).await.unwrap(), lists);
    assert_eq!(
        nodes
            .other
            .stamp(&[Topic::product("anchor")])
            .await
            .unwrap(),
        anchor
    );
}

async fn a_stamp_of_several_topics_changes_with_each(nodes: Nodes) {
    let both = [rope(), Topic::lists()];
    let first = nodes.one.stamp(&both).await.unwrap();
    nodes.other.bump(&[rope()]).await.unwrap();
    let second = nodes.one.stamp(&both).await.unwrap();
    nodes.other.bump(&[Topic::lists()]).await.unwrap();
    let third = nodes.one.stamp(&both).await.unwrap();
    nodes.other.bump(&both).await.unwrap();
    let fourth = nodes.one.stamp(&both).await.unwrap();
    for (i, earlier) in [&first, &second, &third].into_iter().enumerate() {
        for later in [&second, &third, &fourth].into_iter().skip(i) {
            assert_ne!(earlier, later);
        }
    }
}

async fn a_bump_of_everything_changes_every_stamp(nodes: Nodes) {
    nodes.one.bump(&[rope()]).await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..3 {
        for topic in [rope(), Topic::lists(), Topic::product("never bumped")] {
            let stamp = (topic.clone(), nodes.other.stamp(&[topic]).await.unwrap());
            assert!(!seen.contains(&stamp), "{stamp:?}");
            seen.push(stamp);
        }
        nodes.one.bump_all().await.unwrap();
    }
}

async fn a_stamp_of_nothing_changes_with_everything(nodes: Nodes) {
    let first = nodes.one.stamp(&[]).await.unwrap();
    nodes.one.bump(&[]).await.unwrap();
    nodes.one.bump(&[rope()]).await.unwrap();
    assert_eq!(nodes.one.stamp(&[]).await.unwrap(), first);
    nodes.one.bump_all().await.unwrap();
    assert_ne!(nodes.one.stamp(&[]).await.unwrap(), first);
}

async fn a_stamp_of_thousands_of_topics_is_given(nodes: Nodes) {
    let topics: Vec<_> = (0..20_000)
        .map(|n| Topic::product(&n.to_string()))
        .collect();
    let first = nodes.one.stamp(&topics).await.unwrap();
    assert_eq!(nodes.other.stamp(&topics).await.unwrap(), first);
    nodes.one.bump(&topics[19_999..]).await.unwrap();
    assert_ne!(nodes.one.stamp(&topics).await.unwrap(), first);
}

/// When a stamp was asked for and given, in numbers of bumps.
struct Seen {
    /// Bumps that had returned before it was asked for.
    done_before: u64,
    /// Bumps that had begun when it was given.
    begun_after: u64,
}

/// Bumps and stamps at the same time on both nodes: two stamps may be equal only if no whole bump
/// lies between them.
async fn no_stamp_begun_after_a_bump_is_an_old_one(nodes: Nodes) {
    const ROUNDS: u64 = 2000;
    /// Times a reader met a stamp that was new to it: so many at least, lest this prove nothing.
    const CHANGES: u64 = 200;
    let changes = Arc::new(AtomicU64::new(0));
    let begun = Arc::new(AtomicU64::new(0));
    let done = Arc::new(AtomicU64::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = [&nodes.one, &nodes.other]
        .into_iter()
        .cycle()
        .take(8)
        .map(|node| {
            let node: Arc<dyn Coordination> = node.clone();
            let (begun, done, over) = (begun.clone(), done.clone(), over.clone());
            let changes = changes.clone();
            tokio::spawn(async move {
                let mut seen: HashMap<VersionStamp, Seen> = HashMap::new();
                while !over.load(SeqCst) {
                    let done_before = done.load(SeqCst);
                    let stamp = node.stamp(&[rope()]).await.unwrap();
                    let begun_after = begun.load(SeqCst);
                    let at = Seen {
                        done_before,
                        begun_after,
                    };
                    changes.fetch_add(u64::from(!seen.contains_key(&stamp)), SeqCst);
                    merge(&mut seen, stamp, at);
                    tokio::task::yield_now().await;
                }
                seen
            })
        })
        .collect();
    let mut n = 0;
    while n < ROUNDS || changes.load(SeqCst) < CHANGES {
        n += 1;
        let node = if n % 2 == 0 { &nodes.one } else { &nodes.other };
        begun.fetch_add(1, SeqCst);
        node.bump(&[rope()]).await.unwrap();
        done.fetch_add(1, SeqCst);
        tokio::task::yield_now().await;
    }
    over.store(true, SeqCst);
    let mut all = HashMap::new();
    for reader in readers {
        for (stamp, seen) in reader.await.unwrap() {
            merge(&mut all, stamp, seen);
        }
    }
    for (stamp, seen) in all {
        assert!(
            seen.done_before <= seen.begun_after,
            "{stamp} was given before bump {} and asked for after bump {}",
            seen.begun_after + 1,
            seen.done_before,
        );
    }
}

/// Keeps the latest asking and the earliest answer.
fn merge(all: &mut HashMap<VersionStamp, Seen>, stamp: VersionStamp, seen: Seen) {
    let known = all.entry(stamp).or_insert(Seen {
        done_before: 0,
        begun_after: u64::MAX,
    });
    known.done_before = known.done_before.max(seen.done_before);
    known.begun_after = known.begun_after.min(seen.begun_after);
}
