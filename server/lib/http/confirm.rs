//! "Confirm it's you": a code that comes along with a form, and the page that asks for one.

use app::{
    account::second_factor::ports::SecondFactors,
    error::{ErrorKind, ShopError},
    ui::{form::FormState, secret::Secret},
    visitor::{Proof, Visitor},
};
use axum::http::Uri;

use super::{
    kept_forms,
    state::{HttpState, Reply},
};

/// The field that any form may bring along.
const FIELD: &str = Secret::ConfirmCode.as_str();
const PAGE: &str = "/account/confirm";

/// The visitor with the code that came along taken, if one was needed.
pub async fn take_code(
    state: &HttpState,
    visitor: Visitor,
    body: &[u8],
) -> Result<Visitor, ShopError> {
    if visitor.proof != Proof::Code {
        return Ok(visitor);
    }
    let code = url::form_urlencoded::parse(body).find(|(name, _)| name == FIELD);
    let Some((_, code)) = code.filter(|(_, code)| !code.trim().is_empty()) else {
        return Ok(visitor);
    };
    state
        .services
        .shop
        .port::<dyn SecondFactors>()
        .confirm(&visitor, &code)
        .await?;
    Ok(Visitor {
        proof: Proof::FreshCode,
        ..visitor
    })
}

/// Whether a refusal says that a code is missing, or is not the right one.
pub fn is_asked_for(error: &ShopError) -> bool {
    error.kind == ErrorKind::ConfirmNeeded || error.fields.iter().any(|field| field.field == FIELD)
}

/// The page that asks for a code and brings the form along.
pub async fn ask(state: &HttpState, visitor: Option<Visitor>, form: FormState) -> Reply {
    kept_forms::answer(state, Uri::from_static(PAGE), visitor, form).await
}
