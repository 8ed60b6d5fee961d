//! Products and stock, as the admin works on them. Every change is written down in the audit log, in
//! the transaction that makes it.

mod change;
mod drafted;
mod duplicate;
mod editing;
mod read;
mod stock;
mod stock_rows;
mod stock_service;
mod stock_table;
pub mod waiting;

use std::sync::Arc;

use app::{
    catalog::limits::MAX_PICTURES,
    error::{ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use desk::admin::{
    products::{
        ports::ProductAdmin,
        text::Text,
        types::{AdminPicture, AdminProduct},
    },
    stock::{
        text::Text as StockText,
        types::{EDITED, StockAdjusted},
    },
};
use serde_json::json;

use crate::{
    audit_log,
    catalog::write::{CatalogWrite, StockReason, draft::PictureDraft},
    clock::Clock,
    error::{Error, Result},
    settings::Settings,
    store::Store,
};

pub struct AdminService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
}

impl AdminService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        Self {
            db,
            clock,
            settings,
        }
    }

    async fn write(&self, actor: &Account) -> Result<CatalogWrite> {
        CatalogWrite::begin(
            &self.db,
            self.clock.now(),
            &actor.email,
            StockReason::Adjustment,
        )
        .await
        .map(|write| write.because(EDITED))
    }

    /// How many more pictures the product can have.
    pub async fn room_for_pictures(&self, id: &str) -> ShopResult<usize> {
        let product = self.product(id).await?;
        Ok(MAX_PICTURES.saturating_sub(product.pictures.len()))
    }

    /// How many more pictures can wait for a form that was not saved yet.
    pub async fn room_for_waiting(&self, actor: &Account) -> ShopResult<usize> {
        let mut tx = self.db.reader().begin().await.map_err(Error::from)?;
        Ok(waiting::room(&mut tx, actor).await?)
    }

    /// Has stored pictures wait for the form of this key.
    pub async fn keep_waiting(
        &self,
        actor: &Account,
        form: &str,
        sources: &[String],
    ) -> ShopResult<Vec<AdminPicture>> {
        let mut tx = self.db.begin().await?;
        if waiting::room(&mut tx, actor).await? < sources.len() {
            return Err(too_many_pictures());
        }
        waiting::add(&mut tx, actor, form, sources, self.clock.now()).await?;
        let pictures = waiting::of_form(&mut tx, actor, form).await?;
        tx.commit().await.map_err(Error::from)?;
        Ok(pictures)
    }

    /// Adds stored pictures to a product's own.
    pub async fn add_pictures(
        &self,
        actor: &Account,
        id: &str,
        sources: &[String],
    ) -> ShopResult<AdminProduct> {
        let mut write = self.write(actor).await?;
        let stored = write.existing(id).await?;
        let mut draft = stored.draft.clone();
        let title = draft.title.clone();
        let new = sources.iter().map(|src| PictureDraft {
            id: None,
            src: src.clone(),
            alt: title.clone(),
        });
        draft.pictures.extend(new);
        if draft.pictures.len() > MAX_PICTURES {
            return Err(too_many_pictures());
        }
        self.update(write, actor, &stored, &draft).await?;
        self.product(id).await
    }

    /// Books units in or out, with its entry in the audit trail, and commits it.
    async fn book(
        &self,
        mut write: CatalogWrite,
        actor: &Account,
        variant_id: &str,
        delta: i64,
        reason: &str,
        form_key: Option<&str>,
    ) -> ShopResult<StockAdjusted> {
        let stock = write
            .move_stock_by(variant_id, delta, reason, form_key)
            .await?;
        self.note_booking(
            &mut write,
            actor,
            variant_id,
            (stock - delta, stock),
            reason,
        )
        .await?;
        write.commit().await?;
        Ok(StockAdjusted {
            variant_id: variant_id.to_owned(),
            stock,
        })
    }

    /// Keeps in the audit trail what there was, what there is, and why.
    async fn note_booking(
        &self,
        write: &mut CatalogWrite,
        actor: &Account,
        variant_id: &str,
        (before, after): (i64, i64),
        reason: &str,
    ) -> Result<()> {
        audit_log::record(
            write.tx(),
            self.clock.now(),
            &actor.email,
            "stock.adjust",
            ("variant", variant_id),
            Some(json!({ "stock": before })),
            Some(json!({ "stock": after, "reason": reason })),
        )
        .await
    }
}

pub fn too_many_pictures() -> ShopError {
    let words = Text::from(locale()).too_many_pictures(&MAX_PICTURES.to_string());
    ShopError::field("file", words)
}

/// Why stock is changed, as it will be kept.
fn checked_reason(reason: &str) -> ShopResult<&str> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 200 {
        return Err(ShopError::field(
            "reason",
            StockText::from(locale()).reason_wanted(),
        ));
    }
    Ok(reason)
}
