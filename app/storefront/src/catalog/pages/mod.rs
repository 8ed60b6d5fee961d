#[cfg(feature = "ssr")]
pub mod breadcrumbs;
#[cfg(feature = "ssr")]
mod buy_bar;
#[cfg(feature = "ssr")]
pub mod card;
#[cfg(feature = "ssr")]
mod chips;
mod choice;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod filters;
#[cfg(feature = "ssr")]
pub mod frames;
#[cfg(feature = "ssr")]
mod gallery;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
mod instead;
#[cfg(feature = "ssr")]
pub mod intro;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
mod notes;
#[cfg(feature = "ssr")]
mod option_groups;
mod picker;
mod pills;
#[cfg(feature = "ssr")]
pub mod product;
#[cfg(feature = "ssr")]
mod quick_add;
#[cfg(feature = "ssr")]
mod seo;
#[cfg(feature = "ssr")]
pub mod sizes;
#[cfg(feature = "ssr")]
mod sort;
#[cfg(feature = "ssr")]
mod terms;
#[cfg(feature = "ssr")]
mod varies;
