//! Events on their way to the shop: signed, tried again, and whatever mischief does to them.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use hmac::{Hmac, Mac};
use reqwest::header::CONTENT_TYPE;
use sha2::Sha256;

use super::{
    Delivery, DeliveryFate, Rig,
    books::{Endpoint, Event},
    locked,
};

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Sends what has happened since the last call. Does not wait.
pub(super) fn publish(rig: &Arc<Rig>) {
    let hushed = locked(&rig.hushed).clone();
    let (hushed, events, endpoints) = {
        let mut books = locked(&rig.books);
        let endpoints: Vec<_> = books.endpoints.values().cloned().collect();
        let unsent = books.take_unsent().into_iter();
        let (untold, told): (Vec<_>, Vec<_>) = unsent.partition(|event| {
            let session = books.session_told(event);
            session.is_some_and(|session| hushed.contains(session))
        });
        (untold, told, endpoints)
    };
    for event in &hushed {
        note(rig, event, DeliveryFate::NeverSent);
    }
    for event in events {
        let wanting = endpoints.iter().filter(|endpoint| wants(endpoint, &event));
        for endpoint in wanting {
            send(rig, &event, endpoint);
        }
    }
}

fn wants(endpoint: &Endpoint, event: &Event) -> bool {
    let mut kinds = endpoint.events.iter();
    kinds.any(|kind| kind == "*" || kind == event.kind)
}

fn send(rig: &Arc<Rig>, event: &Event, endpoint: &Endpoint) {
    let pauses = rig.settings.mischief.of_event(&event.id);
    if pauses.is_empty() {
        note(rig, event, DeliveryFate::NeverSent);
    }
    for pause in pauses {
        rig.under_way.fetch_add(1, Ordering::SeqCst);
        let (rig, event, endpoint) = (rig.clone(), event.clone(), endpoint.clone());
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            let fate = deliver(&rig, &event, &endpoint).await;
            note(&rig, &event, fate);
            rig.under_way.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

fn note(rig: &Rig, event: &Event, fate: DeliveryFate) {
    locked(&rig.deliveries).push(Delivery {
        event: event.id.clone(),
        kind: event.kind,
        fate,
    });
}

async fn deliver(rig: &Rig, event: &Event, endpoint: &Endpoint) -> DeliveryFate {
    let body = event.json().to_string();
    let mut pause = rig.settings.retry_pause;
    for _ in 0..=rig.settings.retries {
        let header = signature(&endpoint.secret, rig.now(), &body);
        let sent = rig
            .http
            .post(&endpoint.url)
            .header("stripe-signature", header)
            .header(CONTENT_TYPE, "application/json; charset=utf-8")
            .body(body.clone())
            .send()
            .await;
        if sent.is_ok_and(|answer| answer.status().is_success()) {
            return DeliveryFate::Taken;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    DeliveryFate::GivenUp
}

/// `t=SECONDS,v1=HEX`.
pub fn signature(secret: &str, now: i64, body: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a secret of any length will do");
    mac.update(format!("{now}.{body}").as_bytes());
    format!("t={now},v1={}", hex::encode(mac.finalize().into_bytes()))
}
