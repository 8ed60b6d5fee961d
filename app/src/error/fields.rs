//! Gathering what is wrong with a form.

use super::{FieldError, ShopError, ShopResult};

/// What is wrong with a form: all of it is told at once.
#[derive(Debug, Default)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    /// All of it, if there is anything.
    pub fn refusal(self) -> Option<ShopError> {
        (!self.0.is_empty()).then(|| ShopError::fields(self.0))
    }

    /// What was made of the form, unless something is wrong with it.
    pub fn or<T>(self, made: T) -> ShopResult<T> {
        match self.refusal() {
            None => Ok(made),
            Some(refusal) => Err(refusal),
        }
    }
}
