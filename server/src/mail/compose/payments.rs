//! What is wrong with the money of an order, for admins.

use app::{locale::locale, shop::ShopSettings};

use crate::{
    account::store,
    error::Result,
    mail::{
        message::{Note, OutgoingMail, address},
        text::Text,
    },
    orders::read::{self, Key},
    outbox::Trouble,
    store::Store,
};

/// Nothing if the account or the order is gone.
pub async fn trouble(
    db: &Store,
    shop: &ShopSettings,
    (account_id, order_id): (&str, &str),
    amount_minor: i64,
    trouble: &Trouble,
) -> Result<Option<OutgoingMail>> {
    let Some(account) = store::by_id(db, account_id).await? else {
        return Ok(None);
    };
    let Some(order) = read::order(db, Key::Id(order_id)).await? else {
        return Ok(None);
    };
    let text = Text::from(locale());
    let amount = locale().money(amount_minor, &order.currency);
    let (title, paragraph, link, closing) = match trouble {
        Trouble::Disputed { reason, link } => (
            text.dispute_title(&order.number),
            text.disputed(&amount, reason),
            (text.answer_dispute(), link.clone()),
            text.dispute_closing(),
        ),
        Trouble::CameLate => (
            text.late_title(&order.number),
            text.came_late(&amount),
            (
                text.view_the_order(),
                address(shop, &format!("/admin/orders/{}", order.id)),
            ),
            text.late_closing(),
        ),
    };
    let note = Note {
        title: &title,
        paragraphs: &[paragraph],
        link: Some(link),
        closing,
    };
    note.mail(shop, account.email).map(Some)
}
