//! Pages that are in memory, answered in front of everything else.
//!
//! What stands around other requests (cookies, limits, compression) has nothing to do for them, so
//! it is not gone through. What an answer carries is the same: headers, request id, its count.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::HeaderValue,
};
use tower::ServiceExt;
use uuid::Uuid;

use super::{
    HttpState, REQUEST_ID, Reply,
    csp::Policy,
    headers,
    page_cache::{PageCache, Wanted},
    requests,
};

#[derive(Clone)]
pub struct Front(Arc<Parts>);

struct Parts {
    state: HttpState,
    pages: PageCache,
    policy: Policy,
    site: Router,
}

impl Front {
    /// `site` answers what is not in memory.
    pub fn new(state: HttpState, pages: PageCache, policy: Policy, site: Router) -> Self {
        Self(Arc::new(Parts {
            state,
            pages,
            policy,
            site,
        }))
    }
}

pub async fn serve(State(Front(front)): State<Front>, request: Request<Body>) -> Reply {
    let began = Instant::now();
    let wanted = Wanted::by(&front.state, &request);
    let Some(page) = front.pages.hit(&front.state, wanted).await else {
        return match front.site.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
    };
    let mut response = page.answer(&request);
    headers::set(response.headers_mut(), &front.policy);
    // The client's own id comes back to it, as everywhere.
    let id = request.headers().get(&REQUEST_ID).cloned();
    let id = id.or_else(|| HeaderValue::try_from(Uuid::new_v4().to_string()).ok());
    if let Some(id) = id {
        response.headers_mut().insert(&REQUEST_ID, id);
    }
    requests::add(&request, response.status(), began.elapsed());
    response
}
