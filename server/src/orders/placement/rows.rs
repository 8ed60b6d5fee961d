//! What a batch reads, from rows of either driver.

use app::{
    catalog::types::variant_title,
    locale::Locale,
    orders::types::{CancelReason, OrderStatus},
};

use super::{batch::ExistingOrder, decide::VariantState};
use crate::{
    cart::lines::Line,
    db::{Columns, FromRow, from_row},
    error::Result,
    sale::terms::{Source, Terms},
};

pub(super) struct LockedCart {
    pub id: String,
    pub token_hash: String,
    pub lines: Vec<Line>,
}

from_row!(LockedCart {
    id,
    token_hash,
    lines: json,
});

/// An order with what it was placed under.
pub(super) struct KnownOrder {
    pub checkout_key: String,
    pub cart_id: String,
    pub order: ExistingOrder,
}

from_row!(KnownOrder {
    checkout_key,
    cart_id,
    order: row,
});

struct OrderRow {
    id: String,
    number: String,
    token: String,
    locale: String,
    total_minor: i64,
    status: OrderStatus,
    cancel_reason: Option<CancelReason>,
    payment_method: String,
    payment_token: String,
}

from_row!(OrderRow {
    id,
    number,
    token,
    locale,
    total_minor,
    status,
    cancel_reason,
    payment_method,
    payment_token,
});

impl<R: Columns> FromRow<R> for ExistingOrder {
    fn from_row(row: &R) -> Result<Self> {
        let row = OrderRow::from_row(row)?;
        Ok(Self {
            id: row.id,
            number: row.number,
            token: row.token,
            locale: Locale::of_code(&row.locale),
            total_minor: row.total_minor,
            status: row.status,
            was_declined: row.cancel_reason == Some(CancelReason::Declined),
            payment_method: row.payment_method,
            payment_token: row.payment_token,
        })
    }
}

struct VariantRow {
    product_id: String,
    active: bool,
    available: i64,
    on_shelf: i64,
    tracked: bool,
    price_minor: i64,
    slug: String,
    title: String,
    options: Vec<String>,
    sku: String,
    picture_src: Option<String>,
    prepaid: bool,
}

from_row!(VariantRow {
    product_id,
    active,
    available,
    on_shelf,
    tracked,
    price_minor,
    slug,
    title,
    options: row,
    sku: or_default,
    picture_src,
    prepaid,
});

impl<R: Columns> FromRow<R> for VariantState {
    fn from_row(row: &R) -> Result<Self> {
        let row = VariantRow::from_row(row)?;
        Ok(Self {
            product_id: row.product_id,
            active: row.active,
            stock: row.available,
            on_shelf: row.on_shelf,
            tracked: row.tracked,
            price_minor: row.price_minor,
            slug: row.slug,
            title: row.title,
            variant_title: variant_title(&row.options),
            sku: row.sku,
            picture_src: row.picture_src,
            prepaid: row.prepaid,
            source: Source::Shelf,
        })
    }
}

/// A variant that is locked, without what drops say of it.
pub(super) struct LockedVariant {
    pub id: String,
    pub variant: VariantState,
    pub shown_from: i64,
    pub sold_from: i64,
    /// Whether the shop has a limit: not 0.
    pub limited: i64,
    /// Whether a drop names it.
    pub dropped: bool,
    /// The database's time.
    pub clock: i64,
}

from_row!(LockedVariant {
    id,
    variant: row,
    shown_from,
    sold_from,
    limited,
    dropped,
    clock,
});

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
