//! The waiting list: its links, its pages' answers, and what happens to those who wait. The units that are kept for them
//! are below, in [`waits`](crate::waits).

mod changed;
mod feature;
mod limits;
mod person;
mod product;
pub mod store;
pub mod work;

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    email::Email,
    error::{ErrorKind, ShopError, ShopResult},
    locale::{Locale, locale},
    waiting_list::{
        ports::{Asking, WaitingList},
        text::Text,
        types::{AllTaken, SoldOutProduct, Wish},
    },
};
use async_trait::async_trait;
use tokio::sync::Mutex;

use crate::{
    cart::{kept, token::key},
    db::Tx,
    error::Error,
    feature::Parts,
    ids::{is_id, is_secret},
    outbox::{Mail, queue},
    store::ChangeSet,
    text::mailbox,
    waits::{WaitState, settle::Allocation},
};
use limits::Limits;
use product::SaleState;
use store::{StoredWait, WaitRequest};

/// How long it is known how the goods of a drop are.
const GLANCE: Duration = Duration::from_secs(1);
/// Drops of which that is known.
const MOST_GLANCED: usize = 100;
/// Longest address part that is looked up, in bytes.
const MAX_SLUG: usize = 4 * app::catalog::limits::MAX_SLUG;

fn said() -> Text {
    Text::from(locale())
}

fn conflict(words: &str) -> ShopError {
    ShopError::new(ErrorKind::Conflict, words)
}

type Glances = HashMap<String, (Instant, AllTaken)>;

#[derive(Clone)]
pub struct WaitingListService {
    parts: Parts,
    /// That titles are in; `None`: as they are written.
    language: Option<Locale>,
    limits: Arc<Limits>,
    glances: Arc<Mutex<Glances>>,
}

impl WaitingListService {
    pub fn new(parts: Parts) -> Self {
        Self {
            parts,
            language: None,
            limits: Arc::new(Limits::new()),
            glances: Arc::default(),
        }
    }

    /// What titles are to be translated into, if that is not what they are written in.
    async fn target(&self) -> ShopResult<Option<Locale>> {
        let written_in = self.parts.settings.now().await?.written_in;
        Ok(self.language.filter(|language| *language != written_in))
    }

    async fn stored(&self, token: &str) -> ShopResult<StoredWait> {
        if !is_secret(token) {
            return Err(ShopError::not_found());
        }
        let found = store::of_token(&self.parts.db, self.parts.clock.now(), token).await?;
        found.ok_or_else(ShopError::not_found)
    }

    async fn told(&self, stored: &StoredWait) -> ShopResult<Wish> {
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        Ok(store::told(db, now, stored, self.target().await?).await?)
    }

    /// Commits, and says of a variant whose units were shared out that there is another number of them for everybody.
    async fn commit(
        &self,
        mut tx: Tx,
        variant_id: &str,
        settled: Option<Allocation>,
    ) -> ShopResult<()> {
        let db = &self.parts.db;
        let mut changes = ChangeSet::default();
        if settled.is_some() {
            changed::note(&mut tx, db.dialect(), &mut changes, variant_id).await?;
        }
        changes.commit(tx, db).await?;
        Ok(())
    }
}

#[async_trait]
impl WaitingList for WaitingListService {
    fn in_language(&self, language: Locale) -> Arc<dyn WaitingList> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn of_product(&self, product_id: &str) -> ShopResult<SoldOutProduct> {
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        let found = match is_id(product_id) {
            true => product::product(db, now, product_id, self.target().await?).await?,
            false => None,
        };
        found.ok_or_else(ShopError::not_found)
    }

    async fn all_taken(&self, slug: &str) -> ShopResult<AllTaken> {
        // Postgres takes no NUL in a text.
        if slug.len() > MAX_SLUG || slug.contains('\0') {
            return Err(ShopError::not_found());
        }
        // One reads for all who ask.
        let mut glances = self.glances.lock().await;
        if let Some((at, taken)) = glances.get(slug)
            && at.elapsed() < GLANCE
        {
            return Ok(*taken);
        }
        let now = self.parts.clock.now();
        let found = product::all_taken(&self.parts.db, now, slug).await?;
        let taken = found.ok_or_else(ShopError::not_found)?;
        if glances.len() >= MOST_GLANCED {
            glances.clear();
        }
        glances.insert(slug.to_owned(), (Instant::now(), taken));
        Ok(taken)
    }

    async fn ask(&self, asking: Asking<'_>) -> ShopResult<()> {
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        let sold = match is_id(asking.variant_id) {
            true => product::variant(db, now, asking.variant_id).await?,
            false => None,
        };
        let sold = sold.ok_or_else(|| ShopError::field("variant_id", said().choose_variant()))?;
        let email = Email::mailable(asking.email)
            .map_err(|fault| ShopError::field("email", fault.words()))?
            .shown();
        let drop_id = match sold {
            SaleState::InStock => return Err(conflict(said().not_sold_out())),
            SaleState::NotYet => return Err(conflict(said().cannot_wait())),
            SaleState::SoldOut(_, drop_id) => drop_id,
        };
        self.limits.ask(asking.client, &mailbox(&email))?;
        let request = WaitRequest {
            variant_id: asking.variant_id,
            drop_id: drop_id.as_deref(),
            locale: asking.locale,
            email: &email,
        };
        let mut tx = db.begin().await?;
        if let Some(wait_id) = store::ask(&mut tx, now, request).await? {
            queue(&mut tx, db.dialect(), now, &Mail::WaitToConfirm { wait_id }).await?;
        }
        tx.commit().await.map_err(Error::from)?;
        Ok(())
    }

    async fn of_token(&self, token: &str) -> ShopResult<Wish> {
        let stored = self.stored(token).await?;
        self.told(&stored).await
    }

    async fn confirm(&self, token: &str) -> ShopResult<()> {
        let stored = self.stored(token).await?;
        if stored.state != WaitState::Asked {
            return Ok(());
        }
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        let mut tx = db.begin().await?;
        store::lock(&mut tx, db.dialect(), &stored.variant_id).await?;
        let settled = store::confirm(&mut tx, db.dialect(), now, &stored).await?;
        self.commit(tx, &stored.variant_id, settled).await
    }

    async fn leave(&self, token: &str) -> ShopResult<Wish> {
        let stored = self.stored(token).await?;
        let wish = self.told(&stored).await?;
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        let mut tx = db.begin().await?;
        store::lock(&mut tx, db.dialect(), &stored.variant_id).await?;
        let settled = store::leave(&mut tx, db.dialect(), now, &stored).await?;
        self.commit(tx, &stored.variant_id, settled).await?;
        Ok(wish)
    }

    async fn take(&self, token: &str, cart: Option<&str>) -> ShopResult<String> {
        let stored = self.stored(token).await?;
        let (db, now) = (&self.parts.db, self.parts.clock.now());
        if !stored.is_kept(now) {
            return Err(conflict(said().no_unit_kept()));
        }
        let mut tx = db.begin().await?;
        let (cart, cart_id) = kept::put_in(db, &mut tx, now, cart, &stored.variant_id).await?;
        store::lock(&mut tx, db.dialect(), &stored.variant_id).await?;
        if !store::put_in_cart(&mut tx, now, &stored.id, &cart_id).await? {
            return Err(conflict(said().no_unit_kept()));
        }
        let mut changes = ChangeSet::default();
        changes.cart(&key(&cart));
        changes.commit(tx, db).await?;
        Ok(cart)
    }
}
