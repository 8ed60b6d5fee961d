//! Answers and mails that someone has read and found right: kept in files beside the tests, which
//! compare them. `INSTA_UPDATE=always cargo test` writes the files again.

use std::{collections::HashMap, fmt::Debug};

use serde_json::Value;
use server::ids::{is_id, is_secret};
use tokio::sync::oneshot;

use super::{Kind, TestShop, run};

/// What a test saw, each by its name.
pub type Seen<T> = Vec<(String, T)>;

/// What is seen in a new shop on SQLite, which must be the same in one on Postgres.
pub async fn same_on_both<T, F, Fut>(look: F) -> Seen<T>
where
    T: PartialEq + Debug + 'static,
    F: Fn(TestShop) -> Fut + Copy + 'static,
    Fut: Future<Output = Seen<T>> + 'static,
{
    let sqlite = seen(Kind::Sqlite, look).await;
    let postgres = seen(Kind::Postgres, look).await;
    for (sqlite, postgres) in sqlite.iter().zip(&postgres) {
        assert_eq!(sqlite, postgres, "on SQLite and on Postgres");
    }
    assert_eq!(sqlite.len(), postgres.len());
    sqlite
}

async fn seen<T, F, Fut>(kind: Kind, look: F) -> Seen<T>
where
    T: 'static,
    F: FnOnce(TestShop) -> Fut + 'static,
    Fut: Future<Output = Seen<T>> + 'static,
{
    let (give, take) = oneshot::channel();
    run(kind, move |shop| {
        let looking = look(shop);
        async move {
            give.send(looking.await).ok();
        }
    })
    .await;
    take.await.expect("the test looked at everything")
}

/// Compares with the files of this folder under `snapshots`, each named as what was seen.
pub fn kept_in(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// Puts names in the place of what is random, the same name for the same value: `[id 1]`, `[secret 1]`.
/// Times stay as they are, since tests set the clock.
#[derive(Default)]
pub struct Redaction {
    names: HashMap<String, String>,
    given: HashMap<&'static str, usize>,
}

impl Redaction {
    pub fn json(&mut self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(values) => values.into_iter().map(|value| self.json(value)).collect(),
            Value::Object(fields) => fields
                .into_iter()
                .map(|(name, value)| (name, self.json(value)))
                .collect(),
            other => other,
        }
    }

    pub fn text(&mut self, text: &str) -> String {
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let mut redacted = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            redacted.push_str(&self.word(word));
            let begin = after.find(is_of_word).unwrap_or(after.len());
            let (between, next) = after.split_at(begin);
            redacted.push_str(between);
            rest = next;
        }
        redacted
    }

    fn word(&mut self, word: &str) -> String {
        let kind = if is_id(word) {
            "id"
        } else if is_secret(word) {
            "secret"
        } else if word.len() == 14 && word.starts_with("HF-") {
            "order number"
        } else if word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit()) {
            "hash"
        } else {
            return word.to_owned();
        };
        if let Some(name) = self.names.get(word) {
            return name.clone();
        }
        let given = self.given.entry(kind).or_default();
        *given += 1;
        let name = format!("[{kind} {given}]");
        self.names.insert(word.to_owned(), name.clone());
        name
    }
}
