//! What each mail says, and to whom.

use app::{
    identity::Account,
    money::format_money,
    orders::{
        tracking::tracking_link,
        types::{Order, OrderStatus},
    },
    shop::ShopSettings,
};

use super::message::{Note, OrderNote, OutgoingMail};
use crate::{
    account::{
        links::{self, LinkRequest},
        store,
    },
    admin::staff::invite,
    error::Result,
    orders::read::{self, Key},
    outbox::{FactorChange, Mail, Payback},
    store::Store,
};

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
        Mail::OrderConfirmation { order_id } => of_order(db, shop, order_id, confirmation).await,
        Mail::OrderShipped { order_id, .. } => {
            of_order(db, shop, order_id, |order| Some(shipped(order))).await
        }
        Mail::OrderCancelled { order_id } => {
            of_order(db, shop, order_id, |order| Some(cancelled(order))).await
        }
        Mail::OrderRefunded {
            order_id,
            amount_minor,
            how,
            ..
        } => {
            let words = |order: &Order| Some(refunded(order, *amount_minor, *how));
            of_order(db, shop, order_id, words).await
        }
        Mail::SignUp { email } => sign_up(db, now, shop, mail_id, email).await,
        Mail::PasswordReset { email, typed } => {
            let typed = typed.as_ref().unwrap_or(email);
            password_reset(db, now, shop, mail_id, typed).await
        }
        Mail::VerifyAddress { account_id, email } => {
            let account = store::by_id(db, account_id).await?;
            verify_address(db, now, shop, mail_id, account, email).await
        }
        Mail::PasswordChanged { account_id } => password_changed(db, shop, account_id).await,
        Mail::AddressChanged { account_id, old } => {
            address_changed(db, shop, account_id, old).await
        }
        Mail::StaffInvitation { invitation_id } => {
            staff_invitation(db, now, shop, invitation_id).await
        }
        Mail::SecondFactor { account_id, change } => {
            second_factor(db, shop, account_id, *change).await
        }
    }
}

