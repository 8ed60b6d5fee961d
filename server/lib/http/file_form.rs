//! How forms with a file are read, and answered: a browser goes on, or back to the form's page with what is wrong; a
//! program is told in JSON.

use app::{
    error::{ErrorKind, ShopError},
    ui::form::FormState,
    visitor::Visitor,
};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request},
    http::{StatusCode, Uri, header},
    response::IntoResponse,
};
use serde_json::Value;

use super::{
    kept_forms, page,
    state::{HttpState, Reply},
};

#[derive(Clone, Copy)]
pub struct FileForm {
    /// Where it goes.
    pub action: &'static str,
    /// In whose place it is said that there is no such page.
    pub list: &'static str,
}

/// Who sent a file.
pub struct Sender {
    pub visitor: Option<Visitor>,
    kind: Kind,
}

enum Kind {
    Browser,
    Program,
}

impl Sender {
    pub fn of(request: &Request<Body>) -> Self {
        let kind = match page::wants_html(request.headers()) {
            true => Kind::Browser,
            false => Kind::Program,
        };
        Self {
            visitor: request.extensions().get::<Visitor>().cloned(),
            kind,
        }
    }
}

/// The page that a form is on.
pub struct Place {
    pub page: String,
    /// Fields of the form that say what the file is of.
    pub values: Vec<(String, String)>,
}

impl Place {
    pub const fn of(page: String) -> Self {
        Self {
            page,
            values: Vec::new(),
        }
    }
}

/// What a file has led to.
pub struct Taken {
    /// Where a browser goes on to.
    pub location: String,
    /// What a program is told.
    pub told: Value,
}

/// What a form says beside its file: what the file is of.
pub struct Named<'a, T> {
    pub field: &'static str,
    /// What is named by what was typed.
    pub read: fn(&str) -> Option<T>,
    /// What was named, also if the rest of the form cannot be read.
    pub named: &'a mut Option<T>,
}

/// What is said of a form that cannot be read.
#[derive(Clone, Copy)]
pub struct Unreadable {
    /// It is no multipart form.
    pub form: &'static str,
    pub file: &'static str,
}

/// The file of a multipart form; `None` if none was chosen.
pub async fn file<T>(
    state: &HttpState,
    request: Request<Body>,
    Named { field, read, named }: Named<'_, T>,
    words: Unreadable,
) -> Result<Option<Bytes>, ShopError> {
    let unreadable = || ShopError::field("file", words.file);
    let mut form = Multipart::from_request(request, state)
        .await
        .map_err(|_| ShopError::new(ErrorKind::Invalid, words.form))?;
    let mut file = None;
    while let Some(part) = form.next_field().await.map_err(|_| unreadable())? {
        match part.name() {
            Some(name) if name == field && named.is_none() => {
                let typed = part.text().await.map_err(|_| unreadable())?;
                *named = read(typed.trim());
            }
            Some("file") if file.is_none() => {
                let bytes = part.bytes().await.map_err(|_| unreadable())?;
                // A form without a chosen file sends an empty one.
                file = (!bytes.is_empty()).then_some(bytes);
            }
            _ => {}
        }
    }
    Ok(file)
}

/// Whether there is what a file was sent for.
pub fn is_there<T>(taken: &Result<T, ShopError>) -> bool {
    !matches!(taken, Err(error) if error.kind == ErrorKind::NotFound)
}

impl FileForm {
    /// `place`: if it is known what the file is of.
    pub async fn answer(
        self,
        state: &HttpState,
        Sender { visitor, kind }: Sender,
        place: Option<Place>,
        taken: Result<Taken, ShopError>,
    ) -> Reply {
        if let Kind::Program = kind {
            return match taken {
                Ok(taken) => Json(taken.told).into_response(),
                Err(error) => page::json_error(&error),
            };
        }
        let place = place.map(|Place { page, values }| {
            let page: Uri = page.parse().unwrap_or_default();
            (page, values)
        });
        match (taken, place) {
            (Ok(Taken { location, .. }), place) => {
                if let Some((page, _)) = place {
                    kept_forms::forget(state, visitor.as_ref(), self.action, &page).await;
                }
                (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
            }
            (Err(error), Some((page, values))) => {
                let form = FormState {
                    action: self.action.to_owned(),
                    values,
                    error: Some(error),
                };
                kept_forms::answer(state, page, visitor, form).await
            }
            (Err(error), None) => {
                let request = page::asked_for(Uri::from_static(self.list), None);
                page::render_error(state, request, error).await
            }
        }
    }
}
