//! The front page: its blocks, and the draft that becomes them.

mod feature;
mod store;

use std::sync::Arc;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    home::{
        form::BlockForm,
        ports::Home,
        read::read,
        text::Text,
        types::{
            Block, BlockKind, BlockSaved, DraftState, HomeDraft, MAX_BLOCKS, PlacedBlock, Shelf,
        },
    },
    identity::Account,
    locale::{Locale, locale},
    moving::Way,
};
use async_trait::async_trait;
use desk::home::own::OwnText;
use serde_json::{Value, json};
use store::{Of, State};
pub use store::{say_no_words, say_standard_words};

use crate::{
    audit_log,
    cache::ReadThrough,
    clock::Clock,
    coordination::Topic,
    db::Tx,
    error::Result,
    feature::Parts,
    ids::new_id,
    settings::Settings,
    store::{ChangeSet, Store},
    text::link,
    translations::{self, Kind},
};

/// An entry for each language: as many blocks as there may be, with long texts.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// What shoppers see, as it is written.
pub async fn published(tx: &mut Tx) -> Result<Vec<PlacedBlock>> {
    let state = store::state(&mut **tx).await?;
    store::published(state, &mut **tx).await
}

#[derive(Clone)]
pub struct HomeService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    /// That texts are in; `None`: as they are written.
    language: Option<Locale>,
    published: ReadThrough<Vec<PlacedBlock>>,
}

/// A transaction that changes the draft.
struct Work {
    tx: Tx,
    state: State,
    blocks: Vec<PlacedBlock>,
}

/// Where an entry of the audit log is about.
enum Subject<'a> {
    Block(&'a str),
    Page,
}

impl HomeService {
    pub fn new(parts: Parts) -> Self {
        let freshness = parts.db.freshness().clone();
        Self {
            published: ReadThrough::new("front_page", MAX_BYTES, freshness),
            language: None,
            db: parts.db,
            clock: parts.clock,
            settings: parts.settings,
        }
    }

    /// What shoppers see, in the language that is read as far as it is translated.
    async fn shown(&self) -> ShopResult<Vec<PlacedBlock>> {
        let reader = self.db.reader();
        let written_in = self.settings.now().await?.written_in;
        let state = store::state(reader).await?;
        let mut blocks = store::published(state, reader).await?;
        if let Some(language) = self.language.filter(|language| *language != written_in) {
            let ids: Vec<&str> = blocks.iter().map(|placed| placed.id.as_str()).collect();
            let texts = translations::of(&self.db, Kind::Block, &ids, language).await?;
            for PlacedBlock { id, block, .. } in &mut blocks {
                for own in OwnText::all_of(block) {
                    texts.put(id, &own.field, own.text);
                }
            }
        }
        Ok(blocks)
    }

