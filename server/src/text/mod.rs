//! Texts in the one form in which they are compared, sorted, searched for and made addresses of.
//!
//! Neither database folds all letters by itself, and each does it in its own way. So whatever is looked
//! up without regard to case or accents is stored a second time as a key that is made here, and
//! databases compare keys byte by byte.

pub mod csv;
mod email;
mod fold;
pub mod html;
mod link;
mod slug;
mod stem;
pub mod words;

pub use email::{email_key, mailbox};
pub use fold::{FOLDING, fold, name_key, search_key, sort_key, tidy_name};
pub use link::link;
pub use slug::{first_free, free_slug, is_slug, may_be_slug, slugify, spelled, spelled_before};
