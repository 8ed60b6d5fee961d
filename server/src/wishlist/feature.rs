//! What wishlists are to the rest of the server. An account's list goes with the account's row.

use std::sync::Arc;

use app::{
    shop::Ports,
    wishlist::ports::{Owner, Wishlist},
};
use async_trait::async_trait;
use serde_json::{Value, json};

use super::{WishlistService, join, store};
use crate::{
    db::Tx,
    error::Result,
    feature::{Feature, Parts, Person, SigningIn, declare},
    store::Store,
};

struct Wishlists;

declare!(Wishlists);

#[async_trait]
impl Feature for Wishlists {
    fn name(&self) -> &'static str {
        "wishlist"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts {
            db,
            clock,
            settings,
        } = parts.clone();
        ports.with::<dyn Wishlist>(Arc::new(WishlistService {
            db,
            clock,
            settings,
            language: None,
        }))
    }

    async fn join(&self, tx: &mut Tx, _db: &Store, signing_in: &SigningIn<'_>) -> Result<()> {
        join::join(tx, signing_in).await
    }

    /// A guest's list is known by nothing but the device's cookie.
    async fn export(&self, db: &Store, person: &Person<'_>) -> Result<Option<Value>> {
        let Some(account_id) = person.account_id else {
            return Ok(None);
        };
        // An account's list does not expire.
        let Some(list) = store::find(db, 0, Owner::Account(account_id)).await? else {
            return Ok(Some(json!([])));
        };
        let (items, _) = store::items(db, &list).await?;
        let items: Vec<_> = items
            .iter()
            .map(|item| {
                json!({
                    "product_id": item.product_id, "title": item.title, "added_at": item.added_at,
                })
            })
            .collect();
        Ok(Some(json!(items)))
    }

    async fn run_maintenance(&self, parts: &Parts) -> Result<()> {
        let now = parts.clock.now();
        store::drop_expired(&parts.db, now).await.map(drop)
    }
}
