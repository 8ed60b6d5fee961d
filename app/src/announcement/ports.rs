//! What the server provides for announcements.

use std::sync::Arc;

use async_trait::async_trait;

use super::types::{Announced, Announcement, AnnouncementSaved};
use crate::{
    error::ShopResult,
    identity::Account,
    locale::{Locale, locale},
    shop::shop,
};

/// As typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnnouncementForm {
    /// Empty for a new one.
    pub id: String,
    /// Of the one the form was made from; any other is a `conflict`.
    pub version: String,
    pub text: String,
    pub link: String,
    /// By the shop's clocks, such as `2026-12-24T18:00`; empty: at once.
    pub starts: String,
    /// The same; empty: never.
    pub ends: String,
}

/// Every change is audited, and seen on all nodes when it returns.
#[async_trait]
pub trait Announcements: Send + Sync {
    /// The same with what shoppers see in a language, as far as it is translated.
    fn in_language(&self, language: Locale) -> Arc<dyn Announcements>;
    /// What is announced now.
    async fn announced(&self) -> ShopResult<Announced>;
    /// All of them, the latest first, and the time it is, in milliseconds since 1970.
    async fn all(&self) -> ShopResult<(Vec<Announcement>, i64)>;
    async fn save(&self, actor: &Account, form: AnnouncementForm) -> ShopResult<AnnouncementSaved>;
    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()>;
}

/// See [`Announcements`]; in the language of the request at hand.
pub fn announcements() -> Arc<dyn Announcements> {
    shop().port::<dyn Announcements>().in_language(locale())
}
