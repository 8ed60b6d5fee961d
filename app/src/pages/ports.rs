//! What the server provides for the owner's pages.

use std::sync::Arc;

use async_trait::async_trait;

use super::{
    message::Message,
    types::{AdminPage, AdminPageRow, Look, PageForm, PageSaved, StandardPages},
};
use crate::{
    error::ShopResult,
    identity::Account,
    locale::{Locale, locale},
    shop::shop,
};

/// What shoppers see.
#[async_trait]
pub trait Pages: Send + Sync {
    /// The same in another language, as far as pages are translated.
    fn in_language(&self, language: Locale) -> Arc<dyn Pages>;
    /// What is at `/pages/{slug}`.
    async fn page(&self, slug: &str) -> ShopResult<Arc<Look>>;
    /// The contact page, whatever its address.
    async fn contact(&self) -> ShopResult<Arc<Look>>;
    /// Links to the pages of the law, to the contact page and to what is said of delivery.
    async fn standard_pages(&self) -> ShopResult<Arc<StandardPages>>;
    /// Sends a message to the address of the contact page. `client` is the network that it comes from:
    /// a network and a mailbox may send a few at a time. Not found without a contact page.
    async fn send_message(&self, client: &str, message: Message) -> ShopResult<()>;
}

/// Work on pages.
#[async_trait]
pub trait PageAdmin: Send + Sync {
    /// All pages, those of the law first.
    async fn pages(&self) -> ShopResult<Vec<AdminPageRow>>;
    async fn page(&self, id: &str) -> ShopResult<AdminPage>;
    async fn create(&self, actor: &Account, form: PageForm) -> ShopResult<PageSaved>;
    /// With a version in the form, an edit made from an older state of the page is refused.
    async fn update(&self, actor: &Account, id: &str, form: PageForm) -> ShopResult<PageSaved>;
    async fn delete(&self, actor: &Account, id: &str, version: &str) -> ShopResult<()>;
    /// The HTML of a text, as shoppers would get it.
    fn preview(&self, markdown: &str) -> String;
}

/// See [`Pages`]. In the language of the request at hand.
pub fn pages() -> Arc<dyn Pages> {
    shop().port::<dyn Pages>().in_language(locale())
}

/// See [`PageAdmin`].
pub fn page_admin() -> Arc<dyn PageAdmin> {
    shop().port()
}
