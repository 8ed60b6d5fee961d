//! Product files: the CSV that shops exchange, read, looked at, imported and exported.

pub mod csv;
pub mod export;
pub mod import;
