//! What an account is made of, as typed and as it is kept.

use app::{
    account::types::MAX_NAME,
    contact::link::holds_link,
    email::{Email, EmailFault},
    error::{FieldError, ShopError, ShopResult},
    locale::locale,
    text::line_fault,
};

use super::{
    strength::{self, Context},
    text::Text,
};
use crate::text::email_key;

/// An e-mail address as accounts have it.
pub fn normal(email: &str) -> String {
    email_key(email)
}

pub(super) fn wrong_email(fault: EmailFault) -> FieldError {
    FieldError {
        field: "email".to_owned(),
        message: fault.words().to_owned(),
    }
}

/// Whether mail to it arrives, as far as that can be seen.
pub fn check_email(email: &str) -> Option<FieldError> {
    Email::mailable(email).err().map(wrong_email)
}

/// A name as it is stored.
pub fn checked_name(name: &str) -> Result<String, FieldError> {
    let name = name.trim();
    match line_fault(name, MAX_NAME) {
        Some(fault) if !name.is_empty() => Err(FieldError {
            field: "name".to_owned(),
            message: fault.words(MAX_NAME),
        }),
        // Mails begin with it.
        _ if holds_link(name) => Err(FieldError {
            field: "name".to_owned(),
            message: Text::from(locale()).no_links().to_owned(),
        }),
        _ => Ok(name.to_owned()),
    }
}

/// Refuses with what is wrong, if anything is.
pub fn refuse(errors: impl IntoIterator<Item = FieldError>) -> ShopResult<()> {
    let errors: Vec<_> = errors.into_iter().collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ShopError::fields(errors))
    }
}

/// Checks what a new account is to be made of.
pub(super) async fn check_new(shop: &str, email: &str, password: &str) -> ShopResult<()> {
    let context = Context::of(email, "", shop);
    let weak = strength::check("password", password, context).await?;
    refuse([check_email(email), weak].into_iter().flatten())
}
