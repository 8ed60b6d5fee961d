//! The catalogue as JSON.

use app::catalog::query::ListQuery;
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    response::IntoResponse,
};

use super::{HttpState, Reply, page};

/// `GET /api/products?…`: the same list as the page at `/products?…`.
pub async fn list(State(state): State<HttpState>, RawQuery(query): RawQuery) -> Reply {
    let query = query.unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_ref()));
    let query = ListQuery::parse(pairs, &state.services.settings.currency);
    match state.services.shop.catalog.list(&query).await {
        Ok(list) => Json(&*list).into_response(),
        Err(error) => page::json_error(&error),
    }
}

/// `GET /api/products/{slug}`
pub async fn product(State(state): State<HttpState>, Path(slug): Path<String>) -> Reply {
    match state.services.shop.catalog.product(&slug).await {
        Ok(product) => Json(&*product).into_response(),
        Err(error) => page::json_error(&error),
    }
}
