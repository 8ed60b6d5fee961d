//! The catalogue as JSON.

use std::sync::Arc;

use app::catalog::ports::Catalog;
use app::{
    catalog::query::ListQuery,
    error::{FieldError, ShopError},
    locale::Language,
};
use axum::{
    Extension, Json,
    extract::{Path, RawQuery, State},
    response::IntoResponse,
};

use super::{
    page,
    state::{HttpState, Reply},
};

/// `GET /api/products?…`: the same list as the page at `/products?…`. A program does not see what the
/// page says at its fields, so a filter that cannot be read is refused.
pub async fn list(
    State(state): State<HttpState>,
    Extension(language): Extension<Language>,
    RawQuery(query): RawQuery,
) -> Reply {
    let query = query.unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_ref()));
    let currency = &state.services.settings.last_known().currency;
    let (query, unread) = ListQuery::read(pairs, currency);
    if !unread.is_empty() {
        let fields = unread.into_iter().map(|unread| FieldError {
            field: unread.field.to_owned(),
            message: unread.words,
        });
        return page::json_error(&ShopError::fields(fields.collect()));
    }
    match catalog(&state, language).list(&query).await {
        Ok(list) => Json(&*list).into_response(),
        Err(error) => page::json_error(&error),
    }
}

/// In the language that the address begins with, as pages are.
fn catalog(state: &HttpState, language: Language) -> Arc<dyn Catalog> {
    let catalog = state.services.shop.port::<dyn Catalog>();
    catalog.in_language(language.locale)
}

/// `GET /api/products/{slug or id}`
pub async fn product(
    State(state): State<HttpState>,
    Extension(language): Extension<Language>,
    Path(name): Path<String>,
) -> Reply {
    let catalog = catalog(&state, language);
    let product = match crate::ids::is_id(&name) {
        true => catalog.product_by_id(&name).await,
        false => catalog.product(&name).await,
    };
    match product {
        Ok(product) => Json(&*product).into_response(),
        Err(error) => page::json_error(&error),
    }
}
