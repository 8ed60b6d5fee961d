//! What saved views are to the rest of the server. An account's go with the account's row.

use std::sync::Arc;

use app::shop::Ports;
use async_trait::async_trait;
use desk::admin::views::ports::SavedViews;
use serde_json::{Value, json};

use super::{service::ViewService, store};
use crate::{
    db::Tx,
    error::Result,
    feature::{Feature, Parts, Person, declare},
    store::{ChangeSet, Store},
    text::fold,
};

struct Views;

declare!(Views);

#[async_trait]
impl Feature for Views {
    fn name(&self) -> &'static str {
        "admin::views"
    }

    fn provide(&self, ports: Ports, parts: &Parts) -> Ports {
        let Parts { db, clock, .. } = parts.clone();
        ports.with::<dyn SavedViews>(Arc::new(ViewService::new(db, clock)))
    }

    async fn export(&self, db: &Store, person: &Person<'_>) -> Result<Option<Value>> {
        let Some(account_id) = person.account_id else {
            return Ok(None);
        };
        let views = store::of_account(db, account_id).await?;
        if views.is_empty() {
            return Ok(None);
        }
        let views: Vec<_> = views
            .iter()
            .map(|view| {
                json!({
                    "list": view.list, "name": view.name, "query": view.query,
                    "shared": view.shared,
                })
            })
            .collect();
        Ok(Some(json!(views)))
    }

    /// A view that searches for someone's address would keep it.
    async fn forget(
        &self,
        tx: &mut Tx,
        _db: &Store,
        person: &Person<'_>,
        _changes: &mut ChangeSet,
    ) -> Result<()> {
        let email = match (person.guest_email, person.account_id) {
            (Some(email), _) => Some(email.to_owned()),
            (None, Some(account_id)) => store::email_of(tx, account_id).await?,
            (None, None) => None,
        };
        let Some(email) = email.map(|email| fold(&email)) else {
            return Ok(());
        };
        for (id, query) in store::about_people(tx).await? {
            let named = url::form_urlencoded::parse(query.as_bytes())
                .any(|(_, value)| fold(&value).contains(&email));
            if named {
                store::delete(tx, &id).await?;
            }
        }
        Ok(())
    }
}
