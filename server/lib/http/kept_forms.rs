//! Forms that come back to their page: the server keeps what was sent, or gives it to the browser, and
//! leads there by 303, with a key in the address. So no page has the address of a function, and it can be
//! loaded again.

use app::{
    brakes::Brake,
    error::{ErrorKind, ShopError},
    identity::Account,
    kept_forms::{FORMS, LIFETIME},
    locale::locale,
    ui::{
        form::{FormState, PAGE},
        secret::Secret,
    },
    visitor::Visitor,
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::IntoResponse,
};

use super::{
    carried,
    ended::{has_ended, is_of_staff, sign_in_page},
    page,
    state::{HttpState, Reply},
    text::Text,
    unsaid,
};
use crate::{
    error::Result,
    ids::{is_short_key, new_secret, new_short_key},
    kept_forms::{self, Sender, may_send},
};

/// The field of an address that holds a form's key.
const FIELD: &str = "form";

/// The key in the address of the page that is asked for, which no page sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The page's address with it.
    pub fn onto(&self, page: &Uri) -> String {
        with_key(page, &self.0)
    }
}

/// A page's address without the key of a form, and that key, if there is one in it.
pub fn take_key(uri: &Uri) -> Option<(Uri, Key)> {
    let (path, query) = (uri.path(), uri.query()?);
    if path.starts_with("/api/") {
        return None;
    }
    let mut key = None;
    let rest: Vec<_> = query
        .split('&')
        .filter(|field| match field.split_once('=') {
            Some((FIELD, value)) if is_short_key(value) => {
                key = Some(Key(value.to_owned()));
                false
            }
            _ => true,
        })
        .collect();
    let key = key?;
    let address = match rest.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", rest.join("&")),
    };
    Some((address.parse().ok()?, key))
}

fn with_key(page: &Uri, key: &str) -> String {
    let between = match page.query() {
        Some(_) => '&',
        None => '?',
    };
    format!("{page}{between}{FIELD}={key}")
}

/// Leads a form back to its page, which shows what was typed and what is wrong.
pub async fn answer(
    state: &HttpState,
    page: Uri,
    visitor: Option<Visitor>,
    mut form: FormState,
) -> Reply {
    form.values.retain(|(name, _)| !Secret::hides(name));
    let sender = visitor.clone().unwrap_or_default();
    if !may_send(sender.account.as_ref(), &form) {
        return match has_ended(&sender) {
            true => after_sign_in(state, page, sender, form).await,
            // There is no such form for them, and no page.
            false => page::render_form(state, page, visitor, form).await,
        };
    }
    if is_to_be_kept(&sender, &form)
        && let Some(key) = kept(state, &page, &sender, &form).await
    {
        return with_browser(state, see_other(&with_key(&page, &key.found_by)), &key);
    }
    carry(state, page, sender, form).await
}

/// Leads to the sign-in page, and from there to the page that the form was on, with what was typed.
async fn after_sign_in(
    state: &HttpState,
    page: Uri,
    sender: Visitor,
    mut form: FormState,
) -> Reply {
    let too_large = form.error.take();
    let too_large = too_large.filter(|error| error.kind == ErrorKind::TooLarge);
    form.error = Some(too_large.unwrap_or_else(|| {
        let words = Text::from(locale()).check_and_send_again();
        ShopError::new(ErrorKind::Invalid, words)
    }));
    let services = &state.services;
    let settings = services.settings.last_known();
    let rates = &settings.brakes;
    // A session that there never was makes the shop keep no more than others may.
    let passed = services.brakes.pass(rates, Brake::Changes, &sender).await;
    if passed.is_ok()
        && let Some(key) = kept(state, &page, &sender, &form).await
    {
        let next = with_key(&page, &key.found_by);
        return with_browser(state, see_other(&sign_in_page(&next)), &key);
    }
    let key = new_short_key();
    match carried::line(state, &key, &page, &sender, form).await {
        Some(line) => {
            let mut reply = see_other(&sign_in_page(&with_key(&page, &key)));
            reply.headers_mut().append(header::SET_COOKIE, line);
            reply
        }
        None => see_other(&sign_in_page(&page.to_string())),
    }
}

