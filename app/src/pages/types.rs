//! Pages as shoppers and the editor see them.

use serde::{Deserialize, Serialize};

/// The most pages a shop may have.
pub const MAX_PAGES: i64 = 200;
/// Lengths in characters.
pub const MAX_TITLE: usize = 150;
pub const MAX_BODY: usize = 100_000;

crate::words! {
    /// What a page is about. A shop has one page of each kind, and any number of free ones.
    pub enum PageKind {
        Imprint = "imprint",
        Privacy = "privacy",
        Terms = "terms",
        Withdrawal = "withdrawal",
        Delivery = "delivery",
        Contact = "contact",
        Accessibility = "accessibility",
        Free = "free",
    }
}

crate::words! {
    pub enum PageState {
        /// Only admins see it.
        Draft = "draft",
        /// Shoppers see it from a moment on.
        Published = "published",
    }
}

/// A page as shoppers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPage {
    pub id: String,
    pub kind: PageKind,
    pub slug: String,
    pub title: String,
    /// Clean: nothing in it runs.
    pub html: String,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    /// Whether it has the form for messages.
    pub takes_messages: bool,
    /// It came with the demo shop.
    pub is_demo: bool,
    /// Milliseconds since 1970.
    pub updated_at: i64,
}

/// What is at an address, and until when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// None: shoppers see nothing there.
    pub page: Option<ShownPage>,
    /// When something else is there without anybody changing it, in milliseconds since 1970.
    pub ends: Option<i64>,
}

/// A page as a link to it needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLink {
    pub kind: PageKind,
    pub slug: String,
    pub title: String,
}

/// The pages that every shop has, as far as shoppers see them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardPages {
    /// In the order of their kinds; no free ones.
    pub links: Vec<PageLink>,
    /// When one more is seen without anybody changing it, in milliseconds since 1970.
    pub ends: Option<i64>,
}

/// A row of the table of pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminPageRow {
    pub id: String,
    pub kind: PageKind,
    pub slug: String,
    pub title: String,
    pub state: PageState,
    pub publish_at: Option<i64>,
    /// How many gaps are still to be filled in.
    pub gaps: i64,
    pub is_demo: bool,
    pub updated_at: i64,
}

/// A page as its editor shows it. Optional texts are empty if there are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminPage {
    pub id: String,
    pub kind: PageKind,
    pub slug: String,
    pub title: String,
    /// Markdown.
    pub body: String,
    pub seo_title: String,
    pub seo_description: String,
    pub state: PageState,
    /// Milliseconds since 1970.
    pub publish_at: Option<i64>,
    /// Where messages from the contact page go.
    pub contact_email: String,
    pub is_demo: bool,
    pub version: i64,
    pub updated_at: i64,
}

/// The editor's form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageForm {
    pub kind: String,
    pub slug: String,
    pub title: String,
    pub body: String,
    pub seo_title: String,
    pub seo_description: String,
    pub state: String,
    /// `2026-12-01T09:00` by the shop's clocks; empty: now.
    pub publish_at: String,
    pub contact_email: String,
    /// Of the page that the form was made from.
    pub version: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSaved {
    pub id: String,
    pub slug: String,
    pub version: i64,
    pub state: PageState,
    /// Milliseconds since 1970.
    pub publish_at: Option<i64>,
}

/// What a text would look like, with the form that it was sent with. Nothing is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePreview {
    pub html: String,
    /// What is still to be filled in.
    pub gaps: Vec<String>,
    /// Of a page that is there already.
    pub id: String,
    pub form: PageForm,
}
