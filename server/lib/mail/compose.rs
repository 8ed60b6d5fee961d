//! What each mail says, and to whom.

mod accounts;
mod arrival;
mod contact;
mod drops;
mod orders;
mod payments;
mod waits;

use app::{
    identity::Account,
    locale::{self, Language, locale},
    orders::types::Order,
    sentences::Sentence,
    shop::ShopSettings,
};

use super::{batch::Batch, message::OutgoingMail};
use crate::{
    account::store,
    drops::reminders,
    error::Result,
    outbox::{Claimed, Mail},
    store::Store,
    waiting_list,
};

/// What goes out for a mail of this batch; `None` if there is nobody (any more) to write to.
pub async fn compose(
    db: &Store,
    now: i64,
    batch: &Batch,
    claimed: &Claimed,
) -> Result<Option<OutgoingMail>> {
    let language = language_of(db, batch, claimed).await?;
    let written = written(db, now, batch, &claimed.id, &claimed.mail);
    locale::within(language, written).await
}

/// What the reader of a mail reads: the order's language, or the one that was asked in.
async fn language_of(db: &Store, batch: &Batch, claimed: &Claimed) -> Result<Language> {
    let shop = &batch.shop;
    let account = match &claimed.mail {
        Mail::OrderConfirmation { order_id }
        | Mail::OrderToConfirm { order_id }
        | Mail::OrderToPay { order_id }
        | Mail::OrderShipped { order_id, .. }
        | Mail::OrderCancelled { order_id }
        | Mail::OrderRefunded { order_id, .. } => return Ok(batch.language_of(order_id)),
        Mail::DropReminderToConfirm { reminder_id } | Mail::DropReminder { reminder_id } => {
            return Ok(match reminders::locale(db, reminder_id).await? {
                Some(locale) => shop.languages.kept(locale),
                None => shop.languages.default_language(),
            });
        }
        Mail::WaitToConfirm { wait_id }
        | Mail::BackInStock { wait_id }
        | Mail::UnitOffered { wait_id } => {
            return Ok(match waiting_list::store::locale(db, wait_id).await? {
                Some(locale) => shop.languages.kept(locale),
                None => shop.languages.default_language(),
            });
        }
        Mail::StaffInvitation { .. } | Mail::ContactMessage { .. } => {
            return Ok(shop.languages.default_language());
        }
        Mail::SignUp { .. } | Mail::TestMail { .. } | Mail::RoomCode { .. } => None,
        Mail::PasswordReset { email, typed } => {
            let found = store::by_email(db, typed.as_ref().unwrap_or(email)).await?;
            found.map(|(account, _)| account)
        }
        Mail::VerifyAddress { account_id, .. }
        | Mail::PasswordChanged { account_id }
        | Mail::AddressChanged { account_id, .. }
        | Mail::PaymentTrouble { account_id, .. }
        | Mail::SecondFactor { account_id, .. } => store::by_id(db, account_id).await?,
    };
    // Staff read what they have chosen, wherever it was asked for.
    let wanted = match account.filter(Account::is_staff) {
        Some(staff) => store::language(db, &staff.id).await?,
        None => claimed.asked_in,
    };
    Ok(match wanted {
        Some(locale) => shop.languages.closest(locale),
        None => shop.languages.default_language(),
    })
}

/// The mail in the language of the task at hand. `mail_id` is the mail's own, which its link is known
/// by.
async fn written(
    db: &Store,
    now: i64,
    batch: &Batch,
    mail_id: &str,
    mail: &Mail,
) -> Result<Option<OutgoingMail>> {
    let shop: &ShopSettings = &batch.shop;
    match mail {
        Mail::OrderConfirmation { order_id } => {
            let own = shop.sentence(Sentence::OrderMail, locale());
            let words = |order: &Order| orders::confirmation(order, own);
            orders::of_order(batch, order_id, words)
        }
        Mail::OrderToConfirm { order_id } => orders::to_confirm(batch, order_id),
        Mail::OrderToPay { order_id } => {
            orders::of_order(batch, order_id, |order| orders::to_pay(order, shop))
        }
        Mail::OrderShipped { order_id, .. } => {
            let words = |order: &Order| Some(orders::shipped(order, shop));
            orders::of_order(batch, order_id, words)
        }
        Mail::OrderCancelled { order_id } => {
            let words = |order: &Order| Some(orders::cancelled(order));
            orders::of_order(batch, order_id, words)
        }
        Mail::OrderRefunded {
            order_id,
            amount_minor,
            how,
            ..
        } => {
            let words = |order: &Order| Some(orders::refunded(order, *amount_minor, *how));
            orders::of_order(batch, order_id, words)
        }
        Mail::DropReminderToConfirm { reminder_id } => {
            drops::to_confirm(db, now, shop, reminder_id).await
        }
        Mail::DropReminder { reminder_id } => drops::soon(db, now, shop, reminder_id).await,
        Mail::RoomCode { drop_id, email } => {
            drops::room_code(db, now, shop, (drop_id.as_str(), email.as_str())).await
        }
        Mail::WaitToConfirm { wait_id } => waits::to_confirm(db, now, shop, wait_id).await,
        Mail::BackInStock { wait_id } => waits::back_in_stock(db, now, shop, wait_id).await,
        Mail::UnitOffered { wait_id } => waits::offered(db, now, shop, wait_id).await,
        Mail::TestMail { to } => arrival::mail(shop, to).map(Some),
        Mail::SignUp { email } => accounts::sign_up(db, now, shop, mail_id, email).await,
        Mail::PasswordReset { email, typed } => {
            let typed = typed.as_ref().unwrap_or(email);
            accounts::password_reset(db, now, shop, mail_id, typed).await
        }
        Mail::VerifyAddress { account_id, email } => {
            let account = store::by_id(db, account_id).await?;
            accounts::verify_address(db, now, shop, mail_id, account, email).await
        }
        Mail::PasswordChanged { account_id } => {
            accounts::password_changed(db, shop, account_id).await
        }
        Mail::AddressChanged { account_id, old } => {
            accounts::address_changed(db, shop, account_id, old).await
        }
        Mail::StaffInvitation { invitation_id } => {
            accounts::staff_invitation(db, now, shop, invitation_id).await
        }
        Mail::SecondFactor { account_id, change } => {
            accounts::second_factor(db, shop, account_id, *change).await
        }
        Mail::PaymentTrouble {
            account_id,
            order_id,
            amount_minor,
            trouble,
        } => payments::trouble(db, batch, (account_id, order_id), *amount_minor, trouble).await,
        Mail::ContactMessage {
            to,
            name,
            email,
            order_number,
            message,
        } => {
            let about = (order_number.as_str(), message.as_str());
            contact::message(shop, to, (name.as_str(), email.as_str()), about).map(Some)
        }
    }
}
