//! What is wrong with the money of an order, for admins.

use app::{locale::locale, shop::ShopSettings, ui::date::Zone};

use crate::{
    account::store,
    error::Result,
    mail::{
        batch::Batch,
        message::{Note, OutgoingMail, address},
        text::Text,
    },
    outbox::{Afterwards, Trouble},
    store::Store,
};

/// Nothing if the account or the order is gone.
pub async fn trouble(
    db: &Store,
    batch: &Batch,
    (account_id, order_id): (&str, &str),
    amount_minor: i64,
    trouble: &Trouble,
) -> Result<Option<OutgoingMail>> {
    let Some(account) = store::by_id(db, account_id).await? else {
        return Ok(None);
    };
    let Some(order) = batch.order(order_id) else {
        return Ok(None);
    };
    let shop: &ShopSettings = &batch.shop;
    let text = Text::from(locale());
    let amount = locale().money(amount_minor, &order.currency);
    let desk = address(shop, &format!("/admin/orders/{}", order.id));
    let (title, paragraph, link, closing) = match trouble {
        Trouble::Disputed {
            reason,
            link,
            answer_until,
        } => (
            text.dispute_title(&order.number),
            match answer_until {
                Some(until) => {
                    let day = Zone::named(&shop.time_zone).date(*until);
                    text.disputed_until(&amount, &day, reason)
                }
                None => text.disputed(&amount, reason),
            },
            (text.answer_dispute(), link.clone()),
            text.dispute_closing(),
        ),
        Trouble::CameLate => (
            text.late_title(&order.number),
            text.came_late(&amount),
            (text.view_the_order(), desk),
            text.late_closing(),
        ),
        Trouble::RefundFailed { reason, then } => (
            text.refund_failed_title(&order.number),
            text.refund_failed(&amount, reason),
            (text.view_the_order(), desk),
            match then {
                Afterwards::PayBack => text.refund_failed_closing(),
                Afterwards::AwaitBank => text.refund_awaits_bank(),
            },
        ),
        Trouble::RestByHand { by_bank_minor } => {
            let by_bank = locale().money(*by_bank_minor, &order.currency);
            (
                text.rest_title(&order.number),
                text.rest_by_hand(&amount, &by_bank),
                (text.view_the_order(), desk),
                text.refund_failed_closing(),
            )
        }
        Trouble::OtherSum { currency, fault } => {
            let amount = locale().money(amount_minor, currency);
            let total = locale().money(order.total_minor, &order.currency);
            let (paragraph, closing) = match fault.is_empty() {
                true => (text.other_sum(&amount, &total), text.late_closing()),
                false => (
                    text.other_sum_kept(&amount, fault, &total),
                    text.other_sum_closing(),
                ),
            };
            (
                text.other_sum_title(&order.number),
                paragraph,
                (text.view_the_order(), desk),
                closing,
            )
        }
    };
    let note = Note {
        title: &title,
        paragraphs: &[paragraph],
        link: Some(link),
        closing,
    };
    note.mail(shop, account.email).map(Some)
}
