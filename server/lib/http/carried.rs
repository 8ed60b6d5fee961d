//! Forms that the browser keeps itself, sealed in a cookie: those that came too often, for which there is
//! no room, or that hold what is kept nowhere. So they come back to their page, too, and a stranger makes
//! the shop keep nothing.

use std::io::{Read, Write};

use app::{
    error::{ErrorKind, FieldError, ShopError},
    feature::Answer,
    features,
    kept_forms::{CARRIED, LIFETIME},
    locale::locale,
    ui::form::{FormState, PAGE},
    visitor::Visitor,
};
use axum::http::{HeaderMap, HeaderValue, Uri};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize};

use super::{cookies, state::HttpState, text::Text};
use crate::{error::Result, ids::hash_secret, kept_forms::is_theirs};

/// Longest value of the cookie. Proxies read all headers of an answer into one page of memory.
const MOST: usize = 2_048;
/// Bytes of what was typed that are tried to fit in, packed: fewer each time.
const TRIED: [usize; 5] = [12_000, 6_000, 3_000, 1_200, 0];
/// Fields of which it is said that they are not kept.
const NAMED: usize = 5;
/// How long what is shown once may take to be shown, in seconds.
const ONCE: i64 = 2 * 60;

/// A form on its way.
#[derive(Serialize, Deserialize)]
struct Carried {
    /// The key in the address of its page.
    key: String,
    until: i64,
    /// Who was signed in.
    account: Option<String>,
    /// A digest of the page that it was on: an address may be as long as its sender likes.
    page: String,
    form: FormState,
}

pub async fn prepare(state: &HttpState) {
    if let Err(error) = state.seal().prepare(&state.services.db).await {
        tracing::warn!(%error, "there is no key yet for forms that browsers keep");
    }
}

/// The cookie with a form that is found by this key; nothing if it cannot be sealed.
pub async fn line(
    state: &HttpState,
    key: &str,
    page: &Uri,
    visitor: &Visitor,
    form: FormState,
) -> Option<HeaderValue> {
    let lifetime = match is_shown_once(&form) {
        true => ONCE,
        false => LIFETIME,
    };
    let named = form.values.iter().find(|(name, _)| name == PAGE);
    let address = page.to_string();
    let page = hash_secret(named.map_or(&address, |(_, named)| named));
    let carried = Carried {
        key: key.to_owned(),
        until: state.services.clock.now() + lifetime * 1000,
        account: account_id(visitor),
        page,
        form,
    };
    match sealed(state, carried).await {
        Ok(value) => cookie(state, &value?, lifetime),
        Err(error) => {
            tracing::warn!(%error, "a form cannot be given to its browser");
            None
        }
    }
}

/// The form of this key, if the browser has it.
pub async fn find(
    state: &HttpState,
    headers: &HeaderMap,
    visitor: &Visitor,
    key: &str,
) -> Option<FormState> {
    let carried = opened(state, headers).await?;
    let (kept_for, account) = (carried.account.as_deref(), visitor.account.as_ref());
    // Without anything typed it is nobody's.
    let is_theirs = carried.form.values.is_empty() || is_theirs(kept_for, account, &carried.form);
    let is_theirs = is_theirs && carried.key == key;
    (is_theirs && state.services.clock.now() < carried.until).then_some(carried.form)
}

/// Whether the browser has something that would be missed: what was typed, or is to be shown once.
pub async fn is_missed(state: &HttpState, headers: &HeaderMap) -> bool {
    let Some(carried) = opened(state, headers).await else {
        return false;
    };
    let form = &carried.form;
    let is_worth_it = !form.values.is_empty() || is_shown_once(form);
    is_worth_it && state.services.clock.now() < carried.until
}

/// Ends the cookie, if what it holds was refused of a form that now was taken.
pub async fn end_of_taken(
    state: &HttpState,
    headers: &HeaderMap,
    action: &str,
    page: &Uri,
) -> Option<HeaderValue> {
    let carried = opened(state, headers).await?;
    let is_taken = carried.form.action == action && carried.page == hash_secret(&page.to_string());
    is_taken.then(|| cookie(state, "", 0)).flatten()
}

/// Ends the cookie, if it was to be shown once and now was.
pub fn end_of_shown(state: &HttpState, form: &FormState) -> Option<HeaderValue> {
    is_shown_once(form).then(|| cookie(state, "", 0)).flatten()
}

fn is_shown_once(form: &FormState) -> bool {
    let function = features::function(&form.action);
    let is_once = function.is_some_and(|function| matches!(function.answer, Answer::ShownOnce(_)));
    is_once && form.error.is_none()
}

fn cookie(state: &HttpState, value: &str, max_age: i64) -> Option<HeaderValue> {
    let base_url = state.services.settings.base_url();
    HeaderValue::from_str(&CARRIED.line(base_url, value, max_age)).ok()
}

fn account_id(visitor: &Visitor) -> Option<String> {
    visitor.account.as_ref().map(|account| account.id.clone())
}

async fn opened(state: &HttpState, headers: &HeaderMap) -> Option<Carried> {
    let name = CARRIED.name(state.services.settings.base_url());
    for value in cookies::values(headers, name) {
        let Ok(closed) = BASE64_URL_SAFE_NO_PAD.decode(&value) else {
            continue;
        };
        match state.seal().open(&state.services.db, &closed).await {
            Ok(Some(packed)) => return unpacked(&packed),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "a form of a browser cannot be read"),
        }
    }
    None
}

