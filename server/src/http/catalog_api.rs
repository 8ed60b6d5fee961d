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
    let query = ListQuery::parse(pairs, &state.services.settings.last_known().currency);
    match state.services.shop.catalog.list(&query).await {
        Ok(list) => Json(&*list).into_response(),
        Err(error) => page::json_error(&error),
    }
}

/// `GET /api/products/{slug or id}`
pub async fn product(State(state): State<HttpState>, Path(name): Path<String>) -> Reply {
    let catalog = &state.services.shop.catalog;
    let product = match crate::ids::is_id(&name) {
        true => catalog.product_by_id(&name).await,
        false => catalog.product(&name).await,
    };
    match product {
        Ok(product) => Json(&*product).into_response(),
        Err(error) => page::json_error(&error),
    }
}
