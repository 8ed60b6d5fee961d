//! The places of a room, worked out by what its page tells.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use server::admission::{place::first_of, ticket::TicketId};
use sha2::{Digest, Sha256};

/// Each place is the same in every answer of every node, and what anybody works out by the seed, which is made of all
/// tickets from before the start.
pub fn places_are_those_of_the_seed<'a>(
    answers: impl Iterator<Item = &'a Value>,
    early: &[TicketId],
) {
    let mut places: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let mut drawn = BTreeSet::new();
    for told in answers {
        let Some(place) = place(told) else {
            continue;
        };
        let proof = &told["proof"];
        let text = |name: &str| {
            proof["drawn"][name]
                .as_str()
                .expect("it is drawn")
                .to_owned()
        };
        drawn.insert((text("secret"), text("mix"), text("seed")));
        let id = id(told).hex();
        let by_hand = sha(&[&text("seed"), &id]);
        assert_eq!(proof["ticket"]["number"], by_hand[..8], "{told}");
        assert_eq!(proof["commitment"], sha(&[&text("secret")]), "{told}");
        places.entry(id).or_default().insert(place);
    }
    let drawn: Vec<_> = drawn.into_iter().collect();
    let [(secret, mix, seed)] = drawn.as_slice() else {
        panic!("they are drawn once: {drawn:?}");
    };
    assert_eq!(*seed, sha(&[secret, mix]));
    let all = early
        .iter()
        .fold(TicketId([0; 16]), |mix, id| mix.with(*id));
    assert_eq!(*mix, all.hex(), "each ticket from before is in it once");
    let moved: Vec<_> = places
        .iter()
        .filter(|(_, places)| places.len() > 1)
        .collect();
    assert!(moved.is_empty(), "{moved:?}");
}

fn sha(parts: &[&str]) -> String {
    let bytes: Vec<u8> = parts
        .iter()
        .flat_map(|part| hex::decode(part).expect("it is hexadecimal"))
        .collect();
    hex::encode(Sha256::digest(bytes))
}

pub fn id(told: &Value) -> TicketId {
    let id = told["proof"]["ticket"]["id"].as_str();
    id.and_then(TicketId::of_hex).expect("they have a ticket")
}

/// The place of who was told this, once places are drawn.
pub fn place(told: &Value) -> Option<i64> {
    let ticket = &told["proof"]["ticket"];
    let number = i64::from_str_radix(ticket["number"].as_str()?, 16).ok()?;
    let bucket = u32::try_from(ticket["bucket"].as_u64()?).ok()?;
    Some(first_of(bucket) + number)
}