/// A cookie's value, with as much of what was typed as fits in.
async fn sealed(state: &HttpState, carried: Carried) -> Result<Option<String>> {
    let (seal, db) = (state.seal(), &state.services.db);
    for most in TRIED {
        let packed = packed(&shortened(&carried, most))?;
        // What is written in it is a third longer.
        if packed.len() > MOST {
            continue;
        }
        let closed = seal.close(db, &packed).await?;
        let value = closed.map(|closed| BASE64_URL_SAFE_NO_PAD.encode(closed));
        match value {
            Some(value) if value.len() > MOST => {}
            value => return Ok(value),
        }
    }
    Ok(None)
}

/// The same with the shortest of what was typed, in its order, and with words at the fields that are left
/// out.
fn shortened(carried: &Carried, most: usize) -> Carried {
    let form = &carried.form;
    let mut by_length: Vec<usize> = (0..form.values.len()).collect();
    let length = |at: &usize| form.values[*at].0.len() + form.values[*at].1.len();
    by_length.sort_by_key(length);
    let mut sum = 0;
    let mut taken: Vec<usize> = by_length
        .into_iter()
        .take_while(|at| {
            // And what JSON writes around them.
            sum += length(at) + 8;
            sum <= most
        })
        .collect();
    taken.sort_unstable();
    let mut rest = taken.iter().copied().peekable();
    let mut left_out: Vec<&str> = Vec::new();
    for (at, (name, _)) in form.values.iter().enumerate() {
        if rest.next_if_eq(&at).is_none()
            && left_out.len() < NAMED
            && !left_out.contains(&name.as_str())
        {
            left_out.push(name);
        }
    }
    let values = taken.iter().map(|at| form.values[*at].clone()).collect();
    let form = FormState {
        action: form.action.clone(),
        values,
        error: match left_out.is_empty() && most > 0 {
            true => form.error.clone(),
            false => Some(with_words(form.error.as_ref(), &left_out)),
        },
    };
    Carried {
        key: carried.key.clone(),
        until: carried.until,
        account: carried.account.clone(),
        page: carried.page.clone(),
        form,
    }
}

/// The refusal, with what is to be said of fields that are not kept.
fn with_words(error: Option<&ShopError>, left_out: &[&str]) -> ShopError {
    let mut error = error
        .cloned()
        .unwrap_or_else(|| ShopError::of(ErrorKind::TooLarge));
    error
        .fields
        .retain(|field| !left_out.contains(&field.field.as_str()));
    error.fields.truncate(NAMED);
    error.lines.clear();
    // A name is a stranger's word.
    let known = left_out.iter().filter(|name| name.len() < 60);
    error.fields.extend(known.map(|name| FieldError {
        field: (*name).to_owned(),
        message: Text::from(locale()).too_long_to_keep().to_owned(),
    }));
    error
}

fn packed(carried: &Carried) -> Result<Vec<u8>> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&serde_json::to_vec(carried)?)?;
    Ok(packer.finish()?)
}

/// What we have packed ourselves: nobody else could seal it.
fn unpacked(packed: &[u8]) -> Option<Carried> {
    let mut open = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut open).ok()?;
    serde_json::from_slice(&open).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(values: &[(&str, &str)]) -> Carried {
        let values = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Carried {
            key: "abcdefgh-_345678".to_owned(),
            until: 1,
            account: None,
            page: "/orders".to_owned(),
            form: FormState {
                action: "/api/orders/look-up".to_owned(),
                values: values.collect(),
                error: Some(ShopError::new(ErrorKind::TooManyRequests, "too fast")),
            },
        }
    }

    fn names(form: &FormState) -> Vec<&str> {
        form.values.iter().map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn a_form_that_fits_is_carried_whole() {
        let typed = carried(&[("number", "HF-1"), ("email", "kim@example.com")]);
        let form = shortened(&typed, 1_200).form;
        assert_eq!(form.values, typed.form.values);
        assert_eq!(form.error, typed.form.error);
        let again = unpacked(&packed(&typed).unwrap()).unwrap();
        assert_eq!(
            (again.key, again.form.values),
            (typed.key, typed.form.values)
        );
    }

    #[test]
    fn what_is_too_long_is_left_out_and_said_so_at_its_field() {
        let long = "x".repeat(3_000);
        let typed = carried(&[
            ("a", "1"),
            ("note", &long),
            ("b", "2"),
            ("note", &long),
            ("c", ""),
        ]);
        let form = shortened(&typed, 1_200).form;
        assert_eq!(names(&form), ["a", "b", "c"]);
        let error = form.error.unwrap();
        assert_eq!(
            (error.kind, error.message.as_str()),
            (ErrorKind::TooManyRequests, "too fast")
        );
        let fields: Vec<_> = error
            .fields
            .iter()
            .map(|field| field.field.as_str())
            .collect();
        assert_eq!(fields, ["note"]);
    }

    #[test]
    fn whatever_was_sent_fits_at_last() {
        let long = "x".repeat(500_000);
        let names: Vec<String> = (0..2_000).map(|n| format!("field-{n}")).collect();
        let mut values: Vec<_> = names.iter().map(|name| (name.as_str(), "value")).collect();
        values.extend([(long.as_str(), "x"), ("long", long.as_str())]);
        let least = packed(&shortened(&carried(&values), 0)).unwrap();
        // With salt and tag, and in letters.
        assert!((least.len() + 32) * 4 / 3 < MOST, "{}", least.len());
    }
}
