//! The owner's side: pages are written, changed and deleted.

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::Language,
    pages::{
        ports::PageAdmin,
        types::{AdminPage, AdminPageRow, MAX_PAGES, PageForm, PageSaved, PageState},
    },
    ui::{date::Zone, form},
};
use async_trait::async_trait;

use super::{
    PageService, draft, markdown, said,
    store::{self, StoredPage},
    translated,
};
use crate::{
    audit_log,
    error::Result,
    ids::{is_id, new_id},
    store::ChangeSet,
    translations::{self, Kind},
};

/// Who did what to which page.
struct Note<'a> {
    actor: &'a Account,
    action: &'a str,
    id: &'a str,
    before: Option<&'a StoredPage>,
    after: Option<&'a StoredPage>,
}

#[async_trait]
impl PageAdmin for PageService {
    async fn pages(&self) -> ShopResult<Vec<AdminPageRow>> {
        Ok(store::all(&self.db).await?)
    }

    async fn page(&self, id: &str) -> ShopResult<AdminPage> {
        let page = match is_id(id) {
            true => store::by_id(&self.db, id).await?,
            false => None,
        };
        page.map(AdminPage::from).ok_or_else(ShopError::not_found)
    }

    async fn create(&self, actor: &Account, form: PageForm) -> ShopResult<PageSaved> {
        let zone = Zone::named(&self.settings.now().await?.time_zone);
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        if store::count(&mut tx).await? >= MAX_PAGES {
            return Err(ShopError::new(
                ErrorKind::Conflict,
                said().too_many_pages(&MAX_PAGES.to_string()),
            ));
        }
        let mut page = draft::checked(None, form, &zone, now)?;
        page.id = new_id();
        draft::placed(&mut tx, &mut page).await?;
        store::insert(&mut tx, now, &page).await?;
        let note = Note {
            actor,
            action: "page.create",
            id: &page.id,
            before: None,
            after: Some(&page),
        };
        self.commit(tx, note).await?;
        Ok(saved(&page, 1))
    }

    async fn update(&self, actor: &Account, id: &str, form: PageForm) -> ShopResult<PageSaved> {
        let zone = Zone::named(&self.settings.now().await?.time_zone);
        let now = self.clock.now();
        let version = form::version(&form.version)?;
        let mut tx = self.db.begin().await?;
        let before = self.locked(&mut tx, id, version).await?;
        let mut page = draft::checked(Some(&before), form, &zone, now)?;
        draft::placed(&mut tx, &mut page).await?;
        if page.state == PageState::Published {
            translated::publishable(&mut tx, id).await?;
        }
        store::update(&mut tx, now, &before, &page).await?;
        if before.is_demo && !page.is_demo {
            translated::forget_examples(&mut tx, id).await?;
        }
        translated::changed(&mut tx, &self.db, &page).await?;
        let note = Note {
            actor,
            action: "page.update",
            id,
            before: Some(&before),
            after: Some(&page),
        };
        self.commit(tx, note).await?;
        Ok(saved(&page, before.version + 1))
    }

    async fn delete(&self, actor: &Account, id: &str, version: &str) -> ShopResult<()> {
        let version = form::version(version)?;
        let mut tx = self.db.begin().await?;
        let before = self.locked(&mut tx, id, version).await?;
        store::delete(&mut tx, id).await?;
        translations::forget(&mut tx, Kind::Page, id).await?;
        let note = Note {
            actor,
            action: "page.delete",
            id,
            before: Some(&before),
            after: None,
        };
        self.commit(tx, note).await?;
        Ok(())
    }

    fn preview(&self, markdown: &str) -> String {
        markdown::html(markdown, Language::default())
    }
}

impl PageService {
    /// The page as it is now, to be changed by who has seen this version of it.
    async fn locked(
        &self,
        tx: &mut crate::db::Tx,
        id: &str,
        version: Option<i64>,
    ) -> ShopResult<StoredPage> {
        let page = match is_id(id) {
            true => store::lock(tx, &self.db, id).await?,
            false => None,
        };
        let page = page.ok_or_else(ShopError::not_found)?;
        match version {
            Some(version) if version != page.version => {
                Err(ShopError::new(ErrorKind::Conflict, said().changed_since()))
            }
            _ => Ok(page),
        }
    }

    /// Notes a change in the audit log and makes it seen.
    async fn commit(&self, mut tx: crate::db::Tx, note: Note<'_>) -> Result<()> {
        let Note {
            actor,
            action,
            id,
            before,
            after,
        } = note;
        let json = |page: Option<&StoredPage>| page.map(draft::audited);
        audit_log::record(
            &mut tx,
            self.clock.now(),
            &actor.email,
            action,
            ("page", id),
            json(before),
            json(after),
        )
        .await?;
        let mut changes = ChangeSet::default();
        changes.around_pages();
        changes.commit(tx, &self.db).await?;
        Ok(())
    }
}

fn saved(page: &StoredPage, version: i64) -> PageSaved {
    PageSaved {
        id: page.id.clone(),
        slug: page.slug.clone(),
        version,
        state: page.state,
        publish_at: page
            .publish_at
            .filter(|_| page.state == PageState::Published),
    }
}
