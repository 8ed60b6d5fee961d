//! What the server provides for drops.

use std::sync::Arc;

use async_trait::async_trait;

use super::{
    room::{RoomForm, RoomState, RoomTold},
    types::{AdminDrop, Drop, DropForm, DropRow, DropSaved, InDrop, LineForm, MissingVariants},
};
use crate::{
    error::ShopResult,
    identity::Account,
    locale::{Locale, locale},
    shop::shop,
    tickets::Tickets,
};

/// What became of a link in an e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminder {
    /// It waits for its button.
    Asked,
    Confirmed,
}

/// What shoppers see and ask for.
#[async_trait]
pub trait Drops: Send + Sync {
    /// The same with its texts in a language, as far as they are translated.
    fn in_language(&self, language: Locale) -> Arc<dyn Drops>;
    /// `not_found` if there is no such drop, or not for shoppers.
    async fn of_slug(&self, slug: &str) -> ShopResult<Arc<Drop>>;
    /// The time that all nodes go by, in milliseconds since 1970.
    fn now(&self) -> i64;
    /// Has a link mailed to this address by which a reminder is confirmed; `client` is the network it comes from.
    /// The answer is the same whether there is one already.
    async fn remind(&self, client: &str, locale: Locale, slug: &str, email: &str)
    -> ShopResult<()>;
    /// The drop of a link in such an e-mail, and what became of it.
    async fn reminder(&self, token: &str) -> ShopResult<(Arc<Drop>, Reminder)>;
    /// Confirms a reminder; the drop it is of.
    async fn confirm(&self, token: &str) -> ShopResult<Arc<Drop>>;
}

/// Every change is audited, and seen on all nodes when it returns.
#[async_trait]
pub trait DropAdmin: Send + Sync {
    /// Those that open last come first.
    async fn all(&self) -> ShopResult<Vec<DropRow>>;
    async fn by_id(&self, id: &str) -> ShopResult<AdminDrop>;
    /// Variants of its products that it does not have: such as those that were made since.
    async fn beside(&self, id: &str) -> ShopResult<Vec<MissingVariants>>;
    /// What drops that take place have of a product, those that start first before others.
    async fn of_product(&self, product_id: &str) -> ShopResult<Vec<InDrop>>;
    async fn create(&self, actor: &Account, form: DropForm) -> ShopResult<DropSaved>;
    /// `version` is that of the drop the form was made from; any other is a `conflict`.
    async fn update(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        form: DropForm,
    ) -> ShopResult<DropSaved>;
    /// Puts all variants of a product into it that are not in it; what is on the shelf of each is its units.
    async fn add(&self, actor: &Account, id: &str, product_id: &str) -> ShopResult<()>;
    /// Puts what a CSV file says into it, by SKUs: all of it or nothing. How many lines were written.
    async fn take_file(&self, actor: &Account, id: &str, file: Vec<u8>) -> ShopResult<usize>;
    async fn set_line(&self, actor: &Account, id: &str, form: LineForm) -> ShopResult<()>;
    async fn remove_line(&self, actor: &Account, id: &str, variant_id: &str) -> ShopResult<()>;
    /// Gives it a waiting room, changes it, or takes it away.
    async fn set_room(&self, actor: &Account, id: &str, form: RoomForm) -> ShopResult<()>;
    /// Sets for how many hours a unit is kept that is offered to someone.
    async fn set_offer_hours(&self, actor: &Account, id: &str, hours: &str) -> ShopResult<()>;
    /// Makes it take place, and sets its units aside.
    async fn plan(&self, actor: &Account, id: &str) -> ShopResult<()>;
    /// Ends it, or keeps it from taking place, and puts its units back on the shelf.
    async fn call_off(&self, actor: &Account, id: &str) -> ShopResult<()>;
    /// Puts back what is left of one that is over.
    async fn put_back(&self, actor: &Account, id: &str) -> ShopResult<()>;
    /// Deletes one that has sold nothing and has nothing set aside.
    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()>;
}

/// What a visitor asks a waiting room for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    pub slug: String,
    /// Where a code was mailed to, and the code; empty where none is needed.
    pub email: String,
    pub code: String,
}

/// Waiting rooms.
#[async_trait]
pub trait Rooms: Send + Sync {
    /// `not_found` if there is no such drop, or it has no room.
    async fn look(&self, slug: &str, tickets: &Tickets) -> ShopResult<RoomTold>;
    /// Follows a visitor who stays; `not_found` as above.
    async fn follow(&self, slug: &str, tickets: &Tickets) -> ShopResult<Box<dyn Followed>>;
    /// Has a code mailed to this address; `client` is the network it comes from.
    async fn send_code(&self, client: &str, slug: &str, email: &str) -> ShopResult<()>;
    /// Gives a visitor a place; those who have one keep it. The answer is what their browser keeps.
    async fn enter(&self, client: &str, tickets: &Tickets, entry: Entry) -> ShopResult<String>;
}

/// A visitor who stays in a waiting room: thousands ask every second, so it costs little.
#[async_trait]
pub trait Followed: Send {
    /// Their state, as it was known a second ago at most. Whether they have ordered is not asked.
    async fn state(&mut self) -> ShopResult<RoomState>;
}

/// See [`Rooms`].
pub fn rooms() -> Arc<dyn Rooms> {
    shop().port()
}

/// See [`Drops`]; in the language of the request at hand.
pub fn drops() -> Arc<dyn Drops> {
    shop().port::<dyn Drops>().in_language(locale())
}

/// See [`DropAdmin`].
pub fn drop_admin() -> Arc<dyn DropAdmin> {
    shop().port()
}