/// The same, and what is shown is kept by nobody but the browser, until it is shown.
pub async fn answer_once(
    state: &HttpState,
    page: Uri,
    visitor: Option<Visitor>,
    form: FormState,
) -> Reply {
    carry(state, page, visitor.unwrap_or_default(), form).await
}

/// Leads back to a page that says why something failed; nothing if that cannot be given to the browser, or
/// would take the place of what someone has typed in another tab.
pub async fn tell(
    state: &HttpState,
    headers: &HeaderMap,
    page: &Uri,
    action: String,
    error: ShopError,
) -> Option<Reply> {
    if carried::is_missed(state, headers).await {
        return None;
    }
    let form = FormState {
        action,
        values: Vec::new(),
        error: Some(error),
    };
    given(state, page, &Visitor::default(), form).await
}

/// Gives a form to its browser, which comes back with it; nothing without the shop's key.
async fn given(state: &HttpState, page: &Uri, visitor: &Visitor, form: FormState) -> Option<Reply> {
    let key = new_short_key();
    let line = carried::line(state, &key, page, visitor, form).await?;
    let mut reply = see_other(&with_key(page, &key));
    reply.headers_mut().append(header::SET_COOKIE, line);
    Some(reply)
}

async fn carry(state: &HttpState, page: Uri, visitor: Visitor, form: FormState) -> Reply {
    match given(state, &page, &visitor, form.clone()).await {
        Some(reply) => reply,
        // Rather at the function's address than nowhere.
        None => page::render_form(state, page, Some(visitor), form).await,
    }
}

/// Not of strangers who are too fast with it, and not while the database has more to do than it can: what
/// staff have typed is long, and they are few.
fn is_to_be_kept(visitor: &Visitor, form: &FormState) -> bool {
    let is_staff = visitor.account.as_ref().is_some_and(Account::is_staff);
    let kind = form.error.as_ref().map(|error| error.kind);
    is_staff
        || !matches!(
            kind,
            Some(ErrorKind::Busy | ErrorKind::Unavailable | ErrorKind::TooManyRequests)
        )
}

/// A form that the shop keeps.
struct KeptUnder {
    browser: String,
    found_by: String,
}

/// Keeps a form; nothing if it cannot be.
async fn kept(
    state: &HttpState,
    page: &Uri,
    visitor: &Visitor,
    form: &FormState,
) -> Option<KeptUnder> {
    match keep(state, page, visitor, form).await {
        Ok(Some(kept)) => Some(kept),
        Ok(None) => {
            tracing::debug!("a form is not kept, as there is no room");
            None
        }
        Err(error) => {
            tracing::warn!(%error, "a form is not kept");
            None
        }
    }
}

async fn keep(
    state: &HttpState,
    page: &Uri,
    visitor: &Visitor,
    form: &FormState,
) -> Result<Option<KeptUnder>> {
    let services = &state.services;
    let browser = visitor.forms.clone().unwrap_or_else(new_secret);
    let address = page.to_string();
    // The page that asks for a code brings along where the form was.
    let named = form.values.iter().find(|(name, _)| name == PAGE);
    let stood_on = named.map_or(&address, |(_, named)| named);
    let sender = sender(&browser, visitor);
    let now = services.clock.now();
    let found_by = kept_forms::keep(&services.db, now, &sender, stood_on, form).await?;
    Ok(found_by.map(|found_by| KeptUnder { browser, found_by }))
}

/// Has the browser remember that the form is its own.
fn with_browser(state: &HttpState, mut reply: Reply, kept: &KeptUnder) -> Reply {
    let base_url = state.services.settings.base_url();
    let cookie = FORMS.line(base_url, &kept.browser, LIFETIME);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        reply.headers_mut().append(header::SET_COOKIE, cookie);
    }
    reply
}

