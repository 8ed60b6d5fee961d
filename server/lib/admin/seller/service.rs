//! Changing the seller's data: the port behind the admin's page.

use std::sync::Arc;

use app::{
    countries::country_name,
    email::Email,
    error::{FieldErrors, ShopResult},
    identity::Account,
    locale::locale,
    seller::Seller,
    text::line_fault,
};
use async_trait::async_trait;
use desk::admin::seller::{
    ports::{SellerAdmin, SellerView},
    types::SellerSaved,
};
use serde_json::{Value, json};

use super::text::Text;
use crate::{
    admin::saving::{Kept, Saving, Shown, Stored},
    clock::Clock,
    db::Tx,
    error::Result,
    settings::seller,
    store::Store,
};

pub struct SellerService {
    saving: Saving,
}

impl SellerService {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            saving: Saving::new(db, clock),
        }
    }
}

/// What was typed as it is stored, or everything that is wrong with it.
fn checked(typed: Seller) -> ShopResult<Seller> {
    let text = Text::from(locale());
    let mut wrong = FieldErrors::default();
    let mut line = |field: &str, typed: &str, most: usize| {
        let typed = typed.trim();
        if let Some(fault) = line_fault(typed, most)
            && !typed.is_empty()
        {
            wrong.add(field, fault.words(most));
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
        wrong.add("country", text.choose_country());
    }
    if !seller.email.is_empty()
        && let Err(fault) = Email::mailable(&seller.email)
    {
        wrong.add("email", fault.words());
    }
    wrong.or(seller)
}

/// The one row of the seller's data.
struct TheSeller;

#[async_trait]
impl Kept for TheSeller {
    type Value = Seller;

    const NAME: &'static str = "seller";
    const SHOWN: Shown = Shown::Everywhere;

    async fn read(&self, tx: &mut Tx) -> Result<Stored<Seller>> {
        let stored = seller::read(&mut **tx).await?;
        Ok(Stored {
            version: stored.version,
            value: stored.seller,
        })
    }

    async fn write(&self, tx: &mut Tx, before: &Stored<Seller>, after: &Seller) -> Result<bool> {
        seller::write(tx, before.version, after).await
    }

    fn summary(seller: &Seller) -> Value {
        json!(seller)
    }
}

#[async_trait]
impl SellerAdmin for SellerService {
    async fn seller(&self) -> ShopResult<SellerView> {
        let stored = seller::read(self.saving.db().reader()).await?;
        Ok(SellerView {
            seller: stored.seller,
            version: stored.version,
        })
    }

    async fn save(&self, actor: &Account, version: &str, typed: Seller) -> ShopResult<SellerSaved> {
        let after = checked(typed)?;
        let saved = self.saving.save(&TheSeller, actor, version, |_| Ok(after));
        Ok(SellerSaved {
            version: saved.await?,
        })
    }
}
