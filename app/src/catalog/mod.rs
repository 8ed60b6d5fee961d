//! Browsing: products, lists, search.

pub mod address;
pub mod api;
pub mod choice;
pub mod limits;
pub mod live;
pub mod picker;
pub mod picture;
mod pills;
pub mod search;
pub mod stock;
pub mod types;

#[cfg(feature = "ssr")]
mod breadcrumbs;
#[cfg(feature = "ssr")]
pub mod card;
#[cfg(feature = "ssr")]
mod chips;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
pub mod filters;
#[cfg(feature = "ssr")]
mod gallery;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
pub mod product;
#[cfg(feature = "ssr")]
pub mod query;
#[cfg(feature = "ssr")]
mod seo;
