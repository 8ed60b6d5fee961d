//! Small shared pieces of pages.

pub mod counted;
pub mod hint;
pub mod icon;

#[cfg(feature = "ssr")]
pub mod banner;
#[cfg(feature = "ssr")]
pub mod brand;
#[cfg(feature = "ssr")]
pub mod breadcrumbs;
#[cfg(feature = "ssr")]
pub mod link;
#[cfg(feature = "ssr")]
pub mod onward;

#[cfg(feature = "ssr")]
pub mod date;
#[cfg(feature = "ssr")]
pub mod email_field;
#[cfg(feature = "ssr")]
pub mod empty;
#[cfg(feature = "ssr")]
pub mod fact;
#[cfg(feature = "ssr")]
pub mod field;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod head;
#[cfg(feature = "ssr")]
pub mod pagination;
#[cfg(feature = "ssr")]
pub mod path;
#[cfg(feature = "ssr")]
pub mod price;
pub mod quantity;
#[cfg(feature = "ssr")]
pub mod secret;
#[cfg(feature = "ssr")]
pub mod table;
#[cfg(feature = "ssr")]
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/ui_text.rs"));
}
#[cfg(feature = "ssr")]
pub mod wait;
