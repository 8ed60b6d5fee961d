//! Mails of an order.

use app::{
    locale::locale,
    orders::{
        payment::PaymentStatus,
        types::{Order, OrderStatus},
    },
    shop::ShopSettings,
    ui::date::Zone,
};

use crate::{
    error::Result,
    mail::{
        message::{OrderNote, OutgoingMail, address},
        text::Text,
    },
    orders::{
        confirm,
        read::{self, Key},
    },
    outbox::Payback,
    store::Store,
};

/// What is told of an order.
pub struct Words {
    title: String,
    paragraphs: Vec<String>,
    /// The carrier's page for the parcel.
    tracking: Option<String>,
    /// Words and address of the button, if it does not lead to the order.
    button: Option<(&'static str, String)>,
}

impl Words {
    fn new(title: String, paragraphs: Vec<String>) -> Self {
        Self {
            title,
            paragraphs,
            tracking: None,
            button: None,
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
        button,
    }) = words(&order)
    else {
        return Ok(None);
    };
    let note = OrderNote {
        title,
        paragraphs,
        tracking,
        button,
        order: &order,
    };
    note.mail(shop).map(Some)
}

/// `None` for an order that was cancelled since: of that there is another mail.
/// `own` is what the owner says in it.
pub fn confirmation(order: &Order, own: Option<&str>) -> Option<Words> {
    if order.status == OrderStatus::Cancelled {
        return None;
    }
    let payment = match order.payment_status {
        PaymentStatus::Due => "due",
        PaymentStatus::Pending
        | PaymentStatus::Captured
        | PaymentStatus::Authorised
        | PaymentStatus::Declined
        | PaymentStatus::Voided
        | PaymentStatus::Disputed
        | PaymentStatus::Refunded => "paid",
    };
    let text = Text::from(locale());
    let mut paragraphs = vec![text.order_received(payment)];
    // Sent once more, it may come after the parcel.
    if !matches!(order.status, OrderStatus::Shipped | OrderStatus::Delivered) {
        paragraphs.push(text.we_write_again().to_owned());
    }
    paragraphs.extend(own.map(str::to_owned));
    Some(Words::new(text.thank_you(&order.number), paragraphs))
}

/// The link that confirms an order; `None` once there is nothing to confirm any more.
pub async fn to_confirm(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    order_id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some(token) = confirm::issue(db, now, order_id).await? else {
        return Ok(None);
    };
    let page = address(shop, &format!("/orders/confirm/{token}"));
    let words = |order: &Order| {
        let text = Text::from(locale());
        let until = Zone::named(&shop.time_zone).date_and_time(order.confirm_by?);
        let paragraphs = vec![text.confirm_how(&until), text.not_ordered().to_owned()];
        Some(Words {
            button: Some((text.confirm_order(), page)),
            ..Words::new(text.confirm_your_order(&order.number), paragraphs)
        })
    };
    of_order(db, shop, order_id, words).await
}

pub fn shipped(order: &Order, shop: &ShopSettings) -> Words {
    let text = Text::from(locale());
    let mut paragraphs = vec![text.has_been_shipped().to_owned()];
    if let Some(parcel) = &order.parcel
        && !parcel.tracking_number.is_empty()
    {
        let number = &parcel.tracking_number;
        paragraphs.push(match parcel.carrier.as_str() {
            "" => text.parcel_number(number),
            carrier => text.parcel_with(carrier, number),
        });
    }
    Words {
        tracking: order.parcel.as_ref().and_then(|parcel| {
            let carriers = &shop.carriers;
            carriers.link(&parcel.carrier, &parcel.tracking_number)
        }),
        ..Words::new(text.on_its_way(&order.number), paragraphs)
    }
}

pub fn cancelled(order: &Order) -> Words {
    if order.has_lapsed() {
        let text = Text::from(locale());
        let why = text.lapsed_why().to_owned();
        return Words::new(text.order_lapsed(&order.number), vec![why]);
    }
    let money = match order.payment_status {
        PaymentStatus::Captured
        | PaymentStatus::Refunded
        | PaymentStatus::Disputed
        | PaymentStatus::Pending => "back",
        PaymentStatus::Due
        | PaymentStatus::Authorised
        | PaymentStatus::Declined
        | PaymentStatus::Voided => "none",
    };
    let text = Text::from(locale());
    Words::new(
        text.was_cancelled(&order.number),
        vec![text.nothing_will_be_sent(money)],
    )
}

pub fn refunded(order: &Order, amount_minor: i64, how: Payback) -> Words {
    let text = Text::from(locale());
    let amount = locale().money(amount_minor, &order.currency);
    let words = match how {
        Payback::Sent => text.refund_sent(&amount),
        Payback::ByHand => text.refund_owed(&amount),
        Payback::HandedOver => text.refund_handed_over(&amount),
    };
    Words::new(text.refund_of(&amount, &order.number), vec![words])
}
