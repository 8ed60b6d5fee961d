//! What the server's half of a feature declares: the ports it provides, and its part of what concerns
//! all that is kept of a person.
//!
//! A feature is in the list by saying [`declare!`](crate::feature::declare). So sign-in, a customer's
//! export and erasure, and the shop as a whole reach features that they do not know of, and each
//! arrow between modules points down.

use std::sync::{Arc, LazyLock};

use app::{shop::Ports, visitor::Visitor};
use async_trait::async_trait;
use serde_json::Value;

use crate::{
    clock::Clock,
    db::{Sql, Tx},
    error::Result,
    settings::Settings,
    store::{ChangeSet, Store},
    text::mailbox,
};

/// What every feature may be made of.
#[derive(Clone)]
pub struct Parts {
    pub db: Store,
    pub clock: Arc<dyn Clock>,
    pub settings: Settings,
}

/// Someone signs in on a device.
#[derive(Clone, Copy)]
pub struct SigningIn<'a> {
    /// With the cookies of the device.
    pub visitor: &'a Visitor,
    pub account_id: &'a str,
    /// Milliseconds since 1970.
    pub now: i64,
}

/// Someone whose data is handed out or forgotten.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    pub account_id: Option<&'a str>,
    /// The address whose rows without an account are theirs: one that was not proven is not.
    pub guest_email: Option<&'a str>,
    /// Ids of their orders.
    pub orders: &'a [String],
}

impl Person<'_> {
    /// Their mailboxes: of the account, and of the address as a guest.
    pub async fn mailboxes(
        &self,
        read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    ) -> Result<Vec<String>> {
        let mut mailboxes: Vec<String> = self.guest_email.map(mailbox).into_iter().collect();
        if let Some(account_id) = self.account_id {
            let mut sql = Sql::new("SELECT email FROM accounts WHERE id = ");
            sql.text(account_id);
            let email: Option<String> = sql.fetch_optional_value(read).await?;
            mailboxes.extend(email.as_deref().map(mailbox));
        }
        Ok(mailboxes)
    }
}

#[async_trait]
pub trait Feature: Send + Sync {
    /// As its folder is called; the list is in the order of these names.
    fn name(&self) -> &'static str;

    /// Adds what it provides to pages and server functions, if that is made of these parts alone.
    fn provide(&self, ports: Ports, _parts: &Parts) -> Ports {
        ports
    }

    /// At sign-in: what the device has becomes the account's. Carts are locked already, and rows of
    /// the account itself must not have been.
    async fn join(&self, _tx: &mut Tx, _db: &Store, _signing_in: &SigningIn<'_>) -> Result<()> {
        Ok(())
    }

    /// What is kept of a person, for them to have, under the feature's name; nothing that opens
    /// anything.
    async fn export(&self, _db: &Store, _person: &Person<'_>) -> Result<Option<Value>> {
        Ok(None)
    }

    /// Before an account is removed, or a guest erased: takes away what does not go with the
    /// account's row by itself.
    async fn forget(
        &self,
        _tx: &mut Tx,
        _db: &Store,
        _person: &Person<'_>,
        _changes: &mut ChangeSet,
    ) -> Result<()> {
        Ok(())
    }

    /// Now and then, on any node: ends what has expired.
    async fn run_maintenance(&self, _parts: &Parts) -> Result<()> {
        Ok(())
    }
}

/// A feature that is in the list.
pub struct Declared(pub &'static dyn Feature);

inventory::collect!(Declared);

/// Puts a unit struct that is a [`Feature`] into the list of all features.
#[macro_export]
macro_rules! declare {
    ($feature:ident) => {
        inventory::submit! { $crate::feature::Declared(&$feature) }
    };
}
pub use declare;

/// In the order of their names: linkers have no order of their own.
static FEATURES: LazyLock<Vec<&'static dyn Feature>> = LazyLock::new(|| {
    let declared = inventory::iter::<Declared>.into_iter();
    let mut features: Vec<_> = declared.map(|declared| declared.0).collect();
    features.sort_by_key(|feature| feature.name());
    features
});

pub fn all() -> impl Iterator<Item = &'static dyn Feature> {
    FEATURES.iter().copied()
}

/// See [`Feature::forget`].
pub async fn forget(
    tx: &mut Tx,
    db: &Store,
    person: &Person<'_>,
    changes: &mut ChangeSet,
) -> Result<()> {
    for feature in all() {
        feature.forget(tx, db, person, changes).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::all;

    #[test]
    fn every_feature_is_in_the_list_once() {
        let names: BTreeSet<_> = all().map(|feature| feature.name()).collect();
        assert_eq!(names.len(), all().count());
        for name in ["account", "cart", "catalog"] {
            assert!(names.contains(name), "{name} in {names:?}");
        }
    }
}
