//! Choosing a look: the ports behind the page, and the pictures that pages show.

use std::{sync::Arc, time::Duration};

use app::{
    error::{ErrorKind, FieldError, ShopError, ShopResult},
    identity::Account,
    locale::Locale,
    look::{
        Look,
        ports::{LookFile, LookFiles},
        types::{LookPicture, Shape},
    },
};
use async_trait::async_trait;
use axum::body::Bytes;
use base64::{Engine, prelude::BASE64_STANDARD};
use desk::admin::look::{
    faults::LookFault,
    ports::{LookAdmin, LookForm, LookView},
    types::{LookSaved, Place},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::{
    check,
    draw::{Drawn, draw, of_a_tab},
    store::{self, StoredFile},
};
use crate::{
    audit_log,
    clock::Clock,
    error::Error,
    pictures::PictureKind,
    settings::look,
    store::{ChangeSet, Store},
};

/// Pictures drawn at the same time: one may take hundreds of megabytes for a moment.
const AT_ONCE: usize = 1;
/// Nobody waits longer than this for a picture to be drawn, its turn included.
const LONGEST: Duration = Duration::from_secs(20);
/// Digits of a picture's id.
const ID: usize = 32;
/// Pictures kept in memory. A shop shows four.
const KEPT: u64 = 32;

pub struct LookService {
    db: Store,
    clock: Arc<dyn Clock>,
    drawing: Arc<Semaphore>,
    /// By their names; none of them ever changes.
    kept: moka::future::Cache<String, LookFile>,
}

impl LookService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            drawing: Arc::new(Semaphore::new(AT_ONCE)),
            kept: moka::future::Cache::new(KEPT),
        }
    }

    /// The picture, drawn where nothing else waits.
    async fn drawn(&self, shape: Shape, bytes: Bytes) -> ShopResult<Result<Drawn, LookFault>> {
        let drawing = self.drawing.clone();
        let work = async move {
            let turn = drawing.acquire_owned().await;
            let turn = turn.map_err(|_| Error::Invariant("nobody closes it".to_owned()))?;
            // The turn ends with the work, also if nobody waits for it any more.
            let work = move || {
                let _turn = turn;
                draw(shape, bytes)
            };
            match tokio::task::spawn_blocking(work).await {
                Ok(drawn) => Ok(drawn),
                // What makes a decoder give up is no picture that can be shown.
                Err(error) if error.is_panic() => {
                    tracing::warn!(%error, "a picture for the look could not be drawn");
                    Ok(Err(LookFault::Damaged))
                }
                Err(error) => Err(Error::Invariant(format!("drawing failed: {error}"))),
            }
        };
        match tokio::time::timeout(LONGEST, work).await {
            Ok(drawn) => Ok(drawn?),
            Err(_) => {
                tracing::warn!("a picture for the look took too long to be drawn");
                Ok(Err(LookFault::Complex))
            }
        }
    }
}

/// What an entry of the trail says.
fn summary(look: &Look) -> Value {
    let id = |picture: &Option<LookPicture>| picture.as_ref().map(|picture| picture.id.clone());
    json!({
        "accent": look.accent.word(), "corners": look.corners, "font": look.font,
        "logo": id(&look.logo), "logo_dark": id(&look.logo_dark), "icon": id(&look.icon),
    })
}

const fn shape_of(place: Place) -> Shape {
    match place {
        Place::Logo | Place::LogoDark => Shape::Logo,
        Place::Icon => Shape::Icon,
    }
}

fn id_of(shape: Shape, drawn: &Drawn) -> String {
    let mut hash = Sha256::new();
    hash.update(shape.as_str());
    hash.update(&drawn.file);
    hash.update(drawn.touch.as_deref().unwrap_or_default());
    let mut id = hex::encode(hash.finalize());
    id.truncate(ID);
    id
}

#[async_trait]
impl LookAdmin for LookService {
    async fn look(&self) -> ShopResult<LookView> {
        let stored = look::read(self.db.reader()).await?;
        Ok(LookView {
            look: stored.look,
            version: stored.version,
            changed: stored.changed,
        })
    }

