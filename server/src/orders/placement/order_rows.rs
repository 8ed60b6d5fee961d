//! The rows of new orders.

use app::orders::{
    details::{Billing, Particulars},
    payment::PaymentStatus,
};

use super::{batch::Intent, decide::Grant, snapshot::first_status};
use crate::{
    db::Rows,
    orders::promise,
    payment::Settlement,
    text::{email_key, mailbox, search_key},
};

/// What of an order's e-mail address and names is looked up.
struct Keys {
    email: String,
    mailbox: String,
    search: String,
}

impl Keys {
    fn of(intent: &Intent) -> Self {
        let email = email_key(&intent.contact.email);
        Self {
            mailbox: mailbox(&intent.contact.email),
            search: search_key(&[&intent.number, &email, &intent.contact.name]),
            email,
        }
    }
}

/// What none of the orders has is left out, by what comes together: the database looks at each column of each row, and
/// of most orders a third would be empty.
pub(super) fn order_rows(now: i64, currency: &str, granted: &[(&Intent, Grant)]) -> Rows {
    let keys: Vec<Keys> = granted.iter().map(|(intent, _)| Keys::of(intent)).collect();
    let intents = || granted.iter().map(|(intent, _)| *intent);
    let grants = || granted.iter().map(|(_, grant)| grant);
    let totals = || grants().map(|grant| &grant.totals);
    let contacts = || intents().map(|intent| &intent.contact);
    let billing = || intents().map(|intent| intent.particulars.billing.as_ref());
    let mut rows = Rows::default();
    rows.text("id", intents().map(|intent| &intent.order_id))
        .text("number", intents().map(|intent| &intent.number))
        .text("token", intents().map(|intent| &intent.token))
        .text("checkout_key", intents().map(|intent| &intent.checkout_key))
        .text("cart_id", grants().map(|grant| &grant.cart_id))
        .text("email", contacts().map(|contact| &contact.email))
        .text("email_key", keys.iter().map(|keys| &keys.email))
        .text("mailbox", keys.iter().map(|keys| &keys.mailbox))
        .text("search_key", keys.iter().map(|keys| &keys.search))
        .maybe_text(
            "account_id",
            intents().map(|intent| intent.account_id.as_ref()),
        )
        .text("locale", intents().map(|intent| intent.locale.code()));
    let status = |(intent, grant): &(&Intent, Grant)| {
        first_status(intent.settlement, grant.confirm_within_ms).as_str()
    };
    rows.text("status", granted.iter().map(status));
    let until = |wait: Option<i64>| wait.map(|wait| now + wait);
    if grants().any(Grant::waits) {
        let confirmed = grants().map(|grant| until(grant.confirm_within_ms));
        let paid = grants().map(|grant| until(grant.pay_within_ms));
        rows.maybe_int("confirm_by", confirmed)
            .maybe_int("pay_by", paid);
    }
    let units = |grant: &Grant| grant.items.iter().map(|item| item.quantity).sum();
    rows.text("currency", grants().map(|_| currency))
        .int("units", grants().map(units))
        .int(
            "subtotal_minor",
            totals().map(|totals| totals.subtotal_minor),
        )
        .int(
            "shipping_minor",
            totals().map(|totals| totals.shipping_minor),
        )
        .int("tax_minor", totals().map(|totals| totals.tax_minor))
        .int(
            "tax_basis_points",
            totals().map(|totals| totals.tax_basis_points),
        )
        .int("total_minor", totals().map(|totals| totals.total_minor))
        .text("shipping_method", intents().map(|intent| &intent.shipping))
        .text("shipping_name", grants().map(|grant| &grant.shipping_name));
    promise::put(
        &mut rows,
        grants().map(|grant| (grant.handover, grant.promise.as_ref())),
    );
    let payment_status = |intent: &Intent| match intent.settlement {
        Settlement::OnDelivery => PaymentStatus::Due.as_str(),
        Settlement::Online | Settlement::Transfer => PaymentStatus::Pending.as_str(),
    };
    rows.text("payment_method", intents().map(|intent| intent.method))
        .text("payment_label", grants().map(|grant| &grant.payment.label))
        .text("payment_status", intents().map(payment_status))
        .text("name", contacts().map(|contact| &contact.name))
        .text(
            "address_line1",
            contacts().map(|contact| &contact.address_line1),
        )
        .text(
            "address_line2",
            contacts().map(|contact| &contact.address_line2),
        )
        .text(
            "postal_code",
            contacts().map(|contact| &contact.postal_code),
        )
        .text("city", contacts().map(|contact| &contact.city))
        .text("state", contacts().map(|contact| &contact.state))
        .text("country", contacts().map(|contact| &contact.country))
        .text("phone", contacts().map(|contact| &contact.phone));
    if billing().any(|to| to.is_some()) {
        let mut bill = |column, part: fn(&Billing) -> &String| {
            rows.maybe_text(column, billing().map(|to| to.map(part)));
        };
        bill("billing_name", |to| &to.name);
        bill("billing_company", |to| &to.company);
        bill("billing_address_line1", |to| &to.address_line1);
        bill("billing_address_line2", |to| &to.address_line2);
        bill("billing_postal_code", |to| &to.postal_code);
        bill("billing_city", |to| &to.city);
        bill("billing_state", |to| &to.state);
        bill("billing_country", |to| &to.country);
    }
    if intents().any(|intent| says_more(&intent.particulars)) {
        let told = |part: fn(&Particulars) -> &String| {
            intents().map(move |intent| part(&intent.particulars))
        };
        rows.text("company", told(|told| &told.company))
            .text("vat_id", told(|told| &told.vat_id))
            .text("customer_note", told(|told| &told.customer_note));
    }
    rows.int("created_at", intents().map(|_| now))
        .int("updated_at", intents().map(|_| now));
    rows
}

/// Whether there is more than who gets the parcel and who pays for it.
fn says_more(told: &Particulars) -> bool {
    let Particulars {
        company,
        vat_id,
        customer_note,
        billing: _,
    } = told;
    [company, vat_id, customer_note]
        .into_iter()
        .any(|text| !text.is_empty())
}
