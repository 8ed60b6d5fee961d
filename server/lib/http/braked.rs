//! Those who are certainly too fast are told so before anything is read for them: no session, no form, no bucket.
//!
//! What is said is what the [function](super::functions) would say. A browser's form goes the long way: its answer is a
//! page with what was typed.

use std::sync::Arc;

use app::{
    brakes::Brake,
    error::ShopError,
    feature::{Braked, Settings},
    features, locale,
    shop::ShopSettings,
};
use axum::{body::Body, extract::Request, http::Method};

use super::{
    page,
    state::{HttpState, Looked},
};

/// What a request is braked by.
pub struct Asked {
    brake: Brake,
    settings: Arc<ShopSettings>,
}

/// By what a request is braked, at a time at which some are refused for certain.
pub fn asked(state: &HttpState, request: &Request<Body>) -> Option<Asked> {
    let services = &state.services;
    let is_post = *request.method() == Method::POST;
    if !is_post || !services.brakes.refuses_any() || page::wants_html(request.headers()) {
        return None;
    }
    let path = request.uri().path();
    let function = features::function(path)?;
    // There it is said in the language of who is signed in.
    if function.method.as_str() != Method::POST.as_str() || locale::is_of_account(path) {
        return None;
    }
    let Braked::By(brake) = function.braked else {
        return None;
    };
    let settings = match function.settings {
        Settings::LastKnown => services.settings.last_known(),
        Settings::Current => {
            let Looked(settings) = request.extensions().get::<Looked>()?;
            settings.clone()
        }
    };
    Some(Asked { brake, settings })
}

impl Asked {
    /// What this network is told, if that is certain.
    pub async fn refusal(&self, state: &HttpState, client: &str) -> Option<ShopError> {
        let brakes = &state.services.brakes;
        let rates = &self.settings.brakes;
        brakes.certain_refusal(rates, self.brake, client).await
    }
}
