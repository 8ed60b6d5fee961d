//! Saving, renaming and deleting views.

use std::sync::Arc;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    identity::{Account, Role},
    locale::locale,
    text::line_fault,
};
use async_trait::async_trait;
use desk::admin::views::{
    ports::{NewView, SavedViews},
    types::{Audience, MAX_NAME, MAX_QUERY, MAX_VIEWS, SavedView, ViewList},
};
use url::form_urlencoded::{Serializer, parse};

use super::{
    store::{self, Row},
    text::Text,
};
use crate::{
    clock::Clock,
    db::Tx,
    error::Error,
    ids::{is_id, new_id},
    store::Store,
    text::name_key,
};

pub struct ViewService {
    db: Store,
    clock: Arc<dyn Clock>,
}

/// What says where a page of a list begins, or what was just done.
const PASSING: [&str; 6] = ["after", "before", "page", "done", "switched", "view"];

/// A query as it is kept: what narrows and sorts, in the order in which it was written.
fn kept_query(query: &str) -> String {
    let mut kept = Serializer::new(String::new());
    for (name, value) in parse(query.trim_start_matches('?').as_bytes()) {
        if !PASSING.contains(&name.as_ref()) && !value.is_empty() {
            kept.append_pair(&name, &value);
        }
    }
    kept.finish()
}

fn checked_name(name: &str) -> ShopResult<&str> {
    let name = name.trim();
    match line_fault(name, MAX_NAME) {
        Some(fault) => Err(ShopError::field("name", fault.words(MAX_NAME))),
        None => Ok(name),
    }
}

/// As this account sees it.
fn seen_by(actor: &Account, row: Row) -> SavedView {
    SavedView {
        is_theirs: may_change(actor, &row),
        audience: row.audience(),
        id: row.id,
        list: row.list,
        name: row.name,
        query: row.query,
        version: row.version,
    }
}

/// Their own, and to admins all that are shared.
fn may_change(actor: &Account, view: &Row) -> bool {
    let is_shared = view.audience() == Audience::Shared;
    view.account_id == actor.id || (is_shared && actor.role == Role::Admin)
}

impl ViewService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    /// A view that the actor may change, locked, if it still has this version.
    async fn own(&self, tx: &mut Tx, actor: &Account, id: &str, version: &str) -> ShopResult<Row> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        let found = store::locked(tx, self.db.dialect(), id).await?;
        let view = found.filter(|view| may_change(actor, view));
        let view = view.ok_or_else(ShopError::not_found)?;
        if version.trim().parse() != Ok(view.version) {
            let words = Text::from(locale()).changed_since();
            return Err(ShopError::new(ErrorKind::Conflict, words));
        }
        Ok(view)
    }
}

async fn must_be_free(
    tx: &mut Tx,
    account_id: &str,
    list: ViewList,
    name: &str,
    but: &str,
) -> ShopResult<()> {
    match store::is_named(tx, account_id, list, &name_key(name), but).await? {
        true => {
            let words = Text::from(locale()).named_already();
            Err(ShopError::field("name", words))
        }
        false => Ok(()),
    }
}

#[async_trait]
impl SavedViews for ViewService {
    async fn of(&self, actor: &Account, list: ViewList) -> ShopResult<Vec<SavedView>> {
        let rows = store::seen_by(&self.db, &actor.id, list).await?;
        Ok(rows.into_iter().map(|row| seen_by(actor, row)).collect())
    }

    async fn save(&self, actor: &Account, view: NewView) -> ShopResult<SavedView> {
        let text = Text::from(locale());
        let list = ViewList::parse(&view.list).ok_or_else(ShopError::not_found)?;
        let name = checked_name(&view.name)?;
        let query = kept_query(&view.query);
        if query.len() > MAX_QUERY {
            return Err(ShopError::field("name", text.too_long()));
        }
        let mut tx = self.db.begin().await?;
        store::lock_account(&mut tx, self.db.dialect(), &actor.id).await?;
        if store::count(&mut tx, &actor.id).await? >= MAX_VIEWS {
            let words = text.too_many(&MAX_VIEWS.to_string());
            return Err(ShopError::field("name", words));
        }
        must_be_free(&mut tx, &actor.id, list, name, "").await?;
        let row = Row {
            id: new_id(),
            account_id: actor.id.clone(),
            list,
            name: name.to_owned(),
            query,
            shared: view.audience == Audience::Shared,
            version: 1,
        };
        store::insert(&mut tx, &row, &name_key(name), self.clock.now()).await?;
        tx.commit().await.map_err(Error::from)?;
        Ok(seen_by(actor, row))
    }

    async fn rename(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        name: &str,
    ) -> ShopResult<SavedView> {
        let name = checked_name(name)?;
        let mut tx = self.db.begin().await?;
        let view = self.own(&mut tx, actor, id, version).await?;
        store::lock_account(&mut tx, self.db.dialect(), &view.account_id).await?;
        must_be_free(&mut tx, &view.account_id, view.list, name, id).await?;
        store::rename(&mut tx, id, name, &name_key(name)).await?;
        tx.commit().await.map_err(Error::from)?;
        let renamed = Row {
            name: name.to_owned(),
            version: view.version + 1,
            ..view
        };
        Ok(seen_by(actor, renamed))
    }

    async fn delete(&self, actor: &Account, id: &str, version: &str) -> ShopResult<SavedView> {
        let mut tx = self.db.begin().await?;
        let view = self.own(&mut tx, actor, id, version).await?;
        store::delete(&mut tx, id).await?;
        tx.commit().await.map_err(Error::from)?;
        Ok(seen_by(actor, view))
    }
}

#[cfg(test)]
mod tests {
    use super::kept_query;

    #[test]
    fn a_view_keeps_what_narrows_and_sorts() {
        assert_eq!(
            kept_query("?q=%C3%A4+b&status=paid&page=3&after=x&view=saved&sort="),
            "q=%C3%A4+b&status=paid"
        );
        assert_eq!(kept_query("after=x"), "");
    }
}