/// What is told of an order.
struct Words {
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

async fn of_order(
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
fn confirmation(order: &Order) -> Option<Words> {
    if order.status == OrderStatus::Cancelled {
        return None;
    }
    let payment = match order.payment_status.as_str() {
        "due" => "You pay on delivery.",
        _ => "Your payment has come through.",
    };
    Some(Words::new(
        format!("Thank you for your order {}", order.number),
        vec![
            format!("Your order is with us. {payment}"),
            "We will write to you when it is on its way.".to_owned(),
        ],
    ))
}

fn shipped(order: &Order) -> Words {
    let mut paragraphs = vec!["It left our house.".to_owned()];
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

fn cancelled(order: &Order) -> Words {
    let money = match order.payment_status.as_str() {
        "captured" | "refunded" | "pending" => "What you paid goes back to you.",
        _ => "You were not charged.",
    };
    Words::new(
        format!("Your order {} was cancelled", order.number),
        vec![format!("Nothing will be sent. {money}")],
    )
}

fn refunded(order: &Order, amount_minor: i64, how: Payback) -> Words {
    let amount = format_money(amount_minor, &order.currency);
    let words = match how {
        Payback::Sent => format!(
            "We have refunded {amount} the way you paid. Until it arrives can take a few days."
        ),
        Payback::ByHand => format!(
            "We owe you {amount} and pay it back to you ourselves. We write to you again when that \
             is done, or if we need anything from you for it."
        ),
        Payback::HandedOver => format!("We have paid {amount} back to you."),
    };
    Words::new(
        format!("{amount} of your order {} goes back to you", order.number),
        vec![words],
    )
}

const NOT_ASKED: &str = "If you did not ask for this, there is nothing to do: ignore this mail.";

/// A link's secret; `None`, which is logged, if the mailbox holds enough.
async fn link(db: &Store, now: i64, wanted: LinkRequest<'_>) -> Result<Option<String>> {
    let token = links::issue(db, now, wanted).await?;
    if token.is_none() {
        let (mail, purpose) = (wanted.mail_id, wanted.purpose);
        tracing::info!(%mail, ?purpose, "a mail is left out: the mailbox holds enough of its kind");
    }
    Ok(token)
}

async fn sign_up(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    mail_id: &str,
    email: &str,
) -> Result<Option<OutgoingMail>> {
    let account = store::by_email(db, email)
        .await?
        .map(|(account, _)| account);
    let wanted = LinkRequest {
        mail_id,
        purpose: links::Purpose::SignUp,
        email,
        account_id: account.as_ref().map(|account| account.id.as_str()),
    };
    let Some(token) = link(db, now, wanted).await? else {
        return Ok(None);
    };
    // The page said the same either way; only the mailbox's owner learns which it is. Nobody gets
    // the link of an account that is there: it only counts, as no mailbox is to be flooded.
    if account.is_some() {
        let note = Note {
            title: "You have an account already",
            paragraphs: &[format!(
                "Somebody, probably you, wanted to open an account at {} with this address. \
                 There is one already: sign in with it. If you forgot the password, the sign-in \
                 page helps.",
                shop.name
            )],
            link: Some(("Sign in", format!("{}/account/sign-in", shop.base_url))),
            closing: NOT_ASKED,
        };
        return note.mail(shop, email.to_owned()).map(Some);
    }
    let note = Note {
        title: "Finish opening your account",
        paragraphs: &[
            "Choose a password, and your account is ready. The link works once, and \
            for a day."
                .to_owned(),
        ],
        link: Some((
            "Choose a password",
            format!("{}/account/sign-up/{token}", shop.base_url),
        )),
        closing: NOT_ASKED,
    };
    note.mail(shop, email.to_owned()).map(Some)
}

async fn password_reset(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    mail_id: &str,
    email: &str,
) -> Result<Option<OutgoingMail>> {
    let Some((account, _)) = store::by_email(db, email).await? else {
        return Ok(None);
    };
    let wanted = LinkRequest {
        mail_id,
        purpose: links::Purpose::Reset,
        email,
        account_id: Some(&account.id),
    };
    let Some(token) = link(db, now, wanted).await? else {
        return Ok(None);
    };
    let note = Note {
        title: "Choose a new password",
        paragraphs: &[
            "With this link you can choose a new password. It works once, and for an hour."
                .to_owned(),
        ],
        link: Some((
            "Choose a new password",
            format!("{}/account/reset/{token}", shop.base_url),
        )),
        closing: NOT_ASKED,
    };
    note.mail(shop, account.email).map(Some)
}

async fn verify_address(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    mail_id: &str,
    account: Option<Account>,
    email: &str,
) -> Result<Option<OutgoingMail>> {
    let Some(account) = account else {
        return Ok(None);
    };
    // Somebody else's address by now: whoever asked is told nothing of it.
    if store::by_email(db, email)
        .await?
        .is_some_and(|(owner, _)| owner.id != account.id)
    {
        return Ok(None);
    }
    let wanted = LinkRequest {
        mail_id,
        purpose: links::Purpose::Verify,
        email,
        account_id: Some(&account.id),
    };
    let Some(token) = link(db, now, wanted).await? else {
        return Ok(None);
    };
    let note = Note {
        title: "Confirm your e-mail address",
        paragraphs: &[format!(
            "Confirm that this address belongs to your account at {}. The link works once, and \
             for a day.",
            shop.name
        )],
        link: Some((
            "Confirm the address",
            format!("{}/account/verify/{token}", shop.base_url),
        )),
        closing: NOT_ASKED,
    };
    note.mail(shop, email.to_owned()).map(Some)
}

async fn password_changed(
    db: &Store,
    shop: &ShopSettings,
    account_id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some(account) = store::by_id(db, account_id).await? else {
        return Ok(None);
    };
    let note = Note {
        title: "Your password was changed",
        paragraphs: &[
            "The password of your account is a new one, and all other devices are \
            signed out."
                .to_owned(),
        ],
        link: None,
        closing: "If that was not you, choose a new password on the sign-in page at once.",
    };
    note.mail(shop, account.email).map(Some)
}

async fn second_factor(
    db: &Store,
    shop: &ShopSettings,
    account_id: &str,
    change: FactorChange,
) -> Result<Option<OutgoingMail>> {
    let Some(account) = store::by_id(db, account_id).await? else {
        return Ok(None);
    };
    let (title, words) = match change {
        FactorChange::On => (
            "Your second factor is on",
            "From now on signing in takes your password and a code from your app. All other devices \
             are signed out. Keep the recovery codes where you find them without your phone."
                .to_owned(),
        ),
        FactorChange::Off => (
            "Your second factor is off",
            "Signing in takes your password alone again. The recovery codes no longer work."
                .to_owned(),
        ),
        FactorChange::Reset => (
            "Your second factor was reset",
            "Somebody in charge of the shop has switched it off, so that you can sign in with your \
             password alone. All devices are signed out. Set it up again after you have signed in."
                .to_owned(),
        ),
        FactorChange::NewCodes => (
            "You have new recovery codes",
            "They replace the old ones, which no longer work.".to_owned(),
        ),
        FactorChange::CodeUsed { left } => (
            "A recovery code was used",
            match left {
                0 => "It was the last one. Make new ones, or you cannot get in without your phone."
                    .to_owned(),
                1 => "One is left. You can make new ones whenever you like.".to_owned(),
                left => format!("{left} are left. You can make new ones whenever you like."),
            },
        ),
    };
    let note = Note {
        title,
        paragraphs: &[words],
        link: Some((
            "Sign-in and security",
            format!("{}/account/security", shop.base_url),
        )),
        closing: "If that was not you, choose a new password on the sign-in page at once, and write \
                  to us.",
    };
    note.mail(shop, account.email).map(Some)
}

async fn address_changed(
    db: &Store,
    shop: &ShopSettings,
    account_id: &str,
    old: &str,
) -> Result<Option<OutgoingMail>> {
    if store::by_id(db, account_id).await?.is_none() {
        return Ok(None);
    }
    let note = Note {
        title: "Your e-mail address was changed",
        paragraphs: &[format!(
            "Your account at {} has another e-mail address now. Mails about it go there.",
            shop.name
        )],
        link: None,
        closing: "If that was not you, please write to us at once.",
    };
    note.mail(shop, old.to_owned()).map(Some)
}

async fn staff_invitation(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    invitation_id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some((token, offer)) = invite::issue(db, now, invitation_id).await? else {
        return Ok(None);
    };
    let note = Note {
        title: "You are invited to work in the shop",
        paragraphs: &[format!(
            "An admin of {} asks you to come in as {}. Open the link to accept. It works once, \
             and for three days.",
            shop.name,
            offer.role.as_str()
        )],
        link: Some((
            "Look at the invitation",
            format!("{}/admin/invitation/{token}", shop.base_url),
        )),
        closing: "If you do not know what this is about, there is nothing to do: ignore this mail.",
    };
    note.mail(shop, offer.email).map(Some)
}
