//! What a batch reads, from rows of either driver.

use app::{catalog::types::variant_title, locale::Locale, orders::types::CancelReason};

use super::{batch::ExistingOrder, decide::VariantState};
use crate::{
    cart::lines::{self, Line},
    db::{Columns, FromRow, Get},
    error::Result,
    sale::terms::{Source, Terms},
};

pub(super) struct LockedCart {
    pub id: String,
    pub token_hash: String,
    pub lines: Vec<Line>,
}

impl<R: Columns> FromRow<R> for LockedCart {
    fn from_row(row: &R) -> Result<Self> {
        Ok(Self {
            id: row.text("id")?,
            token_hash: row.text("token_hash")?,
            lines: lines::parse(&row.text("lines")?)?,
        })
    }
}

/// An order with what it was placed under.
pub(super) struct KnownOrder {
    pub checkout_key: String,
    pub cart_id: String,
    pub order: ExistingOrder,
}

impl<R: Columns> FromRow<R> for KnownOrder {
    fn from_row(row: &R) -> Result<Self> {
        Ok(Self {
            checkout_key: row.text("checkout_key")?,
            cart_id: row.text("cart_id")?,
            order: ExistingOrder::from_row(row)?,
        })
    }
}

impl<R: Columns> FromRow<R> for ExistingOrder {
    fn from_row(row: &R) -> Result<Self> {
        Ok(Self {
            id: row.text("id")?,
            number: row.text("number")?,
            token: row.text("token")?,
            locale: Locale::of_code(&row.text("locale")?),
            total_minor: row.int("total_minor")?,
            status: row.read("status")?,
            was_declined: row.read::<Option<CancelReason>>("cancel_reason")?
                == Some(CancelReason::Declined),
            payment_method: row.text("payment_method")?,
            payment_token: row.text("payment_token")?,
        })
    }
}

impl<R: Columns> FromRow<R> for VariantState {
    fn from_row(row: &R) -> Result<Self> {
        Ok(Self {
            product_id: row.text("product_id")?,
            active: row.flag("active")?,
            stock: row.int("available")?,
            on_shelf: row.int("on_shelf")?,
            tracked: row.flag("tracked")?,
            price_minor: row.int("price_minor")?,
            slug: row.text("slug")?,
            title: row.text("title")?,
            variant_title: variant_title(&row.options()?),
            sku: row.maybe_text("sku")?.unwrap_or_default(),
            picture_src: row.maybe_text("picture_src")?,
            prepaid: row.flag("prepaid")?,
            source: Source::Shelf,
        })
    }
}

impl VariantState {
    /// As it is sold at the moment of these terms.
    pub(super) fn on(self, terms: Terms) -> Self {
        let units = terms.there(self.units(self.stock));
        Self {
            active: terms.is_seen,
            stock: units.available,
            on_shelf: units.on_shelf,
            price_minor: terms.price_minor,
            source: terms.source,
            ..self
        }
    }
}
