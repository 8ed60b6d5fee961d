//! Mails of an order.

use app::{
    catalog::address as address_of,
    locale::locale,
    orders::{
        payment::PaymentStatus,
        types::{CancelReason, Order, OrderStatus},
    },
    pages::types::PageKind,
    shop::ShopSettings,
    text::in_fours,
    ui::date::Zone,
};

use crate::{
    error::Result,
    mail::{
        batch::Batch,
        message::{OrderNote, OutgoingMail, address},
        text::Text,
    },
    outbox::Payback,
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

pub fn of_order(
    batch: &Batch,
    order_id: &str,
    words: impl FnOnce(&Order) -> Option<Words>,
) -> Result<Option<OutgoingMail>> {
    let Some(order) = batch.order(order_id) else {
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
    }) = words(order)
    else {
        return Ok(None);
    };
    let note = OrderNote {
        title,
        paragraphs,
        tracking,
        button,
        links: links(batch),
        order,
    };
    note.mail(&batch.shop).map(Some)
}

/// Pages that customers look for with an order at hand, in this order.
const LINKED: [PageKind; 6] = [
    PageKind::Contact,
    PageKind::Delivery,
    PageKind::Withdrawal,
    PageKind::Terms,
    PageKind::Privacy,
    PageKind::Imprint,
];

/// Titles and addresses of those of them that are seen now.
fn links(batch: &Batch) -> Vec<(String, String)> {
    let seen = batch.pages();
    let links = LINKED.into_iter().filter_map(|kind| {
        let link = seen.iter().find(|link| link.kind == kind)?;
        let page = address(&batch.shop, &address_of::page(&link.slug));
        Some((link.title.clone(), page))
    });
    links.collect()
}

/// When it arrives, if anything was said of it.
fn promised(order: &Order) -> Option<String> {
    let (promise, start) = order.promised()?;
    let words = promise.words(locale(), start);
    Some(Text::from(locale()).promised(&words))
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
        let again = match order.is_collected() {
            true => text.we_write_when_ready(),
            false => text.we_write_again(),
        };
        paragraphs.push(again.to_owned());
        paragraphs.extend(promised(order));
    }
    paragraphs.extend(own.map(str::to_owned));
    Some(Words::new(text.thank_you(&order.number), paragraphs))
}

/// The link that confirms an order; `None` once there is nothing to confirm any more.
pub fn to_confirm(batch: &Batch, order_id: &str) -> Result<Option<OutgoingMail>> {
    let Some(token) = batch.confirming(order_id) else {
        return Ok(None);
    };
    let shop: &ShopSettings = &batch.shop;
    let page = address(shop, &format!("/orders/confirm/{token}"));
    let words = |order: &Order| {
        let text = Text::from(locale());
        let until = Zone::named(&shop.time_zone).date_and_time(order.confirm_by?);
        let how = match order.is_good_once_confirmed() {
            true => text.confirm_how(&until),
            false => text.confirm_transfer_how(&until),
        };
        let mut paragraphs = vec![how, text.not_ordered().to_owned()];
        paragraphs.extend(promised(order));
        Some(Words {
            button: Some((text.confirm_order(), page)),
            ..Words::new(text.confirm_your_order(&order.number), paragraphs)
        })
    };
    of_order(batch, order_id, words)
}

/// Where to send the money; `None` once the order does not wait for it any more.
pub fn to_pay(order: &Order, shop: &ShopSettings) -> Option<Words> {
    let text = Text::from(locale());
    let transfer = order.awaits_transfer()?;
    let to = transfer.to.as_ref()?;
    let until = Zone::named(&shop.time_zone).date_and_time(transfer.until);
    let amount = locale().money(transfer.missing_minor(order.total_minor), &order.currency);
    let mut paragraphs = vec![
        text.transfer_how(&amount, &until),
        text.transfer_holder(&to.holder),
        text.transfer_iban(&in_fours(&to.iban)),
    ];
    if !to.bic.is_empty() {
        paragraphs.push(text.transfer_bic(&to.bic));
    }
    if !to.bank.is_empty() {
        paragraphs.push(text.transfer_bank(&to.bank));
    }
    paragraphs.push(text.transfer_reference(&in_fours(&to.reference)));
    paragraphs.push(text.transfer_why_reference().to_owned());
    paragraphs.extend(promised(order));
    Some(Words::new(text.please_transfer(&order.number), paragraphs))
}

pub fn shipped(order: &Order, shop: &ShopSettings) -> Words {
    let text = Text::from(locale());
    let (title, words) = match order.is_collected() {
        true => (text.ready_to_collect(&order.number), text.collect_it()),
        false => (text.on_its_way(&order.number), text.has_been_shipped()),
    };
    let mut paragraphs = vec![words.to_owned()];
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
        ..Words::new(title, paragraphs)
    }
}

pub fn cancelled(order: &Order) -> Words {
    if order.has_lapsed() {
        let text = Text::from(locale());
        let why = text.lapsed_why().to_owned();
        return Words::new(text.order_lapsed(&order.number), vec![why]);
    }
    let came_in = order
        .transfer
        .as_ref()
        .map(|transfer| transfer.came_minor());
    let money = match order.payment_status {
        _ if came_in.is_some_and(|minor| minor > 0) => "back",
        PaymentStatus::Pending if came_in.is_some() => "none",
        PaymentStatus::Disputed => "bank",
        PaymentStatus::Captured | PaymentStatus::Refunded | PaymentStatus::Pending => "back",
        PaymentStatus::Due
        | PaymentStatus::Authorised
        | PaymentStatus::Declined
        | PaymentStatus::Voided => "none",
    };
    let text = Text::from(locale());
    // Who cancelled it knows why.
    let why = match order.cancel_reason {
        Some(CancelReason::CardLimit) => Some(text.cancelled_card_limit()),
        Some(CancelReason::Expired) => Some(text.cancelled_expired()),
        Some(
            CancelReason::Declined
            | CancelReason::Staff
            | CancelReason::Shopper
            | CancelReason::Unconfirmed,
        )
        | None => None,
    };
    let why = why.map(str::to_owned);
    let money = text.nothing_will_be_sent(money);
    let paragraphs = why.into_iter().chain([money]).collect();
    Words::new(text.was_cancelled(&order.number), paragraphs)
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
