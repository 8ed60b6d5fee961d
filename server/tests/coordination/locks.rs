//! Locks over several keys.

use std::time::Duration;

use server::coordination::{
    LockOutcome, Token,
    lock::{Waited, acquire},
};

use crate::{
    nodes::{Nodes, PATIENCE, until},
    on_both_back_ends,
};

const MINUTE: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(50);

on_both_back_ends!(
    a_lock_takes_all_keys_or_none,
    only_the_holder_releases,
    an_expired_lock_can_be_taken_and_the_late_holder_releases_nothing,
    fences_rise_with_every_grant,
    waiting_for_a_lock_gets_it_when_it_is_free,
    waiting_for_a_lock_ends_with_patience,
    of_many_at_once_one_holds_the_lock,
    a_caller_who_goes_away_leaves_no_lock_behind,
    a_lock_tells_whether_others_want_it,
    who_was_refused_a_lock_is_told_when_it_is_free,
);

fn keys(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn granted(taken: LockOutcome) -> (Token, u64) {
    match taken {
        LockOutcome::Granted { token, fence } => (token, fence),
        LockOutcome::Held => panic!("held by someone else"),
    }
}

async fn a_lock_takes_all_keys_or_none(nodes: Nodes) {
    let ab = keys(&["a", "b"]);
    let bc = keys(&["b", "c"]);
    let (token, _) = granted(nodes.one.try_lock(&ab, MINUTE).await.unwrap());
    assert_eq!(
        nodes.other.try_lock(&bc, MINUTE).await.unwrap(),
        LockOutcome::Held
    );
    granted(nodes.other.try_lock(&keys(&["c"]), MINUTE).await.unwrap());
    assert_eq!(nodes.one.unlock(&ab, &token).await.unwrap(), 2);
    granted(nodes.other.try_lock(&ab, MINUTE).await.unwrap());
}

async fn only_the_holder_releases(nodes: Nodes) {
    let ab = keys(&["a", "b"]);
    let (token, _) = granted(nodes.one.try_lock(&ab, MINUTE).await.unwrap());
    let stranger = Token("another".to_owned());
    assert_eq!(nodes.other.unlock(&ab, &stranger).await.unwrap(), 0);
    assert_eq!(
        nodes.other.try_lock(&ab, MINUTE).await.unwrap(),
        LockOutcome::Held
    );
    assert_eq!(nodes.one.unlock(&ab, &token).await.unwrap(), 2);
    assert_eq!(nodes.one.unlock(&ab, &token).await.unwrap(), 0);
    assert_eq!(nodes.one.unlock(&[], &token).await.unwrap(), 0);
}

async fn an_expired_lock_can_be_taken_and_the_late_holder_releases_nothing(nodes: Nodes) {
    let ab = keys(&["a", "b"]);
    let (late, _) = granted(nodes.one.try_lock(&ab, SHORT).await.unwrap());
    let mut holder = None;
    until("the lock expires", async || {
        if let Ok(LockOutcome::Granted { token, .. }) = nodes.other.try_lock(&ab, MINUTE).await {
            holder = Some(token);
        }
        holder.is_some()
    })
    .await;
    assert_eq!(nodes.one.unlock(&ab, &late).await.unwrap(), 0);
    assert_eq!(nodes.other.unlock(&ab, &holder.unwrap()).await.unwrap(), 2);
}

async fn fences_rise_with_every_grant(nodes: Nodes) {
    let mut last = 0;
    for n in 0..100 {
        let node = if n % 2 == 0 { &nodes.one } else { &nodes.other };
        let (_, fence) = granted(node.try_lock(&[n.to_string()], MINUTE).await.unwrap());
        assert!(fence > last, "{fence} after {last}");
        last = fence;
    }
}

async fn waiting_for_a_lock_gets_it_when_it_is_free(nodes: Nodes) {
    let (token, first) = granted(nodes.one.try_lock(&keys(&["a"]), MINUTE).await.unwrap());
    let other = nodes.other.clone();
    let waiting =
        tokio::spawn(
            async move { acquire(&other, keys(&["b", "a", "b"]), MINUTE, PATIENCE).await },
        );
    // While it is held, the other waits: its key that is free stays free.
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(!waiting.is_finished());
    }
    assert_eq!(nodes.one.unlock(&keys(&["a"]), &token).await.unwrap(), 1);
    match waiting.await.unwrap() {
        Waited::Granted(lock) => {
            assert!(lock.fence > first);
            assert_eq!(
                nodes.one.try_lock(&keys(&["b"]), MINUTE).await.unwrap(),
                LockOutcome::Held
            );
            lock.release().await;
        }
        Waited::Busy | Waited::Unavailable => panic!("not granted"),
    }
    granted(
        nodes
            .one
            .try_lock(&keys(&["a", "b"]), MINUTE)
            .await
            .unwrap(),
    );
}

