//! The catalogue as JSON.

use app::catalog::ports::Catalog;
use app::{
    catalog::query::ListQuery,
    error::{FieldError, ShopError},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    response::IntoResponse,
};

use super::{
    page,
    state::{HttpState, Reply},
};

/// `GET /api/products?…`: the same list as the page at `/products?…`. A program does not see what the
/// page says at its fields, so a filter that cannot be read is refused.
pub async fn list(State(state): State<HttpState>, RawQuery(query): RawQuery) -> Reply {
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
    match state.services.shop.port::<dyn Catalog>().list(&query).await {
        Ok(list) => Json(&*list).into_response(),
        Err(error) => page::json_error(&error),
    }
}

/// `GET /api/products/{slug or id}`
pub async fn product(State(state): State<HttpState>, Path(name): Path<String>) -> Reply {
    let catalog = state.services.shop.port::<dyn Catalog>();
    let product = match crate::ids::is_id(&name) {
        true => catalog.product_by_id(&name).await,
        false => catalog.product(&name).await,
    };
    match product {
        Ok(product) => Json(&*product).into_response(),
        Err(error) => page::json_error(&error),
    }
}
