//! Orders as shoppers and staff see them.

use serde::{Deserialize, Serialize};

use super::{
    details::Particulars,
    payment::{PaymentStatus, RefundStatus},
    steps::Action,
};
use crate::{
    catalog::types::Thumb,
    contact::Contact,
    delivery::{Handover, Promise, Start},
};

crate::words! {
    pub enum OrderStatus {
        /// Nothing is done until the customer confirms it by mail.
        AwaitingConfirmation = "awaiting_confirmation",
        PendingPayment = "pending_payment",
        Paid = "paid",
        Packed = "packed",
        Shipped = "shipped",
        Delivered = "delivered",
        Cancelled = "cancelled",
        Refunded = "refunded",
    }
}

impl OrderStatus {
    /// Whether something may be done to it.
    pub const fn allows(self, action: Action) -> bool {
        action.on(self).is_some()
    }
}

crate::words! {
    /// What an order's prices say of tax.
    #[derive(Default)]
    pub enum TaxMode {
        /// They contain it.
        #[default]
        Gross = "gross",
        /// It is added to them.
        Net = "net",
    }
}

impl TaxMode {
    const fn is_gross(&self) -> bool {
        matches!(self, Self::Gross)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub variant_id: Option<String>,
    pub product_slug: String,
    pub title: String,
    pub variant_title: String,
    pub sku: String,
    #[serde(flatten)]
    pub picture: Thumb,
    pub unit_price_minor: i64,
    pub quantity: i64,
    /// Units of these that were refunded.
    pub refunded: i64,
}

impl OrderLine {
    /// Units that were not refunded.
    pub const fn kept(&self) -> i64 {
        self.quantity - self.refunded
    }
}

crate::words! {
    /// Why an order was cancelled.
    pub enum CancelReason {
        Declined = "payment_declined",
        /// Its payment never came.
        Expired = "payment_expired",
        Staff = "cancelled_by_staff",
        Shopper = "cancelled_by_customer",
        /// Nobody confirmed it in time.
        Unconfirmed = "not_confirmed",
        /// As much as one buyer gets was bought with the same card before.
        CardLimit = "card_limit",
    }
}

crate::words! {
    /// What happened to an order.
    pub enum EventKind {
        /// It waits for its money from then on. One that is paid on delivery is as good as paid instead.
        Confirmed = "confirmed",
        Paid = "paid",
        Packed = "packed",
        Shipped = "shipped",
        Delivered = "delivered",
        Cancelled = "cancelled",
        /// All of it was refunded.
        Refunded = "refunded",
        /// One refund, of some units or of the last.
        Refund = "refund",
        /// One that was made at the payment provider itself.
        RefundElsewhere = "refund_elsewhere",
        /// The provider has not sent a refund, or it did not arrive: someone has to.
        RefundFailed = "refund_failed",
        /// A bank has given a refund back, or a part of it, so that it is not due any more.
        RefundByBank = "refund_by_bank",
        /// A refund was paid back by hand.
        PaidBack = "paid_back",
        /// Money that was due on delivery came in.
        Received = "received",
        /// Who paid wants the money back through the bank.
        Disputed = "disputed",
        /// The bank left the money with the shop.
        DisputeWon = "dispute_won",
        /// The bank gave the money back.
        DisputeLost = "dispute_lost",
        /// The parcel's number was changed.
        Tracking = "tracking",
        Note = "note",
    }
}

/// One line of an order's time line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEvent {
    pub kind: EventKind,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who of the staff did it; none for the shopper, for the shop itself, and for shoppers' eyes.
    pub actor: Option<String>,
    /// A note's words, or what else is to be said.
    pub text: String,
    /// Of a refund.
    pub amount_minor: Option<i64>,
    /// Of a refund.
    pub refund_status: Option<RefundStatus>,
}

/// The parcel an order left with. Each part may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parcel {
    pub carrier: String,
    pub tracking_number: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: String,
    pub number: String,
    pub token: String,
    pub status: OrderStatus,
    pub cancel_reason: Option<CancelReason>,
    pub contact: Contact,
    #[serde(default, skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
    pub lines: Vec<OrderLine>,
    pub currency: String,
    pub subtotal_minor: i64,
    /// What was taken off.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub discount_minor: i64,
    pub shipping_minor: i64,
    /// For the way of paying, say.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub fee_minor: i64,
    #[serde(default, skip_serializing_if = "TaxMode::is_gross")]
    pub tax_mode: TaxMode,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub shipping_method: String,
    /// How the customer gets it.
    #[serde(default, skip_serializing_if = "Handover::is_delivery")]
    pub handover: Handover,
    /// What was said of its arrival when it was placed, if anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    pub payment_method: String,
    /// `Card ending 4242` or `Cash on delivery`.
    pub payment_label: String,
    pub payment_status: PaymentStatus,
    /// All refunds together.
    pub refunded_minor: i64,
    /// Whether the shopper can go on to pay at the provider's page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits_for_payer: bool,
    /// Until when it is, or was, to be confirmed by the link in a mail, in milliseconds since 1970;
    /// none if nobody asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_by: Option<i64>,
    /// Of an order that is, or was, to be paid by bank transfer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<BankTransfer>,
    /// Percent times 100; none where it is not known any more.
    pub tax_basis_points: Option<i64>,
    /// Once it was shipped.
    pub parcel: Option<Parcel>,
    /// Oldest first, without what only the staff sees.
    pub events: Vec<OrderEvent>,
    /// Milliseconds since 1970.
    pub created_at: i64,
    pub updated_at: i64,
}