async fn waiting_for_a_lock_ends_with_patience(nodes: Nodes) {
    granted(nodes.one.try_lock(&keys(&["a"]), MINUTE).await.unwrap());
    let waited = acquire(&nodes.other, keys(&["a"]), MINUTE, SHORT).await;
    assert!(matches!(waited, Waited::Busy));
}

async fn of_many_at_once_one_holds_the_lock(nodes: Nodes) {
    let tries = (0..64).map(|n| {
        let node = if n % 2 == 0 { &nodes.one } else { &nodes.other };
        let node = node.clone();
        let wanted = keys(&[if n % 3 == 0 { "a" } else { "c" }, "b"]);
        tokio::spawn(async move { node.try_lock(&wanted, MINUTE).await.unwrap() })
    });
    let mut grants = 0;
    for taken in tries.collect::<Vec<_>>() {
        grants += usize::from(taken.await.unwrap() != LockOutcome::Held);
    }
    assert_eq!(grants, 1);
}

async fn a_caller_who_goes_away_leaves_no_lock_behind(nodes: Nodes) {
    for _ in 0..20 {
        // Polled once: the call is under way when it is given up.
        let wanted = keys(&["a"]);
        let mut call = nodes.one.try_lock(&wanted, MINUTE);
        let done = futures_util::poll!(call.as_mut());
        drop(call);
        if let std::task::Poll::Ready(taken) = done {
            let (token, _) = granted(taken.unwrap());
            nodes.one.unlock(&wanted, &token).await.unwrap();
        }
        let mut holder = None;
        until("the lock is free", async || {
            if let Ok(LockOutcome::Granted { token, .. }) =
                nodes.other.try_lock(&wanted, MINUTE).await
            {
                holder = Some(token);
            }
            holder.is_some()
        })
        .await;
        nodes.other.unlock(&wanted, &holder.unwrap()).await.unwrap();
    }
}

/// Who has a lock for long leaves it to others, if there are any.
async fn a_lock_tells_whether_others_want_it(nodes: Nodes) {
    let (ab, bc) = (keys(&["a", "b"]), keys(&["b", "c"]));
    let (token, _) = granted(nodes.one.try_lock(&ab, MINUTE).await.unwrap());
    assert!(!nodes.one.are_wanted(&ab).await.unwrap());
    let taken = nodes.other.try_lock(&bc, MINUTE).await.unwrap();
    assert_eq!(taken, LockOutcome::Held);
    assert!(nodes.one.are_wanted(&ab).await.unwrap());
    assert!(!nodes.one.are_wanted(&keys(&["a", "c"])).await.unwrap());
    assert_eq!(nodes.one.unlock(&ab, &token).await.unwrap(), 2);
    // Whoever has it wants it no more; and who goes away wants it no more after a while.
    granted(nodes.other.try_lock(&bc, MINUTE).await.unwrap());
    assert!(!nodes.other.are_wanted(&bc).await.unwrap());
    let taken = nodes.one.try_lock(&ab, MINUTE).await.unwrap();
    assert_eq!(taken, LockOutcome::Held);
    until("nobody wants it any more", async || {
        nodes.other.are_wanted(&bc).await == Ok(false)
    })
    .await;
}

async fn who_was_refused_a_lock_is_told_when_it_is_free(nodes: Nodes) {
    let rope = keys(&["rope"]);
    // A node that has just begun may not listen yet.
    until("it is told", async || {
        let mut freed = nodes.other.freed();
        let (token, _) = granted(nodes.one.try_lock(&rope, MINUTE).await.unwrap());
        let refused = nodes.other.try_lock(&rope, MINUTE).await.unwrap();
        assert_eq!(refused, LockOutcome::Held);
        assert_eq!(nodes.one.unlock(&rope, &token).await.unwrap(), 1);
        let told = tokio::time::timeout(SHORT, freed.recv()).await;
        told.is_ok_and(|told| told.is_ok_and(|key| *key == *rope[0]))
    })
    .await;
}