    /// Notes which translations are of other texts than these blocks have, and takes away those of
    /// blocks that are gone.
    async fn follow(
        &self,
        tx: &mut Tx,
        before: &[PlacedBlock],
        blocks: &[PlacedBlock],
    ) -> Result<()> {
        for gone in before {
            if blocks.iter().all(|placed| placed.id != gone.id) {
                translations::forget(tx, Kind::Block, &gone.id).await?;
            }
        }
        let mut all = blocks.to_vec();
        let texts: Vec<(&str, Vec<OwnText<'_>>)> = all
            .iter_mut()
            .map(|PlacedBlock { id, block, .. }| (id.as_str(), OwnText::all_of(block)))
            .collect();
        let originals = texts
            .iter()
            .map(|(id, texts)| {
                let texts = texts.iter();
                let texts = texts.map(|own| (own.field.as_str(), own.text.as_str()));
                (*id, texts.collect())
            })
            .collect();
        translations::mark_stale(tx, self.db.dialect(), Kind::Block, &originals).await
    }

    /// Begins with the draft, or with what is published if there is none.
    async fn begin(&self) -> Result<Work> {
        let mut tx = self.db.begin().await?;
        let state = store::lock(&mut tx, self.db.dialect().for_update()).await?;
        let blocks = match state.has_draft {
            true => store::blocks(&mut *tx, Of::Draft).await?,
            false => store::published(state, &mut *tx).await?,
        };
        Ok(Work { tx, state, blocks })
    }

    /// Keeps the draft as it is now. Shoppers see nothing of it.
    async fn keep(
        &self,
        work: Work,
        actor: &Account,
        action: &str,
        id: &str,
        change: (Option<Value>, Option<Value>),
    ) -> Result<()> {
        let Work {
            mut tx,
            state,
            blocks,
        } = work;
        store::write(&mut tx, Of::Draft, &blocks).await?;
        let has_draft = true;
        store::write_state(&mut tx, State { has_draft, ..state }).await?;
        self.note(&mut tx, actor, action, Subject::Block(id), change)
            .await?;
        ChangeSet::default().commit(tx, &self.db).await.map(drop)
    }

    async fn note(
        &self,
        tx: &mut Tx,
        actor: &Account,
        action: &str,
        subject: Subject<'_>,
        (before, after): (Option<Value>, Option<Value>),
    ) -> Result<()> {
        let subject = match subject {
            Subject::Block(id) => ("home_block", id),
            Subject::Page => ("home", "page"),
        };
        let now = self.clock.now();
        audit_log::record(tx, now, &actor.email, action, subject, before, after).await
    }

    /// Whether a block can be what it is to be, as far as other tables know.
    async fn check_source(&self, tx: &mut Tx, block: &Block) -> ShopResult<()> {
        let Block::Products(Shelf { source, .. }) = block else {
            return Ok(());
        };
        match store::has_source(tx, source).await? {
            true => Ok(()),
            false => Err(ShopError::field("source", said().choose_products())),
        }
    }
}

/// What is said to those who are refused.
fn said() -> Text {
    Text::from(locale())
}

/// What an entry of the audit log says of a block.
fn summary(block: &Block) -> Option<Value> {
    serde_json::to_value(block).ok()
}

fn place_of(blocks: &[PlacedBlock], id: &str) -> ShopResult<usize> {
    let place = blocks.iter().position(|placed| placed.id == id);
    place.ok_or_else(ShopError::not_found)
}

fn saved(placed: &PlacedBlock) -> BlockSaved {
    BlockSaved {
        id: placed.id.clone(),
        version: placed.version,
    }
}

#[async_trait]
impl Home for HomeService {
    fn in_language(&self, language: Locale) -> Arc<dyn Home> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn published(&self) -> ShopResult<Arc<Vec<PlacedBlock>>> {
        let this = self.clone();
        let load = move || {
            let this = this.clone();
            async move { this.shown().await }
        };
        let entry = self.language.map_or("page", Locale::code);
        self.published.get(entry, &[Topic::lists()], load).await
    }

    async fn draft(&self) -> ShopResult<HomeDraft> {
        let reader = self.db.reader();
        let state = store::state(reader).await?;
        Ok(match state.has_draft {
            true => HomeDraft {
                blocks: store::blocks(reader, Of::Draft).await?,
                state: DraftState::Changed,
            },
            false => HomeDraft {
                blocks: store::published(state, reader).await?,
                state: DraftState::Published,
            },
        })
    }

    async fn add(&self, actor: &Account, kind: BlockKind) -> ShopResult<BlockSaved> {
        let mut work = self.begin().await?;
        if work.blocks.len() >= MAX_BLOCKS {
            return Err(ShopError::new(
                ErrorKind::Conflict,
                said().too_many_blocks(&MAX_BLOCKS.to_string()),
            ));
        }
        let placed = PlacedBlock {
            id: new_id(),
            block: Block::new(kind),
            version: 1,
        };
        let after = summary(&placed.block);
        let saved = saved(&placed);
        work.blocks.push(placed);
        self.keep(work, actor, "home.add", &saved.id, (None, after))
            .await?;
        Ok(saved)
    }

