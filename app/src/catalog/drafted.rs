//! A product as its editor has it before it is saved.

use std::sync::Arc;

use super::types::Product;

/// In the context of a preview: what it shows in place of what is stored.
#[derive(Debug, Clone)]
pub struct Drafted(pub Arc<Product>);