/// Serde passes references.
const fn is_nothing(minor: &i64) -> bool {
    *minor == 0
}

impl Order {
    /// What of its prices is tax; nothing where tax was added to them.
    pub const fn contained_tax_minor(&self) -> i64 {
        match self.tax_mode {
            TaxMode::Gross => self.tax_minor,
            TaxMode::Net => 0,
        }
    }

    /// Whether something may be done to it as it is.
    pub fn allows(&self, action: Action) -> bool {
        match action {
            // What is refunded in part is ended by refunding the rest.
            Action::Cancel if self.was_refunded() => false,
            action => self.status.allows(action),
        }
    }

    fn was_refunded(&self) -> bool {
        self.refunds().next().is_some()
    }

    fn refunds(&self) -> impl Iterator<Item = Option<RefundStatus>> {
        let refunds = self.events.iter();
        refunds
            .filter(|event| event.kind == EventKind::Refund)
            .map(|event| event.refund_status)
    }

    /// Whether the last of its money went back through the shopper's bank, against the shop.
    pub fn is_refunded_by_bank(&self) -> bool {
        let is_by_bank = |status| status == Some(RefundStatus::ByBank);
        let is_open = |status: Option<RefundStatus>| status.is_some_and(RefundStatus::is_open);
        self.refunded_minor == self.total_minor
            && self.refunds().any(is_by_bank)
            && !self.refunds().any(is_open)
    }
}

impl Order {
    /// What was said of its arrival, with what its days count from where no dates are known; nothing of an
    /// order that has arrived or never will.
    pub fn promised(&self) -> Option<(&Promise, Start)> {
        let promise = self.promise.as_ref()?;
        match self.status {
            OrderStatus::AwaitingConfirmation if self.is_good_once_confirmed() => {
                Some((promise, Start::Confirmation))
            }
            OrderStatus::AwaitingConfirmation => Some((promise, Start::Payment)),
            OrderStatus::PendingPayment => Some((promise, Start::Payment)),
            OrderStatus::Paid | OrderStatus::Packed | OrderStatus::Shipped => {
                promise.dates.is_some().then_some((promise, Start::Payment))
            }
            OrderStatus::Delivered | OrderStatus::Cancelled | OrderStatus::Refunded => None,
        }
    }

    /// Whether the customer fetches it.
    pub const fn is_collected(&self) -> bool {
        !self.handover.is_delivery()
    }
}

/// Where the money of an order goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankDetails {
    pub holder: String,
    /// Without blanks, as is the reference.
    pub iban: String,
    /// May be empty.
    pub bic: String,
    /// The bank's name; may be empty.
    pub bank: String,
    pub reference: String,
}

/// How an order is paid at the shopper's bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankTransfer {
    /// Told to nobody before the order is confirmed: nobody is to pay one that may lapse.
    #[serde(flatten)]
    pub to: Option<BankDetails>,
    /// How long the order waits for the money, in milliseconds since 1970.
    pub until: i64,
    /// What has come of it and counts for the order.
    pub received_minor: i64,
    /// What has come and goes back, or went.
    pub back_minor: i64,
}

impl BankTransfer {
    /// All that has come, also what goes back.
    pub const fn came_minor(&self) -> i64 {
        self.received_minor + self.back_minor
    }

    /// What is still to come of a total.
    pub const fn missing_minor(&self, total_minor: i64) -> i64 {
        total_minor - self.received_minor
    }
}

impl Order {
    /// How it is paid, while it waits for a bank transfer.
    pub fn awaits_transfer(&self) -> Option<&BankTransfer> {
        let waits = self.status == OrderStatus::PendingPayment;
        self.transfer.as_ref().filter(|_| waits)
    }
}

/// The state of an order that is confirmed by the link in a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// It can be confirmed.
    Awaited,
    Confirmed,
    /// The time for it is over.
    Lapsed,
    /// It was cancelled before.
    Cancelled,
}

impl Order {
    /// See [`Confirmation`]; `now` in milliseconds since 1970.
    pub fn confirmation(&self, now: i64) -> Confirmation {
        let is_late = self.confirm_by.is_some_and(|until| until <= now);
        match self.status {
            OrderStatus::AwaitingConfirmation if is_late => Confirmation::Lapsed,
            OrderStatus::AwaitingConfirmation => Confirmation::Awaited,
            OrderStatus::Cancelled if self.has_lapsed() => Confirmation::Lapsed,
            OrderStatus::Cancelled => Confirmation::Cancelled,
            OrderStatus::PendingPayment
            | OrderStatus::Paid
            | OrderStatus::Packed
            | OrderStatus::Shipped
            | OrderStatus::Delivered
            | OrderStatus::Refunded => Confirmation::Confirmed,
        }
    }

    /// Whether nothing has to come before it is packed but that it is confirmed: it is paid for on delivery.
    pub const fn is_good_once_confirmed(&self) -> bool {
        self.confirm_by.is_some() && self.transfer.is_none()
    }

    /// Whether it ended because nobody confirmed it.
    pub fn has_lapsed(&self) -> bool {
        self.cancel_reason == Some(CancelReason::Unconfirmed)
    }
}

/// An order as tables show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: String,
    pub number: String,
    /// For the staff; none before it is drawn.
    pub short_number: Option<i64>,
    pub name: String,
    pub email: String,
    pub status: OrderStatus,
    pub units: i64,
    pub total_minor: i64,
    pub refunded_minor: i64,
    /// What of the refunds was not paid back yet.
    pub owed_minor: i64,
    pub currency: String,
    pub created_at: i64,
}
