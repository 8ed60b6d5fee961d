//! Visitors whose session has ended: they are led to the sign-in, and from there back to where they were.

use app::{catalog::query::encode, features, visitor::Visitor};
use axum::{
    body::Body,
    extract::Request,
    http::{Method, Uri},
};

use super::{functions, kept_forms::Key, page};

/// Whether the visitor brings a session along that has ended: they are not strangers, they are only not known
/// any more.
pub fn has_ended(visitor: &Visitor) -> bool {
    visitor.session.is_some() && visitor.account.is_none()
}

/// Where someone signs in again before anything is done with an upload or the like: it is not kept, as it may be
/// large. Forms of functions are.
pub fn door_before(visitor: &Visitor, request: &Request<Body>) -> Option<String> {
    let path = request.uri().path();
    let is_form = *request.method() == Method::POST
        && page::wants_html(request.headers())
        && path.starts_with("/api/admin/")
        && features::function(path).is_none();
    if !is_form || !has_ended(visitor) {
        return None;
    }
    let page = functions::referring_page(request.headers());
    Some(sign_in_page(&page.map_or_else(
        || "/admin".to_owned(),
        |page| page.to_string(),
    )))
}

/// The page of the staff's that is opened with a session that has ended, with the key of a form that is in its
/// address.
pub fn opened_too_late(visitor: &Visitor, request: &Request<Body>) -> Option<String> {
    let page = request.uri();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_shown = is_read && page::wants_html(request.headers());
    if !is_shown || !is_of_staff(page) || !has_ended(visitor) {
        return None;
    }
    Some(match request.extensions().get::<Key>() {
        Some(key) => key.onto(page),
        None => page.to_string(),
    })
}

pub fn is_of_staff(page: &Uri) -> bool {
    page.path() == "/admin" || page.path().starts_with("/admin/")
}

/// The sign-in page that leads on to this one.
pub fn sign_in_page(next: &str) -> String {
    let door = match next.starts_with("/admin") {
        true => "/admin/sign-in",
        false => "/account/sign-in",
    };
    let fields = [("done", "ended"), ("next", next)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    format!("{door}?{}", encode(&fields))
}
