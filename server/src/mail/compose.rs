//! What each mail says, and to whom.

mod accounts;
mod contact;
mod orders;

use app::{orders::types::Order, shop::ShopSettings};

use super::message::OutgoingMail;
use crate::{account::store, error::Result, outbox::Mail, store::Store};

/// What goes out for a mail of the outbox; `None` if there is nobody (any more) to write to. `mail_id` is the mail's
/// own, which its link is known by.
pub async fn compose(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    mail_id: &str,
    mail: &Mail,
) -> Result<Option<OutgoingMail>> {
    match mail {
        Mail::OrderConfirmation { order_id } => {
            orders::of_order(db, shop, order_id, orders::confirmation).await
        }
        Mail::OrderShipped { order_id, .. } => {
            orders::of_order(db, shop, order_id, |order| Some(orders::shipped(order))).await
        }
        Mail::OrderCancelled { order_id } => {
            orders::of_order(db, shop, order_id, |order| Some(orders::cancelled(order))).await
        }
        Mail::OrderRefunded {
            order_id,
            amount_minor,
            how,
            ..
        } => {
            let words = |order: &Order| Some(orders::refunded(order, *amount_minor, *how));
            orders::of_order(db, shop, order_id, words).await
        }
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
