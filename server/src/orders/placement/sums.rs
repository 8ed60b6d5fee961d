//! What a batch adds to the sums of orders.

use std::collections::BTreeMap;

use app::orders::types::OrderStatus;

use super::{
    batch::Intent,
    decide::{Grant, VariantState},
    snapshot::first_status,
};
use crate::{orders::sums::Added, payment::Settlement};

/// A row for all orders and one for each of their variants.
pub(super) fn of_batch<'a>(
    granted: &'a [(&Intent, Grant)],
    variants: &BTreeMap<String, VariantState>,
) -> Vec<Added<'a>> {
    let mut all = Added::default();
    let mut of_variants: BTreeMap<&str, Added<'_>> = BTreeMap::new();
    for (intent, grant) in granted {
        let counts = i64::from(is_counted(first_status(
            intent.settlement,
            grant.confirm_within_ms,
        )));
        all.standing += 1;
        all.orders += counts;
        all.gross_minor += counts * grant.totals.total_minor;
        if intent.settlement == Settlement::OnDelivery {
            all.to_collect_minor += counts * grant.totals.total_minor;
        }
        for item in &grant.items {
            all.units += counts * item.quantity;
            let Some(VariantState { price_minor, .. }) = variants.get(&item.variant_id) else {
                continue;
            };
            let variant = of_variants
                .entry(&item.variant_id)
                .or_insert_with(|| Added {
                    variant_id: Some(&item.variant_id),
                    ..Added::default()
                });
            variant.standing += item.quantity;
            variant.units += counts * item.quantity;
            variant.gross_minor += counts * item.quantity * price_minor;
        }
    }
    std::iter::once(all)
        .chain(of_variants.into_values())
        .collect()
}

/// Whether an order counts among those that are paid for, or are to be at the door.
const fn is_counted(status: OrderStatus) -> bool {
    match status {
        OrderStatus::AwaitingConfirmation
        | OrderStatus::PendingPayment
        | OrderStatus::Cancelled => false,
        OrderStatus::Paid
        | OrderStatus::Packed
        | OrderStatus::Shipped
        | OrderStatus::Delivered
        | OrderStatus::Refunded => true,
    }
}