    async fn draft(&self, form: &LookForm) -> ShopResult<(Look, Vec<(&'static str, LookFault)>)> {
        let now = look::read(self.db.reader()).await?.look;
        let mut connection = self.db.connection().await?;
        Ok(check::checked(&mut connection, form, &now).await?)
    }

    async fn save(&self, actor: &Account, locale: Locale, form: LookForm) -> ShopResult<LookSaved> {
        let db = &self.db;
        let mut tx = db.begin().await?;
        store::lock(&mut tx, db.dialect()).await?;
        let before = look::read(&mut *tx).await?;
        if form.version.trim().parse() != Ok(before.version) {
            let words = LookFault::Overtaken.words(locale);
            return Err(ShopError::new(ErrorKind::Conflict, words));
        }
        let (after, faults) = check::checked(&mut tx, &form, &before.look).await?;
        if !faults.is_empty() {
            let fields = faults.into_iter().map(|(field, fault)| FieldError {
                field: field.to_owned(),
                message: fault.words(locale),
            });
            return Err(ShopError::fields(fields.collect()));
        }
        if after == before.look {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(LookSaved {
                version: before.version,
            });
        }
        let now = self.clock.now();
        store::write(&mut tx, &after, now, &actor.email).await?;
        audit_log::record(
            &mut tx,
            now,
            &actor.email,
            "look.save",
            ("look", "shop"),
            Some(summary(&before.look)),
            Some(summary(&after)),
        )
        .await?;
        // It is on every page.
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, db).await?;
        Ok(LookSaved {
            version: before.version + 1,
        })
    }

    async fn add_picture(
        &self,
        place: Place,
        bytes: Vec<u8>,
    ) -> ShopResult<Result<LookPicture, LookFault>> {
        let shape = shape_of(place);
        let drawn = match self.drawn(shape, bytes.into()).await? {
            Ok(drawn) => drawn,
            Err(fault) => return Ok(Err(fault)),
        };
        let id = id_of(shape, &drawn);
        let files = (
            BASE64_STANDARD.encode(&drawn.file),
            drawn
                .touch
                .as_ref()
                .map(|touch| BASE64_STANDARD.encode(touch)),
        );
        let mut tx = self.db.begin().await?;
        store::add(&mut tx, &id, shape, &drawn, files, self.clock.now()).await?;
        // No page shows it yet: nobody needs to be told.
        tx.commit().await.map_err(Error::from)?;
        Ok(Ok(LookPicture {
            id,
            width: drawn.width,
            height: drawn.height,
        }))
    }
}

#[async_trait]
impl LookFiles for LookService {
    async fn picture(&self, name: &str) -> ShopResult<Option<LookFile>> {
        let Some((id, kind)) = name.split_once('.') else {
            return Ok(None);
        };
        let is_id = id.len() == ID
            && id
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !is_id || !["webp", "png", "large.png", "touch.png"].contains(&kind) {
            return Ok(None);
        }
        if let Some(kept) = self.kept.get(name).await {
            return Ok(Some(kept));
        }
        let Some(stored) = store::file(&self.db, id).await? else {
            return Ok(None);
        };
        let Some(mut file) = of_kind(stored, kind)? else {
            return Ok(None);
        };
        if kind == "png" {
            let work = move || of_a_tab(file.bytes);
            let drawn = tokio::task::spawn_blocking(work).await;
            let drawn =
                drawn.map_err(|error| Error::Invariant(format!("drawing failed: {error}")))?;
            let fault = |fault| Error::Invariant(format!("a look's icon: {fault:?}"));
            file.bytes = drawn.map_err(fault)?;
        }
        self.kept.insert(name.to_owned(), file.clone()).await;
        Ok(Some(file))
    }
}

/// The file of a picture that is asked for, if the picture has it.
fn of_kind(stored: StoredFile, kind: &str) -> ShopResult<Option<LookFile>> {
    let (file, content_type) = match (stored.shape, kind) {
        (Shape::Logo, "webp") => (Some(stored.file), PictureKind::Webp.content_type()),
        (Shape::Icon, "png" | "large.png") => (Some(stored.file), PictureKind::Png.content_type()),
        (Shape::Icon, "touch.png") => (stored.touch_file, PictureKind::Png.content_type()),
        _ => (None, ""),
    };
    let bytes = file.map(|file| BASE64_STANDARD.decode(file)).transpose();
    let bytes = bytes.map_err(|error| Error::Invariant(format!("a look's picture: {error}")))?;
    Ok(bytes.map(|bytes| LookFile {
        content_type,
        bytes,
    }))
}
