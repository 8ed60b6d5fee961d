//! The menus of header and footer.

pub mod demo;
mod draft;
mod feature;
mod read;
mod store;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/menus_text.rs"));
}
pub mod translated;
mod tree;

use std::sync::Arc;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::{Locale, locale},
    menus::{
        ports::{MenuAdmin, ShownMenus},
        types::{
            Direction, MAX_ITEMS, MenuChoices, MenuItem, MenuItemForm, MenuItemSaved, MenuPlace,
            Menus,
        },
    },
    ui::form,
};
use async_trait::async_trait;
use serde_json::Value;

use crate::{
    audit_log,
    cache::ReadThrough,
    clock::Clock,
    coordination::Topic,
    db::Tx,
    error::Result,
    ids::{is_id, new_id},
    settings::Settings,
    store::{ChangeSet, Store},
};
use store::StoredItem;

/// Bytes of menus that a node keeps.
const MAX_BYTES: u64 = 1024 * 1024;

/// Each language has kept menus of its own, under one generation.
#[derive(Clone)]
pub struct MenuService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    /// That labels are in; `None`: as they are written.
    language: Option<Locale>,
    kept: ReadThrough<Menus>,
}

impl MenuService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        let kept = ReadThrough::new("menus", MAX_BYTES, db.freshness().clone());
        Self {
            kept: kept.ending(clock.clone(), |menus: &Menus| menus.ends),
            db,
            clock,
            settings,
            language: None,
        }
    }

    /// The item, in a menu that nobody else changes meanwhile.
    async fn locked(&self, tx: &mut Tx, id: &str) -> ShopResult<(StoredItem, Vec<StoredItem>)> {
        let item = match is_id(id) {
            true => store::by_id(&mut **tx, id).await?,
            false => None,
        };
        let item = item.ok_or_else(ShopError::not_found)?;
        let items = store::lock(tx, &self.db, item.place).await?;
        // It may have been changed or deleted before the menu was held.
        let item = items.iter().find(|other| other.id == id).cloned();
        Ok((item.ok_or_else(ShopError::not_found)?, items))
    }

    async fn commit(
        &self,
        mut tx: Tx,
        actor: &Account,
        action: &str,
        id: &str,
        (before, after): (Option<Value>, Option<Value>),
    ) -> Result<()> {
        let subject = ("menu", id);
        let now = self.clock.now();
        audit_log::record(&mut tx, now, &actor.email, action, subject, before, after).await?;
        let mut changes = ChangeSet::default();
        changes.around_pages();
        changes.commit(tx, &self.db).await?;
        Ok(())
    }
}

/// What the service says, in the language of who asks.
fn said() -> text::Text {
    text::Text::from(locale())
}

fn saved(item: &StoredItem) -> MenuItemSaved {
    MenuItemSaved {
        id: item.id.clone(),
        place: item.place,
    }
}

#[async_trait]
impl ShownMenus for MenuService {
    fn in_language(&self, language: Locale) -> Arc<dyn ShownMenus> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn shown(&self) -> ShopResult<Arc<Menus>> {
        let this = self.clone();
        let load = move || {
            let this = this.clone();
            async move {
                let settings = this.settings.now().await?;
                let language = this
                    .language
                    .filter(|language| *language != settings.written_in);
                Ok(read::shown(&this.db, this.clock.now(), language).await?)
            }
        };
        let name = self.language.map_or("all", Locale::code);
        self.kept.get(name, &[Topic::lists()], load).await
    }
}

#[async_trait]
impl MenuAdmin for MenuService {
    async fn items(&self, place: MenuPlace) -> ShopResult<Vec<MenuItem>> {
        Ok(read::items(&self.db, self.clock.now(), place).await?)
    }

    async fn item(&self, id: &str) -> ShopResult<MenuItem> {
        let item = match is_id(id) {
            true => store::by_id(self.db.reader(), id).await?,
            false => None,
        };
        let place = item.ok_or_else(ShopError::not_found)?.place;
        let items = self.items(place).await?;
        items
            .into_iter()
            .find(|item| item.id == id)
            .ok_or_else(ShopError::not_found)
    }

    async fn choices(&self) -> ShopResult<MenuChoices> {
        Ok(read::choices(&self.db).await?)
    }

    async fn create(&self, actor: &Account, form: MenuItemForm) -> ShopResult<MenuItemSaved> {
        let place = MenuPlace::parse(form.place.trim())
            .ok_or_else(|| ShopError::field("place", said().choose_place()))?;
        let mut tx = self.db.begin().await?;
        let items = store::lock(&mut tx, &self.db, place).await?;
        if items.len() >= MAX_ITEMS {
            return Err(ShopError::new(
                ErrorKind::Conflict,
                said().too_many_items(&MAX_ITEMS.to_string()),
            ));
        }
        let mut item = draft::checked(&mut tx, None, &items, form).await?;
        item.id = new_id();
        item.place = place;
        store::insert(&mut tx, &item).await?;
        let after = Some(draft::audited(&item));
        self.commit(tx, actor, "menu.create", &item.id, (None, after))
            .await?;
        Ok(saved(&item))
    }

    async fn update(
        &self,
        actor: &Account,
        id: &str,
        form: MenuItemForm,
    ) -> ShopResult<MenuItemSaved> {
        let version = form::version(&form.version)?;
        let mut tx = self.db.begin().await?;
        let (before, items) = self.locked(&mut tx, id).await?;
        if version.is_some_and(|version| version != before.version) {
            return Err(ShopError::new(ErrorKind::Conflict, said().changed_since()));
        }
        let item = draft::checked(&mut tx, Some(&before), &items, form).await?;
        store::update(&mut tx, &item).await?;
        translated::changed(&mut tx, &self.db, &item).await?;
        let change = (Some(draft::audited(&before)), Some(draft::audited(&item)));
        self.commit(tx, actor, "menu.update", id, change).await?;
        Ok(saved(&item))
    }

    async fn shift(
        &self,
        actor: &Account,
        id: &str,
        direction: Direction,
    ) -> ShopResult<MenuItemSaved> {
        let mut tx = self.db.begin().await?;
        let (item, items) = self.locked(&mut tx, id).await?;
        let mut order: Vec<&StoredItem> = items
            .iter()
            .filter(|other| other.parent_id == item.parent_id)
            .collect();
        let at = order.iter().position(|other| other.id == id);
        let by = match direction {
            Direction::Up => -1,
            Direction::Down => 1,
        };
        let to = at.and_then(|at| at.checked_add_signed(by));
        let (Some(at), Some(to)) = (at, to.filter(|to| *to < order.len())) else {
            return Ok(saved(&item));
        };
        order.swap(at, to);
        for (position, other) in (1_i64..).zip(&order) {
            store::place_at(&mut tx, &other.id, position).await?;
        }
        let place =
            |at: usize| Some(serde_json::json!({ "title": item.label, "position": at + 1 }));
        self.commit(tx, actor, "menu.move", id, (place(at), place(to)))
            .await?;
        Ok(saved(&item))
    }

    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<MenuItemSaved> {
        let mut tx = self.db.begin().await?;
        let (item, items) = self.locked(&mut tx, id).await?;
        translated::forget(&mut tx, &items, id).await?;
        store::delete(&mut tx, id).await?;
        let before = Some(draft::audited(&item));
        self.commit(tx, actor, "menu.delete", id, (before, None))
            .await?;
        Ok(saved(&item))
    }
}
