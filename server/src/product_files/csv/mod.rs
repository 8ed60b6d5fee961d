//! Products as Shopify-style CSV: text to records and back, without a database.
//!
//! [`read`] streams products out of a file and says by line and column what is wrong with the rest;
//! [`Writer`] writes a file that [`read`] turns into the same records again.

mod cell;
mod columns;
mod draft;
mod guard;
mod images;
mod number;
mod product;
mod read;
mod record;
mod row;
mod said;
mod translations;
mod variants;
mod write;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod testing;

pub use columns::HeaderError;
pub use guard::{guarded, unguarded};
pub use read::{Entry, Reader, read};
pub use record::{BadRow, ImageRecord, ProductRecord, Remark, Units, VariantRecord};
pub use said::Said;
pub use translations::TranslationRecord;
pub use write::{WriteError, Writer};
