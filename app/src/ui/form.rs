//! Forms that come back with what was typed and what is wrong with it.
//!
//! A plain form posts to a server function. If that refuses, the server keeps what was sent and leads
//! back to the page the form was on, which it renders with a [`FormState`] in its context; the form
//! then shows it.

use std::sync::Arc;

use http::request::Parts;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::text::Text;
use crate::{
    error::{ErrorKind, ShopError, ShopResult},
    locale::locale,
};

/// The field in which every form names the page it is on.
pub const PAGE: &str = "page";

/// Names the page at hand, so that a refused form is shown there again: a browser may not say where
/// a form was, and cannot once it was refused. Belongs into every form that is posted to a server
/// function; `form` is the id of the form if it is outside of it.
#[component]
pub fn PageField(#[prop(optional)] form: Option<&'static str>) -> impl IntoView {
    let address = with_context(|parts: &Parts| {
        let address = parts.uri.path_and_query();
        address.map(ToString::to_string)
    });
    let address = address.flatten().unwrap_or_default();
    view! { <input type="hidden" name=PAGE value=address form=form/> }
}

/// The version that a form names, of what it was opened from; programs may name none.
pub fn version(text: &str) -> ShopResult<Option<i64>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        let words = Text::from(locale()).version_wrong();
        ShopError::field("version", words)
    })
}

/// A refused form: what was sent and why it was refused.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FormState {
    /// Path of the server function, such as `/api/cart/add`.
    pub action: String,
    /// As typed, secrets left out.
    pub values: Vec<(String, String)>,
    pub error: Option<ShopError>,
}

impl FormState {
    /// The version of what the form was made from; zero if it says none.
    pub fn version(&self) -> i64 {
        let field = self.values.iter().find(|(name, _)| name == "version");
        field.and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
    }
}

/// One form of the page at hand: empty unless it is the one that was refused. Each of its fields
/// takes it, so that it is cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Form {
    state: Option<Arc<FormState>>,
}

impl From<&Form> for Form {
    fn from(form: &Form) -> Self {
        form.clone()
    }
}

impl Form {
    pub fn of(action: &str) -> Self {
        let state = use_context::<FormState>().filter(|state| state.action == action);
        Self {
            state: state.map(Arc::new),
        }
    }

    /// A form with this state, whatever is in the context.
    pub fn with(state: FormState) -> Self {
        Self {
            state: Some(Arc::new(state)),
        }
    }

    /// All that was typed, if anything was.
    pub fn values(&self) -> Option<&[(String, String)]> {
        self.state.as_ref().map(|state| state.values.as_slice())
    }

    pub fn was_refused(&self) -> bool {
        self.state.is_some()
    }

    /// What was typed, or `stored` on a fresh form. A box left unchecked sends nothing: use
    /// [`Form::checked`] for those.
    pub fn value(&self, name: &str, stored: impl Into<String>) -> String {
        match &self.state {
            Some(state) => state
                .values
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.clone())
                .unwrap_or_default(),
            None => stored.into(),
        }
    }

    /// Whether someone else has saved what the form is about since it was opened.
    pub fn is_overtaken(&self) -> bool {
        self.refusal()
            .is_some_and(|error| error.kind == ErrorKind::Conflict)
    }

    /// Which version the form is about. After a conflict it is the stored one: the next to save has been
    /// told of it.
    pub fn version(&self, stored: impl Into<String>) -> String {
        match self.is_overtaken() {
            true => stored.into(),
            false => self.value("version", stored),
        }
    }

    pub fn checked(&self, name: &str, stored: impl Into<bool>) -> bool {
        match &self.state {
            Some(state) => state.values.iter().any(|(n, _)| n == name),
            None => stored.into(),
        }
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<String> {
        let error = self.state.as_ref()?.error.as_ref()?;
        error
            .fields
            .iter()
            .find(|field| field.field == name)
            .map(|field| field.message.clone())
    }

    /// Why the form was refused, as a whole.
    pub fn refusal(&self) -> Option<ShopError> {
        self.state.as_ref()?.error.clone()
    }
}
