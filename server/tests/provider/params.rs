//! Forms and queries: `metadata[order_id]=…`, `expand[]=…`.

use std::collections::{BTreeMap, BTreeSet};

use super::refusal::Refusal;

/// What a request sends. Whatever an endpoint does not take is refused, as Stripe does.
#[derive(Debug)]
pub struct Params(Vec<(String, String)>);

/// Which objects are to be written out in an answer, by their paths.
#[derive(Debug, Clone, Default)]
pub struct Expand(BTreeSet<String>);

impl Params {
    pub fn parse(encoded: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(encoded).into_owned().collect())
    }

    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    pub fn need(&mut self, name: &str) -> Result<String, Refusal> {
        self.take(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| Refusal::missing(name))
    }

    pub fn number(&mut self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let invalid = |_| Refusal::invalid(name, format!("Invalid integer: {value}"));
        value.parse().map(Some).map_err(invalid)
    }

    /// `name[…]`, with the part in brackets.
    pub fn map(&mut self, name: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        self.0.retain(|(known, value)| {
            let inner = known
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
            match inner {
                Some(inner) if !inner.contains('[') => {
                    found.insert(inner.to_owned(), value.clone());
                    false
                }
                _ => true,
            }
        });
        found
    }

    /// `name[0]`, `name[1]` or `name[]`.
    pub fn list(&mut self, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.0.retain(|(known, value)| {
            let index = known
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
            let is_item = index.is_some_and(|index| index.bytes().all(|b| b.is_ascii_digit()));
            if is_item {
                found.push(value.clone());
            }
            !is_item
        });
        found
    }

    pub fn expand(&mut self) -> Expand {
        Expand(self.list("expand").into_iter().collect())
    }

    pub fn finish(self) -> Result<(), Refusal> {
        match self.0.first() {
            Some((name, _)) => Err(Refusal::unknown(name)),
            None => Ok(()),
        }
    }
}

impl Expand {
    /// Below `path`, if the object there is to be written out.
    pub fn below(&self, path: &str) -> Option<Self> {
        let inner = format!("{path}.");
        let below: BTreeSet<_> = self
            .0
            .iter()
            .filter_map(|known| known.strip_prefix(&inner).map(str::to_owned))
            .collect();
        (self.0.contains(path) || !below.is_empty()).then_some(Self(below))
    }
}
