//! What the server provides for translating.

use std::{collections::HashMap, sync::Arc};

use app::{
    error::{ShopError, ShopResult},
    identity::Account,
    locale::{Locale, locale},
    menus::types::MenuPlace,
    shop::{ShopSettings, shop},
};
use async_trait::async_trait;

use super::{text::Text, types::TextForm};

/// Which text of the shop a field translates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Title,
    Description,
    SeoTitle,
    SeoDescription,
    /// The name of an option, in all products that have it.
    OptionName,
    /// A value of the option of this name, in all products that have it.
    OptionValue(String),
    Category,
    Collection,
    /// What the page of the category, collection or drop of this name says above its products.
    CategoryText(String),
    Announcement,
    /// Of the front page's block of this number.
    Block(usize, BlockPart),
    /// The Markdown of a page.
    PageText,
    /// The label of an item of this menu.
    MenuItem(MenuPlace),
    /// What the product's picture of this number shows.
    PictureAlt(usize),
    /// A tag, in all products that have it.
    Tag,
    /// The name of a shipping method.
    Shipping,
    /// What the shipping method of this name says of itself.
    ShippingText(String),
    /// The title of a drop.
    Drop,
    /// The name of a payment method.
    Payment,
    /// What the payment method of this name says of itself.
    PaymentText(String),
}

/// Which text of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockPart {
    Heading,
    Text,
    Button,
    Alt,
    PromiseTitle,
    PromiseText,
}

/// Texts that are translated on a page of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Categories,
    Collections,
    Drops,
    Announcements,
    Home,
    Menus,
    Shipping,
    Payment,
}

impl Group {
    pub const ALL: [Self; 8] = [
        Self::Categories,
        Self::Collections,
        Self::Drops,
        Self::Announcements,
        Self::Home,
        Self::Menus,
        Self::Shipping,
        Self::Payment,
    ];

    /// As in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Collections => "collections",
            Self::Drops => "drops",
            Self::Announcements => "announcements",
            Self::Home => "home",
            Self::Menus => "menus",
            Self::Shipping => "shipping",
            Self::Payment => "payment",
        }
    }

    /// The address of its page in a language.
    pub fn page(self, language: Locale) -> String {
        let page = format!("/admin/translations/{}", language.code());
        match self {
            Self::Categories => page,
            Self::Collections
            | Self::Drops
            | Self::Announcements
            | Self::Home
            | Self::Menus
            | Self::Shipping
            | Self::Payment => format!("{page}/{}", self.as_str()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TranslationState {
    /// Made from the original as it is.
    Current,
    Missing,
    /// The original has changed since.
    Stale,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationField {
    /// What the form calls it.
    pub name: String,
    pub subject: Subject,
    pub original: String,
    /// Digest of the original.
    pub source: String,
    pub text: String,
    /// Digest of the text.
    pub was: String,
    pub state: TranslationState,
    /// Letters that it may have.
    pub most: usize,
}

/// A product as it is to be translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductTexts {
    pub id: String,
    pub title: String,
    pub fields: Vec<TranslationField>,
}

/// A page as it is to be translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTexts {
    pub id: String,
    pub title: String,
    pub fields: Vec<TranslationField>,
}

/// How far subjects are translated into each language, by their ids.
pub type Progress = HashMap<String, Vec<(Locale, TranslationState)>>;

/// The languages that texts of this shop can be translated into.
pub fn targets(settings: &ShopSettings) -> Vec<Locale> {
    let languages = settings.languages.locales();
    languages
        .filter(|language| *language != settings.written_in)
        .collect()
}

/// Whether texts may be translated into a language: also into one that the shop does not speak yet, so that
/// it can begin with its texts.
pub fn may_translate(settings: &ShopSettings, language: Locale) -> bool {
    language != settings.written_in
}

/// Largest file of translations, in bytes.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// Of a language that the shop is not translated into.
pub fn no_such_language() -> ShopError {
    ShopError::field("language", Text::from(locale()).no_such_language())
}

#[async_trait]
pub trait TranslationAdmin: Send + Sync {
    /// `not_found` for the language that texts are written in.
    async fn product(&self, id: &str, language: Locale) -> ShopResult<ProductTexts>;
    /// Saves what was changed, in one of these languages. A text that someone else has changed since the form was made is
    /// refused at its field.
    async fn save_product(
        &self,
        actor: &Account,
        id: &str,
        language: Locale,
        texts: Vec<TextForm>,
    ) -> ShopResult<()>;
    /// How far a product's own texts are translated into each language.
    async fn progress(&self, id: &str) -> ShopResult<Vec<(Locale, TranslationState)>>;
    /// What shoppers see of a group: a draft is translated once it is published.
    async fn texts(&self, group: Group, language: Locale) -> ShopResult<Vec<TranslationField>>;
    /// As with products.
    async fn save_texts(
        &self,
        actor: &Account,
        group: Group,
        language: Locale,
        texts: Vec<TextForm>,
    ) -> ShopResult<()>;
    /// All texts that are on these pages and those of the owner's pages, the words of options and tags: as a
    /// file for spreadsheets.
    async fn file(&self, language: Locale) -> ShopResult<Vec<u8>>;
    /// Saves the translations in such a file, all or none; how many were changed. Rows without a translation
    /// change nothing, and those that were translated elsewhere since the file was written are refused.
    async fn take_file(
        &self,
        actor: &Account,
        language: Locale,
        file: Vec<u8>,
    ) -> ShopResult<usize>;
}

/// See [`TranslationAdmin`].
pub fn translation_admin() -> Arc<dyn TranslationAdmin> {
    shop().port()
}

/// Translating the owner's pages, and how far these and the menus are translated.
#[async_trait]
pub trait PageTranslations: Send + Sync {
    /// `not_found` for the language that texts are written in.
    async fn page(&self, id: &str, language: Locale) -> ShopResult<PageTexts>;
    /// As with products. A page that is published takes no text with gaps.
    async fn save_page(
        &self,
        actor: &Account,
        id: &str,
        language: Locale,
        texts: Vec<TextForm>,
    ) -> ShopResult<()>;
    /// How far title and text of each page are.
    async fn pages(&self) -> ShopResult<Progress>;
    /// How far the label of each item of a menu is.
    async fn menu_items(&self) -> ShopResult<Progress>;
}

/// See [`PageTranslations`].
pub fn page_translations() -> Arc<dyn PageTranslations> {
    shop().port()
}
