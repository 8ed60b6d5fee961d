//! What payment methods are called, in the language of who reads it.

use std::collections::BTreeMap;

use app::locale::Locale;

use super::placement::{batch::Intent, decide::Grant};
use crate::{
    db::{Dialect, Session},
    error::Result,
    payment::methods::{Method, Methods},
    translations::{self, DESCRIPTION, Kind, NAME},
};

/// The methods in another language than they are named in. Where the owner's words are not translated there
/// are none, so that the provider's own are read, which are in every language.
pub async fn translated(
    session: &mut impl Session,
    dialect: Dialect,
    methods: &Methods,
    language: Locale,
) -> Result<Methods> {
    let mut methods = methods.clone();
    let is_worded = |one: &&Method| !one.name.is_empty() || !one.description.is_empty();
    let worded = methods.all.iter().filter(is_worded);
    let ids: Vec<String> = worded.map(|one| one.method.clone()).collect();
    if ids.is_empty() {
        return Ok(methods);
    }
    let kind = Kind::PaymentMethod;
    let texts = translations::stored(&mut *session, dialect, kind, &ids, language).await?;
    let read = |method: &str, field: &str, original: &str| {
        let mut texts = texts.iter();
        let found = texts.find(|text| text.subject_id == method && text.field == field);
        match (original, found) {
            ("", _) | (_, None) => String::new(),
            (_, Some(found)) => found.text.clone(),
        }
    };
    for one in &mut methods.all {
        one.name = read(&one.method, NAME, &one.name);
        one.description = read(&one.method, DESCRIPTION, &one.description);
    }
    Ok(methods)
}

/// Writes on orders how their shoppers have read the method, unless what was chosen says more, such as a
/// card's last digits.
pub async fn put(
    session: &mut impl Session,
    dialect: Dialect,
    methods: &Methods,
    granted: &mut [(&Intent, Grant)],
) -> Result<()> {
    let mut read: BTreeMap<Locale, Methods> = BTreeMap::new();
    for (intent, grant) in granted {
        let named = methods.of(intent.method);
        if !grant.payment.token.is_empty() || named.is_none_or(|one| one.name.is_empty()) {
            continue;
        }
        if let Some(language) = intent.names
            && !read.contains_key(&language)
        {
            let theirs = translated(session, dialect, methods, language).await?;
            read.insert(language, theirs);
        }
        let theirs = intent.names.and_then(|language| read.get(&language));
        if let Some(one) = theirs.unwrap_or(methods).of(intent.method)
            && !one.name.is_empty()
        {
            grant.payment.label.clone_from(&one.name);
        }
    }
    Ok(())
}
