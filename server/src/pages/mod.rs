//! The owner's own pages, and the messages that shoppers send from the contact page.

mod admin;
pub mod demo;
mod draft;
mod feature;
mod limits;
pub mod links;
mod markdown;
mod store;
pub mod translated;

use std::sync::Arc;

use app::{
    error::{ShopError, ShopResult},
    locale::{Language, Locale, locale},
    pages::{
        message::Message,
        ports::Pages,
        types::{Look, PageKind, ShownPage, StandardPages},
    },
};
use async_trait::async_trait;

use crate::{
    cache::ReadThrough,
    clock::Clock,
    coordination::Topic,
    db::Connection,
    error::Result,
    outbox::{self, Mail},
    settings::Settings,
    store::Store,
    text::may_be_slug,
};
use limits::Limits;
use store::StoredPage;

pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/pages_text.rs"));
}

/// Bytes of pages that a node keeps.
const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// Messages that wait to be sent at most: past that the mail server is away, or someone floods us.
const MAX_WAITING: i64 = 500;

/// The present address of the page that had this one before, if shoppers can see it.
pub async fn moved_to(db: &Store, now: i64, slug: &str) -> Result<Option<String>> {
    let left = store::left_from(db, slug).await?;
    Ok(left.filter(|(_, from)| *from <= now).map(|(slug, _)| slug))
}

/// Slugs of all pages that shoppers can see.
pub async fn listed(db: &Store, now: i64) -> Result<Vec<String>> {
    store::listed(db, now).await
}

/// Kinds of pages that shoppers can see, examples of the demo shop left out.
pub async fn published(connection: &mut Connection, now: i64) -> Result<Vec<PageKind>> {
    store::published(connection, now).await
}

/// Each language has kept pages of its own, under one generation.
#[derive(Clone)]
pub struct PageService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    /// That pages are read in; `None`: as they are written.
    language: Option<Locale>,
    kept: ReadThrough<Look>,
    standard: ReadThrough<StandardPages>,
    limits: Arc<Limits>,
}

impl PageService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        let kept = ReadThrough::new("own_page", MAX_BYTES, db.freshness().clone());
        let standard = ReadThrough::new("standing_pages", MAX_BYTES, db.freshness().clone());
        Self {
            standard: standard.ending(clock.clone(), |standard: &StandardPages| standard.ends),
            kept: kept
                .shared_if(|look: &Look| look.page.is_some())
                .ending(clock.clone(), |look| look.ends),
            db,
            clock,
            settings,
            language: None,
            limits: Arc::new(Limits::new()),
        }
    }

    async fn look(&self, name: &str, wanted: WantedPage) -> ShopResult<Arc<Look>> {
        let this = self.clone();
        let load = move || {
            let (this, wanted) = (this.clone(), wanted.clone());
            async move {
                let reading = this.reading().await?;
                Ok(look(&this.db, this.clock.now(), &wanted, reading).await?)
            }
        };
        let name = match self.language {
            Some(language) => format!("{}:{name}", language.code()),
            None => name.to_owned(),
        };
        self.kept.get(&name, &[Topic::lists()], load).await
    }

    async fn reading(&self) -> ShopResult<Reading> {
        let settings = self.settings.now().await?;
        let language = self.language.unwrap_or(settings.written_in);
        Ok(Reading {
            translated: Some(language).filter(|language| *language != settings.written_in),
            links: settings.languages.closest(language),
        })
    }
}

/// How a page is read.
#[derive(Clone, Copy)]
struct Reading {
    /// The language of its texts, if that is not what they are written in.
    translated: Option<Locale>,
    /// The language that its links keep.
    links: Language,
}

#[derive(Clone)]
enum WantedPage {
    Slug(String),
    Contact,
}

/// What shoppers find now, and until when.
async fn look(db: &Store, now: i64, wanted: &WantedPage, reading: Reading) -> Result<Look> {
    let found = match wanted {
        WantedPage::Slug(slug) => store::by_slug(db, slug).await?,
        WantedPage::Contact => store::contact(db).await?,
    };
    let from = found.as_ref().and_then(StoredPage::seen_from);
    if let Some(mut page) = found
        && from.is_some_and(|from| from <= now)
    {
        if let Some(language) = reading.translated {
            translated::translate(db, &mut page, language).await?;
        }
        return Ok(Look {
            page: Some(shown(page, reading.links)),
            ends: None,
        });
    }
    // The page may be seen later, or one that had this address before.
    let left = match wanted {
        WantedPage::Slug(slug) => store::left_from(db, slug).await?,
        WantedPage::Contact => None,
    };
    let moments = [from, left.map(|(_, from)| from)].into_iter().flatten();
    Ok(Look {
        page: None,
        ends: moments.filter(|moment| *moment > now).min(),
    })
}

fn shown(page: StoredPage, links: Language) -> ShownPage {
    ShownPage {
        html: markdown::html(&page.body, links),
        takes_messages: page.contact_email.is_some(),
        id: page.id,
        kind: page.kind,
        slug: page.slug,
        title: page.title,
        seo_title: page.seo_title,
        seo_description: page.seo_description,
        is_demo: page.is_demo,
        updated_at: page.updated_at,
    }
}

#[async_trait]
impl Pages for PageService {
    fn in_language(&self, language: Locale) -> Arc<dyn Pages> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn page(&self, slug: &str) -> ShopResult<Arc<Look>> {
        if !may_be_slug(slug) {
            return Ok(Arc::default());
        }
        let name = format!("/{slug}");
        self.look(&name, WantedPage::Slug(slug.to_owned())).await
    }

    async fn contact(&self) -> ShopResult<Arc<Look>> {
        self.look("contact", WantedPage::Contact).await
    }

    async fn standard_pages(&self) -> ShopResult<Arc<StandardPages>> {
        let this = self.clone();
        let load = move || {
            let this = this.clone();
            async move {
                let reading = this.reading().await?;
                Ok(links::standard_pages(&this.db, this.clock.now(), reading.translated).await?)
            }
        };
        let name = self.language.map_or("all", Locale::code);
        self.standard.get(name, &[Topic::lists()], load).await
    }

    async fn send_message(&self, client: &str, message: Message) -> ShopResult<()> {
        let now = self.clock.now();
        let page = store::contact(&self.db).await?;
        let page = page.filter(|page| page.seen_from().is_some_and(|from| from <= now));
        let to = page.and_then(|page| page.contact_email);
        let to = to.ok_or_else(ShopError::not_found)?;
        self.limits.message(client, &message.email)?;
        let mail = Mail::ContactMessage {
            to,
            name: message.name,
            email: message.email,
            order_number: message.order_number,
            message: message.message,
        };
        let mut tx = self.db.begin().await?;
        if store::waiting_messages(&mut tx, mail.kind()).await? >= MAX_WAITING {
            return Err(ShopError::unavailable());
        }
        outbox::queue(&mut tx, self.db.dialect(), now, &mail).await?;
        tx.commit().await.map_err(crate::error::Error::from)?;
        Ok(())
    }
}

/// What the service says, in the language of who asks.
fn said() -> text::Text {
    text::Text::from(locale())
}