    async fn save(
        &self,
        actor: &Account,
        id: &str,
        version: &str,
        form: BlockForm,
    ) -> ShopResult<BlockSaved> {
        let mut work = self.begin().await?;
        let at = place_of(&work.blocks, id)?;
        let before = work.blocks[at].clone();
        if version.trim().parse() != Ok(before.version) {
            return Err(ShopError::new(ErrorKind::Conflict, said().changed_since()));
        }
        let block = read(&form, &before.block, link).map_err(ShopError::fields)?;
        self.check_source(&mut work.tx, &block).await?;
        let change = (summary(&before.block), summary(&block));
        let placed = &mut work.blocks[at];
        placed.block = block;
        placed.version += 1;
        let saved = saved(placed);
        self.keep(work, actor, "home.change", id, change).await?;
        Ok(saved)
    }

    async fn set_picture(
        &self,
        actor: &Account,
        id: &str,
        src: Option<String>,
    ) -> ShopResult<BlockSaved> {
        let mut work = self.begin().await?;
        let at = place_of(&work.blocks, id)?;
        let placed = &mut work.blocks[at];
        let before = summary(&placed.block);
        let picture = placed.block.picture_mut();
        *picture.ok_or_else(ShopError::not_found)? = src;
        placed.version += 1;
        let (saved, after) = (saved(placed), summary(&placed.block));
        self.keep(work, actor, "home.change", id, (before, after))
            .await?;
        Ok(saved)
    }

    async fn step(&self, actor: &Account, id: &str, way: Way) -> ShopResult<()> {
        let mut work = self.begin().await?;
        let before = place_of(&work.blocks, id)?;
        if !way.step(&mut work.blocks, |placed| placed.id == id) {
            return Ok(());
        }
        let after = place_of(&work.blocks, id)?;
        let place = |at: usize| Some(json!({ "place": at + 1 }));
        let change = (place(before), place(after));
        self.keep(work, actor, "home.move", id, change).await?;
        Ok(())
    }

    async fn delete(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut work = self.begin().await?;
        let at = place_of(&work.blocks, id)?;
        let before = summary(&work.blocks.remove(at).block);
        self.keep(work, actor, "home.remove", id, (before, None))
            .await?;
        Ok(())
    }

    async fn publish(&self, actor: &Account) -> ShopResult<()> {
        let Work {
            mut tx,
            state,
            blocks,
        } = self.begin().await?;
        if !state.has_draft {
            return Ok(());
        }
        let before = store::published(state, &mut *tx).await?;
        store::write(&mut tx, Of::Published, &blocks).await?;
        store::clear(&mut tx, Of::Draft).await?;
        self.follow(&mut tx, &before, &blocks).await?;
        let state = State {
            is_own: true,
            has_draft: false,
            ..state
        };
        store::write_state(&mut tx, state).await?;
        let summary = |blocks: &[PlacedBlock]| {
            let kinds = blocks.iter().map(|placed| placed.block.kind().as_str());
            Some(json!({ "blocks": kinds.collect::<Vec<_>>() }))
        };
        let change = (summary(&before), summary(&blocks));
        self.note(&mut tx, actor, "home.publish", Subject::Page, change)
            .await?;
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, &self.db).await?;
        Ok(())
    }

    async fn discard(&self, actor: &Account) -> ShopResult<()> {
        let Work { mut tx, state, .. } = self.begin().await?;
        if !state.has_draft {
            return Ok(());
        }
        store::clear(&mut tx, Of::Draft).await?;
        let has_draft = false;
        store::write_state(&mut tx, State { has_draft, ..state }).await?;
        self.note(&mut tx, actor, "home.discard", Subject::Page, (None, None))
            .await?;
        ChangeSet::default().commit(tx, &self.db).await?;
        Ok(())
    }
}
