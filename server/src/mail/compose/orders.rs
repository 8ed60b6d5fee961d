//! Mails of an order.

use app::{
    money::format_money,
    orders::{
        payment::PaymentStatus,
        tracking::tracking_link,
        types::{Order, OrderStatus},
    },
    shop::ShopSettings,
};

use crate::{
    error::Result,
    mail::message::{OrderNote, OutgoingMail},
    orders::read::{self, Key},
    outbox::Payback,
    store::Store,
};

/// What is told of an order.
pub struct Words {
    title: String,
    paragraphs: Vec<String>,
    /// The carrier's page for the parcel.
    tracking: Option<String>,
}

impl Words {
    fn new(title: String, paragraphs: Vec<String>) -> Self {
        Self {
            title,
            paragraphs,
            tracking: None,
        }
    }
}

pub async fn of_order(
    db: &Store,
    shop: &ShopSettings,
    order_id: &str,
    words: impl FnOnce(&Order) -> Option<Words>,
) -> Result<Option<OutgoingMail>> {
    let Some(order) = read::order(db, Key::Id(order_id)).await? else {
        return Ok(None);
    };
    // Its personal data was erased since.
    if !app::email::is_email(&order.contact.email) {
        return Ok(None);
    }
    let Some(Words {
        title,
        paragraphs,
        tracking,
    }) = words(&order)
    else {
        return Ok(None);
    };
    let note = OrderNote {
        title,
        paragraphs,
        tracking,
        order: &order,
    };
    note.mail(shop).map(Some)
}

/// `None` for an order that was cancelled since: of that there is another mail.
pub fn confirmation(order: &Order) -> Option<Words> {
    if order.status == OrderStatus::Cancelled {
        return None;
    }
    let payment = match order.payment_status {
        PaymentStatus::Due => "You pay on delivery.",
        PaymentStatus::Pending
        | PaymentStatus::Captured
        | PaymentStatus::Authorised
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Disputed
        | PaymentStatus::Refunded => "Your payment has gone through.",
    };
    Some(Words::new(
        format!("Thank you for your order {}", order.number),
        vec![
            format!("We’ve received your order. {payment}"),
            "We’ll e-mail you when it’s on its way.".to_owned(),
        ],
    ))
}

pub fn shipped(order: &Order) -> Words {
    let mut paragraphs = vec!["It has been shipped.".to_owned()];
    if let Some(parcel) = &order.parcel
        && !parcel.tracking_number.is_empty()
    {
        let carrier = match parcel.carrier.as_str() {
            "" => String::new(),
            carrier => format!(" with {carrier}"),
        };
        paragraphs.push(format!(
            "The parcel travels{carrier} under the number {}.",
            parcel.tracking_number
        ));
    }
    Words {
        tracking: order.parcel.as_ref().and_then(tracking_link),
        ..Words::new(
            format!("Your order {} is on its way", order.number),
            paragraphs,
        )
    }
}

pub fn cancelled(order: &Order) -> Words {
    let money = match order.payment_status {
        PaymentStatus::Captured
        | PaymentStatus::Refunded
        | PaymentStatus::Disputed
        | PaymentStatus::Pending => "We’ll refund what you paid.",
        PaymentStatus::Due
        | PaymentStatus::Authorised
        | PaymentStatus::Declined
        | PaymentStatus::Voided => "You were not charged.",
    };
    Words::new(
        format!("Your order {} was cancelled", order.number),
        vec![format!("Nothing will be sent. {money}")],
    )
}

pub fn refunded(order: &Order, amount_minor: i64, how: Payback) -> Words {
    let amount = format_money(amount_minor, &order.currency);
    let words = match how {
        Payback::Sent => format!(
            "We’ve refunded {amount} to your original payment method. It can take a few days to \
             arrive."
        ),
        Payback::ByHand => format!(
            "We owe you {amount} and will pay it back ourselves. We’ll e-mail you when that’s \
             done or if we need anything from you."
        ),
        Payback::HandedOver => format!("We’ve paid {amount} back to you."),
    };
    Words::new(
        format!("Refund of {amount} for your order {}", order.number),
        vec![words],
    )
}
