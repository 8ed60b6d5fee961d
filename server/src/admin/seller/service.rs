//! Changing the seller's data: the port behind the admin's page.

use std::sync::Arc;

use app::{
    admin::seller::{
        ports::{SellerAdmin, SellerView},
        types::SellerSaved,
    },
    countries::country_name,
    email::Email,
    error::{ErrorKind, FieldError, ShopError, ShopResult},
    identity::Account,
    locale::locale,
    seller::Seller,
    text::line_fault,
};
use async_trait::async_trait;
use serde_json::json;

use super::text::Text;
use crate::{
    audit_log,
    clock::Clock,
    error::Error,
    settings::seller,
    store::{ChangeSet, Store},
};

pub struct SellerService {
    db: Store,
    clock: Arc<dyn Clock>,
}

impl SellerService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }
}

/// What was typed as it is stored, or everything that is wrong with it.
fn checked(typed: Seller) -> ShopResult<Seller> {
    let text = Text::from(locale());
    let mut wrong = Vec::new();
    let mut says = |field: &str, message: String| {
        wrong.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    let mut line = |field: &str, typed: &str, most: usize| {
        let typed = typed.trim();
        if let Some(fault) = line_fault(typed, most)
            && !typed.is_empty()
        {
            says(field, fault.words(most));
        }
        typed.to_owned()
    };
    let seller = Seller {
        name: line("name", &typed.name, 120),
        represented_by: line("represented_by", &typed.represented_by, 120),
        street: line("street", &typed.street, 120),
        postal_code: line("postal_code", &typed.postal_code, 16),
        city: line("city", &typed.city, 80),
        country: typed.country.trim().to_ascii_uppercase(),
        register: line("register", &typed.register, 120),
        vat_id: line("vat_id", &typed.vat_id, 40),
        email: line("email", &typed.email, 200),
        phone: line("phone", &typed.phone, 40),
    };
    if !seller.country.is_empty() && country_name(&seller.country).is_none() {
        says("country", text.choose_country().to_owned());
    }
    if !seller.email.is_empty()
        && let Err(fault) = Email::mailable(&seller.email)
    {
        says("email", fault.words().to_owned());
    }
    match wrong.is_empty() {
        true => Ok(seller),
        false => Err(ShopError::fields(wrong)),
    }
}

#[async_trait]
impl SellerAdmin for SellerService {
    async fn seller(&self) -> ShopResult<SellerView> {
        let stored = seller::read(self.db.reader()).await?;
        Ok(SellerView {
            seller: stored.seller,
            version: stored.version,
        })
    }

    async fn save(&self, actor: &Account, version: &str, typed: Seller) -> ShopResult<SellerSaved> {
        let after = checked(typed)?;
        let mut tx = self.db.begin().await?;
        let before = seller::read(&mut *tx).await?;
        let version = before_of(version, before.version)?;
        if after == before.seller {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(SellerSaved { version });
        }
        if !seller::write(&mut tx, version, &after).await? {
            return Err(overtaken());
        }
        audit_log::record(
            &mut tx,
            self.clock.now(),
            &actor.email,
            "seller.save",
            ("seller", "shop"),
            Some(json!(before.seller)),
            Some(json!(after)),
        )
        .await?;
        // Mails and the checklist read it with the settings.
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, &self.db).await?;
        Ok(SellerSaved {
            version: version + 1,
        })
    }
}

fn overtaken() -> ShopError {
    let words = Text::from(locale()).changed_since();
    ShopError::new(ErrorKind::Conflict, words)
}

/// The version that the form was made from, if it is the present one.
fn before_of(typed: &str, present: i64) -> ShopResult<i64> {
    match typed.trim().parse() {
        Ok(version) if version == present => Ok(version),
        _ => Err(overtaken()),
    }
}
