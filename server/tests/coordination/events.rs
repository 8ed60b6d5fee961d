//! What nodes tell each other.

use server::coordination::Event;
use tokio::{sync::broadcast::Receiver, time::timeout};

use crate::{
    nodes::{Nodes, PATIENCE},
    on_both_back_ends,
};

on_both_back_ends!(
    every_node_hears_an_event_once_and_in_order,
    a_node_hears_its_own_events_at_once,
);

pub fn stock(variant: &str) -> Event {
    Event::Stock {
        variants: vec![variant.to_owned()],
    }
}

/// The next event that tells of something.
pub async fn heard(events: &mut Receiver<Event>) -> Event {
    loop {
        let event = timeout(PATIENCE, events.recv())
            .await
            .expect("an event comes")
            .expect("none was missed");
        if event != Event::Missed {
            return event;
        }
    }
}

/// Waits until what `nodes.one` says reaches the other: a subscription takes a moment.
async fn until_heard(nodes: &Nodes, events: &mut Receiver<Event>) {
    let mut tries = tokio::time::interval(std::time::Duration::from_millis(20));
    let hears = async {
        loop {
            tokio::select! {
                _ = tries.tick() => nodes.one.publish(stock("hello")),
                event = events.recv() => if event == Ok(stock("hello")) { return },
            }
        }
    };
    timeout(PATIENCE, hears).await.expect("the other hears");
}

async fn every_node_hears_an_event_once_and_in_order(nodes: Nodes) {
    let mut one = nodes.one.subscribe();
    let mut other = nodes.other.subscribe();
    until_heard(&nodes, &mut other).await;
    for n in 0..10 {
        nodes.one.publish(stock(&n.to_string()));
    }
    for events in [&mut one, &mut other] {
        let mut next = heard(events).await;
        while next == stock("hello") {
            next = heard(events).await;
        }
        for n in 0..9 {
            assert_eq!(next, stock(&n.to_string()));
            next = heard(events).await;
        }
        assert_eq!(next, stock("9"));
    }
    // Were an event heard twice, its echo would come before this one.
    nodes.other.publish(stock("last"));
    for events in [&mut one, &mut other] {
        assert_eq!(heard(events).await, stock("last"));
    }
}

async fn a_node_hears_its_own_events_at_once(nodes: Nodes) {
    let mut events = nodes.one.subscribe();
    nodes.one.publish(stock("a"));
    assert_eq!(heard(&mut events).await, stock("a"));
}
