//! Products, as the editor changes them.

use app::{
    catalog::types::Product,
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use async_trait::async_trait;
use desk::admin::{
    product_filter::ProductFilter,
    products::{
        ports::ProductAdmin,
        text::Text,
        types::{
            AdminPicture, AdminProduct, ProductChange, ProductSaved, ProductSnapshot, ProductTable,
        },
    },
};

use super::{AdminService, change, drafted::drafted, duplicate, read, waiting};
use crate::{
    audit_log::{self, trail},
    catalog::{
        read::{product_in_any_state, table},
        write::{
            CatalogWrite, StoredPicture, StoredProduct, audited,
            draft::{PictureDraft, ProductDraft, refuse},
        },
    },
    error::{Error, Result},
    ids::{self, is_id},
    text::{
        html::{plain_text, sanitise},
        slugify,
    },
};

impl AdminService {
    async fn saved(&self, id: &str) -> ShopResult<ProductSaved> {
        read::saved(&self.db, id)
            .await?
            .ok_or_else(ShopError::not_found)
    }

    /// Stores a product that is sound, with its entry in the audit trail.
    async fn create(
        &self,
        mut write: CatalogWrite,
        actor: &Account,
        draft: ProductDraft,
    ) -> ShopResult<ProductSaved> {
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

    pub(super) async fn update(
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

    /// Keeps in the audit trail what was changed, and commits it.
    async fn note_update(
        &self,
        mut write: CatalogWrite,
        actor: &Account,
        stored: &StoredProduct,
        draft: &ProductDraft,
    ) -> Result<()> {
        self.record_update(&mut write, actor, stored, draft).await?;
        write.commit().await?;
        Ok(())
    }

    pub(super) async fn record_update(
        &self,
        write: &mut CatalogWrite,
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
        .await
    }
}

/// A picture that has waited for its product.
fn waited_for(picture: waiting::Waited) -> PictureDraft {
    PictureDraft {
        id: Some(picture.id),
        src: picture.src,
        alt: String::new(),
    }
}

/// An address made of the title, where none was given.
async fn name(write: &mut CatalogWrite, draft: &mut ProductDraft) -> ShopResult<()> {
    if draft.slug.is_empty() && !draft.title.is_empty() {
        draft.slug = write.free_slug(&slugify(&draft.title)).await?;
    }
    Ok(())
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
        let mut write = self.write(actor).await?;
        write.priced_in(currency).await?;
        let form = change.form_key.clone().unwrap_or_default();
        // A refusal puts them back.
        let dialect = self.db.dialect();
        let waiting = waiting::take(write.tx(), dialect, actor, &form).await?;
        let blank = ProductDraft {
            pictures: waiting.into_iter().map(waited_for).collect(),
            ..ProductDraft::default()
        };
        let (mut draft, wrong) = change::apply(blank, change, currency);
        for picture in &mut draft.pictures {
            if picture.alt.is_empty() {
                picture.alt.clone_from(&draft.title);
            }
        }
        name(&mut write, &mut draft).await?;
        draft.check(wrong)?;
        self.create(write, actor, draft).await
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
        let stored = write.existing(id).await?;
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

    async fn drafted(
        &self,
        actor: &Account,
        id: &str,
        change: ProductChange,
    ) -> ShopResult<Product> {
        let settings = self.settings.now().await?;
        let mut write = self.write(actor).await?;
        let stored = write.existing(id).await?;
        // Nothing is written.
        drop(write);
        let shown = product_in_any_state(&self.db, id, &settings.currency).await?;
        let shown = shown.ok_or_else(ShopError::not_found)?;
        let before = stored.draft.clone();
        let (mut draft, wrong) = change::apply(stored.draft, change, &settings.currency);
        if draft.slug.is_empty() {
            draft.slug.clone_from(&before.slug);
        }
        draft.check(wrong)?;
        let units = |id: &str| {
            let mut variants = before.variants.iter().zip(&stored.stock);
            let known = variants.find(|(variant, _)| variant.id.as_deref() == Some(id));
            known.map_or(0, |(_, units)| *units)
        };
        Ok(drafted(shown, draft, units, settings.low_stock))
    }

    async fn delete_product(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let mut write = self.write(actor).await?;
        let stored = write.existing(id).await?;
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

    async fn duplicate_product(&self, actor: &Account, id: &str) -> ShopResult<ProductSaved> {
        let currency = &self.settings.now().await?.currency;
        let mut write = self.write(actor).await?;
        write.priced_in(currency).await?;
        let stored = write.existing(id).await?;
        let mut draft = duplicate::copy_of(&stored.draft);
        name(&mut write, &mut draft).await?;
        self.create(write, actor, draft).await
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
        let stored = write.existing(&id).await?;
        let mut draft = stored.draft.clone();
        draft.pictures.retain(|picture| picture.src != src);
        for variant in &mut draft.variants {
            variant.picture_src.take_if(|picture| *picture == src);
        }
        self.update(write, actor, &stored, &draft).await?;
        self.saved(&id).await
    }

    fn new_form_key(&self) -> String {
        ids::new_short_key()
    }

    async fn waiting_pictures(&self, actor: &Account, form: &str) -> ShopResult<Vec<AdminPicture>> {
        let mut tx = self.db.reader().begin().await.map_err(Error::from)?;
        Ok(waiting::of_form(&mut tx, actor, form).await?)
    }

    async fn discard_picture(&self, actor: &Account, picture_id: &str) -> ShopResult<String> {
        let mut tx = self.db.begin().await?;
        let form = waiting::take_out(&mut tx, actor, picture_id).await?;
        tx.commit().await.map_err(Error::from)?;
        form.ok_or_else(ShopError::not_found)
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
