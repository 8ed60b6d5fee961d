//! Pictures of what is secret: their addresses are as secret as the rest of it, so to shoppers there is nothing
//! at them, even if they were told.

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError, RwLock},
};

use app::{cookie::Cookie, error::ShopError, identity::Role};
use axum::http::HeaderMap;

use super::{cookies, state::HttpState};
use crate::{
    account::store as accounts,
    cache::ReadThrough,
    coordination::Topic,
    db::{Cost, Sql},
    error::Result,
    store::Store,
};

/// Bytes of names that a node keeps.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Names, without their widths, of pictures that nobody is shown.
pub struct SecretPictures {
    kept: ReadThrough<BTreeSet<String>>,
    /// For while the database does not answer.
    last: Arc<RwLock<Option<Arc<BTreeSet<String>>>>>,
}

/// The same for a picture in all its widths, also for e-mails: `rope` of `rope.w640.webp` and `rope.w320.jpg`. That of
/// a picture with one width is its file's name.
fn name(file: &str) -> &str {
    let rest = file.strip_suffix(".webp");
    let parts = rest
        .or_else(|| file.strip_suffix(".jpg"))
        .and_then(|rest| rest.rsplit_once(".w"));
    match parts {
        Some((name, width)) if width.parse::<u32>().is_ok() => name,
        Some(_) | None => file,
    }
}

impl SecretPictures {
    pub fn new(db: &Store) -> Self {
        let kept = ReadThrough::new("secret_pictures", MAX_BYTES, db.freshness().clone());
        Self {
            kept,
            last: Arc::default(),
        }
    }

    /// Whether the picture with this file name is of what is secret now.
    pub async fn has(&self, db: &Store, file: &str) -> Result<bool, ShopError> {
        let store = db.clone();
        let load = move || {
            let db = store.clone();
            async move { Ok(read(&db).await?) }
        };
        let names = match self.kept.get("all", &[Topic::lists()], load).await {
            Ok(names) => {
                *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(names.clone());
                names
            }
            Err(error) => {
                let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
                last.clone().ok_or(error)?
            }
        };
        Ok(names.contains(name(file)))
    }
}

/// Of pictures that something else shows, too, there is no secret.
async fn read(db: &Store) -> Result<BTreeSet<String>> {
    let now = db.now();
    let mut sql = Sql::new(
        "SELECT s.src FROM (SELECT i.src, p.shown_from FROM pictures i JOIN products p ON p.id = i.product_id \
         UNION ALL SELECT v.picture_src AS src, p.shown_from FROM variants v \
         JOIN products p ON p.id = v.product_id WHERE v.picture_src IS NOT NULL \
         UNION ALL SELECT picture_src AS src, 0 AS shown_from FROM categories WHERE picture_src IS NOT NULL \
         UNION ALL SELECT picture_src AS src, 0 AS shown_from FROM collections WHERE picture_src IS NOT NULL) s \
         WHERE s.src IN (SELECT i.src FROM pictures i JOIN products p ON p.id = i.product_id \
           WHERE p.shown_from > ",
    );
    sql.int(now).push(
        " UNION SELECT v.picture_src FROM variants v JOIN products p ON p.id = v.product_id \
           WHERE v.picture_src IS NOT NULL AND p.shown_from > ",
    );
    sql.int(now)
        .push(") GROUP BY s.src HAVING MIN(s.shown_from) > ")
        .int(now);
    let sources: Vec<String> = db.catalog().fetch_values(Cost::List, sql).await?;
    let names = sources.iter().map(|src| {
        let file = src.strip_prefix("/media/").unwrap_or(src);
        name(file).to_owned()
    });
    Ok(names.collect())
}

/// Whether an admin asks, who sees them.
pub async fn is_admins(state: &HttpState, headers: &HeaderMap) -> bool {
    let services = &state.services;
    let name = Cookie::SESSION.name(services.settings.base_url());
    let Some(session) = cookies::secret(headers, name) else {
        return false;
    };
    let found = accounts::session(&services.db, services.clock.now(), &session).await;
    found
        .ok()
        .flatten()
        .is_some_and(|session| session.account.role == Role::Admin)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn all_widths_of_a_picture_have_one_name() {
        for file in ["rope.w640.webp", "rope.w1600.webp", "rope.w320.jpg", "rope"] {
            assert_eq!(name(file), "rope");
        }
        for file in ["rope.webp", "rope.jpg", "rope.wide.webp", "rope.w640.png"] {
            assert_eq!(name(file), file);
        }
        assert_eq!(name("demo/a.w.w640.webp"), "demo/a.w");
    }
}
