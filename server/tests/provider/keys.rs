//! Keys of idempotency: the first answer is given again, and forgotten after a day.

use std::collections::HashMap;

use serde_json::Value;

/// In seconds.
const KEPT_FOR: i64 = 24 * 60 * 60;

#[derive(Debug, Default)]
pub struct Keys {
    kept: HashMap<String, Kept>,
    tries: HashMap<String, u32>,
}

#[derive(Debug)]
struct Kept {
    /// The request that the key came with.
    request: String,
    answer: Option<(u16, Value)>,
    at: i64,
}

pub enum Seen {
    New,
    Before(u16, Value),
    /// Someone is at it.
    Busy,
    WithOtherRequest,
}

impl Keys {
    /// Which try of this name it is, from 1.
    pub fn count(&mut self, name: &str) -> u32 {
        let tries = self.tries.entry(name.to_owned()).or_default();
        *tries += 1;
        *tries
    }

    pub fn begin(&mut self, key: &str, request: &str, now: i64) -> Seen {
        self.kept.retain(|_, kept| now - kept.at < KEPT_FOR);
        match self.kept.get(key) {
            Some(kept) if kept.request != request => Seen::WithOtherRequest,
            Some(Kept {
                answer: Some((status, body)),
                ..
            }) => Seen::Before(*status, body.clone()),
            Some(_) => Seen::Busy,
            None => {
                let kept = Kept {
                    request: request.to_owned(),
                    answer: None,
                    at: now,
                };
                self.kept.insert(key.to_owned(), kept);
                Seen::New
            }
        }
    }

    pub fn keep(&mut self, key: &str, status: u16, body: &Value) {
        if let Some(kept) = self.kept.get_mut(key) {
            kept.answer = Some((status, body.clone()));
        }
    }

    pub fn forget(&mut self, key: &str) {
        self.kept.remove(key);
    }

    pub fn forget_all(&mut self) {
        self.kept.clear();
    }
}
