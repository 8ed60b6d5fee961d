//! Products and stock, as the admin works on them. Every change is written down in the audit log, in
//! the transaction that makes it.

mod change;
mod read;
mod stock;

use std::sync::Arc;

use app::{
    admin::{
        product_filter::ProductFilter,
        products::{
            ports::ProductAdmin,
            text::Text,
            types::{AdminProduct, ProductChange, ProductSaved, ProductSnapshot, ProductTable},
        },
        stock::{
            ports::StockAdmin,
            text::Text as StockText,
            types::{EDITED, PriceSet, StockAdjusted, StockHistory, StockRow, StockTable},
        },
    },
    catalog::limits::MAX_PICTURES,
    error::{ErrorKind, ShopError, ShopResult},
    faults::amount_words,
    identity::Account,
    locale::locale,
    money::{parse_amount, plain_amount},
};
use async_trait::async_trait;
use serde_json::json;

use crate::{
    audit_log::{self, trail},
    catalog::{
        read::table,
        write::{
            CatalogWrite, StockReason, StoredPicture, StoredProduct, audited,
            draft::{MAX_AMOUNT, MAX_COUNT, PictureDraft, ProductDraft, refuse},
        },
    },
    clock::Clock,
    error::Result,
    ids::{self, is_id},
    settings::Settings,
    store::Store,
    text::{
        html::{plain_text, sanitise},
        slugify,
    },
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

    async fn saved(&self, id: &str) -> ShopResult<ProductSaved> {
        read::saved(&self.db, id)
            .await?
            .ok_or_else(ShopError::not_found)
    }

    /// How many more pictures the product can have.
    pub async fn room_for_pictures(&self, id: &str) -> ShopResult<usize> {
        let product = self.product(id).await?;
        Ok(MAX_PICTURES.saturating_sub(product.pictures.len()))
    }

    /// Adds stored pictures to a product's own.
    pub async fn add_pictures(
        &self,
        actor: &Account,
        id: &str,
        sources: &[String],
    ) -> ShopResult<AdminProduct> {
        let mut write = self.write(actor).await?;
        let stored = stored(&mut write, id).await?;
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

    /// Books units in or out, with its entry in the audit trail, and makes it stand.
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
        audit_log::record(
            write.tx(),
            self.clock.now(),
            &actor.email,
            "stock.adjust",
            ("variant", variant_id),
            Some(json!({ "stock": stock - delta })),
            Some(json!({ "stock": stock, "reason": reason })),
        )
        .await?;
        write.commit().await?;
        Ok(StockAdjusted {
            variant_id: variant_id.to_owned(),
            stock,
        })
    }

    async fn update(
        &self,
        mut write: CatalogWrite,
        actor: &Account,
        stored: &StoredProduct,
        draft: &ProductDraft,
    ) -> Result<()> {
        write.update(stored, draft).await?;
        self.note_update(write, actor, stored, draft).await
    }

    /// Puts a product on sale or takes it off, which depends on nothing else that is stored of it.
    async fn switch(
        &self,
        mut write: CatalogWrite,
        actor: &Account,
        stored: &StoredProduct,
        active: bool,
    ) -> Result<()> {
        write.set_active(stored, active).await?;
        let draft = ProductDraft {
            active,
            ..stored.draft.clone()
        };
        self.note_update(write, actor, stored, &draft).await
    }

    /// Keeps in the audit trail what was changed, and makes it stand.
    async fn note_update(
        &self,
        mut write: CatalogWrite,
        actor: &Account,
        stored: &StoredProduct,
        draft: &ProductDraft,
    ) -> Result<()> {
        let (before, after) = (
            audited::summary_of(stored),
            audited::summary_after(Some(stored), draft),
        );
        audit_log::record(
            write.tx(),
            self.clock.now(),
            &actor.email,
            "product.update",
            ("product", &stored.id),
            Some(before),
            Some(after),
        )
        .await?;
        write.commit().await?;
        Ok(())
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

async fn stored(write: &mut CatalogWrite, id: &str) -> ShopResult<StoredProduct> {
    if !is_id(id) {
        return Err(ShopError::not_found());
    }
    write.stored(id).await?.ok_or_else(ShopError::not_found)
}

#[async_trait]
impl ProductAdmin for AdminService {
    async fn products(&self, filter: &ProductFilter) -> ShopResult<ProductTable> {
        Ok(table::products(&self.db, filter).await?)
    }

    async fn product(&self, id: &str) -> ShopResult<AdminProduct> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        read::product(&self.db, id)
            .await?
            .ok_or_else(ShopError::not_found)
    }

    async fn category_names(&self) -> ShopResult<Vec<String>> {
        Ok(read::category_names(&self.db).await?)
    }

    async fn create_product(
        &self,
        actor: &Account,
        change: ProductChange,
    ) -> ShopResult<ProductSaved> {
        let currency = &self.settings.now().await?.currency;
        let (mut draft, wrong) = change::apply(ProductDraft::default(), change, currency);
        let mut write = self.write(actor).await?;
        write.priced_in(currency).await?;
        if draft.slug.is_empty() && !draft.title.is_empty() {
            draft.slug = write.free_slug(&slugify(&draft.title)).await?;
        }
        draft.check(wrong)?;
        let ids = write.create(std::slice::from_ref(&draft)).await?;
        let id = ids.into_iter().next().unwrap_or_default();
        audit_log::record(
            write.tx(),
            self.clock.now(),
            &actor.email,
            "product.create",
            ("product", &id),
            None,
            Some(audited::summary_after(None, &draft)),
        )
        .await?;
        write.commit().await?;
        self.saved(&id).await
    }

    async fn update_product(
        &self,
        actor: &Account,
        id: &str,
        change: ProductChange,
    ) -> ShopResult<ProductSaved> {
        let currency = &self.settings.now().await?.currency;
        let mut write = self.write(actor).await?;
        if change.variants.is_some() {
            write.priced_in(currency).await?;
        }
        let stored = stored(&mut write, id).await?;
        if change
            .version
            .is_some_and(|version| version != stored.version)
        {
            return Err(ShopError::new(
                ErrorKind::Conflict,
                Text::from(locale()).changed_since(),
            ));
        }
        if let Some(active) = change.only_active() {
            self.switch(write, actor, &stored, active).await?;
            return self.saved(id).await;
        }
        let sent = change.sent();
        let (mut draft, mut wrong) = change::apply(stored.draft.clone(), change, currency);
        if draft.slug.is_empty() {
            draft.slug = stored.draft.slug.clone();
        }
        // What was not sent may be what it likes: it is not what this change is about.
        let faults = draft.faults().into_iter();
        wrong.extend(faults.filter(|fault| sent.is_about(&fault.field)));
        refuse(wrong)?;
        self.update(write, actor, &stored, &draft).await?;
        self.saved(id).await
    }

    async fn delete_product(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut write = self.write(actor).await?;
        let stored = stored(&mut write, id).await?;
        write.delete(&stored).await?;
        audit_log::record(
            write.tx(),
            self.clock.now(),
            &actor.email,
            "product.delete",
            ("product", id),
            Some(audited::summary_of(&stored)),
            None,
        )
        .await?;
        write.commit().await?;
        Ok(())
    }

    async fn delete_picture(&self, actor: &Account, picture_id: &str) -> ShopResult<ProductSaved> {
        let mut write = self.write(actor).await?;
        let StoredPicture {
            product_id: id,
            src,
        } = write
            .picture(picture_id)
            .await?
            .ok_or_else(ShopError::not_found)?;
        let stored = stored(&mut write, &id).await?;
        let mut draft = stored.draft.clone();
        draft.pictures.retain(|picture| picture.src != src);
        for variant in &mut draft.variants {
            variant.picture_src.take_if(|picture| *picture == src);
        }
        self.update(write, actor, &stored, &draft).await?;
        self.saved(&id).await
    }

    async fn product_as_of(
        &self,
        id: &str,
        version: i64,
    ) -> ShopResult<(Option<ProductSnapshot>, Vec<String>)> {
        let currency = &self.settings.now().await?.currency;
        Ok(trail::as_of(&self.db, currency, id, version).await?)
    }

    fn clean_html(&self, html: &str) -> String {
        sanitise(html)
    }

    fn words_of_html(&self, html: &str) -> String {
        plain_text(&sanitise(html))
    }
}

#[async_trait]
impl StockAdmin for AdminService {
    async fn adjust_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        delta: i64,
        reason: &str,
        form_key: &str,
    ) -> ShopResult<StockAdjusted> {
        let reason = checked_reason(reason)?;
        let form_key = ids::form_key(form_key)?;
        if !is_id(variant_id) {
            return Err(ShopError::not_found());
        }
        if delta.unsigned_abs() > MAX_COUNT.unsigned_abs() {
            return Err(ShopError::field(
                "delta",
                Text::from(locale()).too_many_units(),
            ));
        }
        let mut write = self.write(actor).await?;
        if let Some(key) = form_key {
            // Locked first: of two clicks at once, the second finds what the first has booked.
            let stock = stock::locked_units(&mut write, self.db.dialect(), variant_id)
                .await?
                .ok_or_else(ShopError::not_found)?;
            match stock::booked(&mut write, variant_id, key).await? {
                None => {}
                Some(booked) if booked == delta => {
                    return Ok(StockAdjusted {
                        variant_id: variant_id.to_owned(),
                        stock,
                    });
                }
                Some(booked) => {
                    let words = StockText::from(locale()).already_booked(&format!("{booked:+}"));
                    return Err(ShopError::new(ErrorKind::Conflict, words));
                }
            }
        }
        self.book(write, actor, variant_id, delta, reason, form_key)
            .await
    }

    async fn set_price(
        &self,
        actor: &Account,
        variant_id: &str,
        price: &str,
        was: &str,
    ) -> ShopResult<PriceSet> {
        let currency = &self.settings.now().await?.currency;
        let wanted = parse_amount(price, currency).map_err(|error| {
            let wanted = Text::from(locale()).price_wanted();
            ShopError::field("price", amount_words(&error, wanted))
        })?;
        if wanted > MAX_AMOUNT {
            return Err(ShopError::field("price", Text::from(locale()).too_dear()));
        }
        if !is_id(variant_id) {
            return Err(ShopError::not_found());
        }
        let mut write = self.write(actor).await?;
        write.priced_in(currency).await?;
        let product = stock::product_of(&mut write, variant_id)
            .await?
            .ok_or_else(ShopError::not_found)?;
        let stored = stored(&mut write, &product).await?;
        let mut draft = stored.draft.clone();
        let variant = draft
            .variants
            .iter_mut()
            .find(|variant| variant.id.as_deref() == Some(variant_id))
            .ok_or_else(ShopError::not_found)?;
        if parse_amount(was, currency) != Ok(variant.price_minor) {
            let present = locale().money(variant.price_minor, currency);
            let words = StockText::from(locale()).price_changed(&present);
            return Err(ShopError::new(ErrorKind::Conflict, words));
        }
        let set = PriceSet {
            variant_id: variant_id.to_owned(),
            price_minor: wanted,
            price: plain_amount(wanted, currency),
        };
        if variant.price_minor != wanted {
            variant.price_minor = wanted;
            self.update(write, actor, &stored, &draft).await?;
        }
        Ok(set)
    }

    async fn set_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        units: i64,
        reason: &str,
    ) -> ShopResult<StockAdjusted> {
        let reason = checked_reason(reason)?;
        if !is_id(variant_id) {
            return Err(ShopError::not_found());
        }
        if units < 0 {
            return Err(ShopError::field(
                "units",
                Text::from(locale()).units_wanted(),
            ));
        }
        if units > MAX_COUNT {
            return Err(ShopError::field(
                "units",
                Text::from(locale()).too_many_units(),
            ));
        }
        let mut write = self.write(actor).await?;
        let stock = stock::locked_units(&mut write, self.db.dialect(), variant_id)
            .await?
            .ok_or_else(ShopError::not_found)?;
        if stock == units {
            return Ok(StockAdjusted {
                variant_id: variant_id.to_owned(),
                stock,
            });
        }
        self.book(write, actor, variant_id, units - stock, reason, None)
            .await
    }

    async fn stock(&self, filter: &ProductFilter) -> ShopResult<StockTable> {
        let low_stock = self.settings.now().await?.low_stock;
        Ok(stock::table(&self.db, filter, low_stock).await?)
    }

    async fn stock_of(&self, variant_id: &str) -> ShopResult<StockRow> {
        if !is_id(variant_id) {
            return Err(ShopError::not_found());
        }
        stock::find(&self.db, variant_id)
            .await?
            .ok_or_else(ShopError::not_found)
    }

    async fn stock_history(
        &self,
        variant_id: &str,
        after: Option<&str>,
    ) -> ShopResult<StockHistory> {
        Ok(stock::history(&self.db, variant_id, after).await?)
    }
}