fn sender<'a>(browser: &'a str, visitor: &'a Visitor) -> Sender<'a> {
    Sender {
        browser,
        account: visitor.account.as_ref(),
        network: &visitor.client,
    }
}

fn see_other(address: &str) -> Reply {
    // A query may hold any bytes but control characters, and so may a header.
    match HeaderValue::from_bytes(address.as_bytes()) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The page with the form of this key; without it, if it is not the visitor's or no longer kept.
pub async fn show(state: &HttpState, request: Request<Body>, key: Key) -> Reply {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let found = match &visitor {
        Some(visitor) => find(state, request.headers(), visitor, &key).await,
        None => Ok(None),
    };
    let form = found.unwrap_or_else(|error| {
        tracing::warn!(%error, "a kept form cannot be read");
        None
    });
    let uri = request.uri().clone();
    let Some(form) = form else {
        // Once they have signed in again it may be theirs: see `ended::opened_too_late`.
        return match visitor.as_ref().is_some_and(has_ended) && is_of_staff(&uri) {
            true => page::render_plain(state, request).await,
            false => see_other(&uri.to_string()),
        };
    };
    let response = page::render_with(state, request, form.clone()).await;
    // The page may be gone, which is just why the form was refused: another one says so instead.
    if let Some(other) = page::if_gone(&form, uri.path())
        && response.status() == StatusCode::NOT_FOUND
    {
        return see_other(&key.onto(&Uri::from_static(other)));
    }
    let mut response = match &form.error {
        Some(error) => unsaid::explained(state, uri, visitor, error, response).await,
        None => response,
    };
    if let Some(line) = carried::end_of_shown(state, &form) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

async fn find(
    state: &HttpState,
    headers: &HeaderMap,
    visitor: &Visitor,
    key: &Key,
) -> Result<Option<FormState>> {
    if let Some(form) = carried::find(state, headers, visitor, &key.0).await {
        return Ok(Some(form));
    }
    let Some(browser) = &visitor.forms else {
        return Ok(None);
    };
    let (services, sender) = (&state.services, sender(browser, visitor));
    kept_forms::find(&services.db, services.clock.now(), &sender, &key.0).await
}

/// A form of this page was taken: on the way back it is as it is now.
pub async fn forget(state: &HttpState, visitor: Option<&Visitor>, action: &str, page: &Uri) {
    let Some(browser) = visitor.and_then(|visitor| visitor.forms.as_ref()) else {
        return;
    };
    let db = &state.services.db;
    if let Err(error) = kept_forms::forget(db, browser, action, &page.to_string()).await {
        tracing::warn!(%error, "a form that was taken is kept until it expires");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_off_an_address_and_nothing_else() {
        let key = "abcdefgh-_345678";
        for (address, rest) in [
            ("/cart?form=KEY", Some("/cart")),
            (
                "/checkout?step=review&form=KEY",
                Some("/checkout?step=review"),
            ),
            (
                "/products?form=KEY&q=a%20b&sort=name",
                Some("/products?q=a%20b&sort=name"),
            ),
            ("/cart?form=KEY&form=KEY", Some("/cart")),
            ("/cart", None),
            ("/cart?form=", None),
            ("/cart?form=short", None),
            ("/cart?form=KEY0", None),
            ("/cart?xform=KEY", None),
            ("/cart?x=form=KEY", None),
            ("/api/cart?form=KEY", None),
        ] {
            let uri: Uri = address.replace("KEY", key).parse().unwrap();
            let taken = take_key(&uri).map(|(uri, key)| (uri.to_string(), key.0));
            let expected = rest.map(|rest| (rest.to_owned(), key.to_owned()));
            assert_eq!(taken, expected, "{address}");
        }
    }

    #[test]
    fn an_address_with_a_key_is_read_as_it_was_written() {
        for page in ["/cart", "/checkout?step=review", "/products?q=a+b&x"] {
            let page: Uri = page.parse().unwrap();
            let key = crate::ids::new_short_key();
            let address: Uri = with_key(&page, &key).parse().unwrap();
            assert_eq!(take_key(&address), Some((page, Key(key))));
        }
    }
}
