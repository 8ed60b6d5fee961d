//! Mails of accounts: links, and what has changed.

use app::{identity::Account, shop::ShopSettings};

use crate::{
    account::{
        links::{self, LinkRequest},
        store,
    },
    admin::staff::invite,
    error::Result,
    mail::message::{Note, OutgoingMail},
    outbox::FactorChange,
    store::Store,
};

const NOT_ASKED: &str = "If you didn’t request this, you can ignore this e-mail.";

/// A link's secret; `None`, which is logged, if the mailbox holds enough.
async fn link(db: &Store, now: i64, wanted: LinkRequest<'_>) -> Result<Option<String>> {
    let token = links::issue(db, now, wanted).await?;
    if token.is_none() {
        let (mail, purpose) = (wanted.mail_id, wanted.purpose);
        tracing::info!(%mail, ?purpose, "e-mail not sent: this address has had enough of its kind");
    }
    Ok(token)
}

pub async fn sign_up(
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
            title: "You already have an account",
            paragraphs: &[format!(
                "Someone, probably you, tried to create an account at {} with this address. You \
                 already have one: sign in with it. If you’ve forgotten the password, you can \
                 reset it on the sign-in page.",
                shop.name
            )],
            link: Some(("Sign in", format!("{}/account/sign-in", shop.base_url))),
            closing: NOT_ASKED,
        };
        return note.mail(shop, email.to_owned()).map(Some);
    }
    let note = Note {
        title: "Finish creating your account",
        paragraphs: &[
            "Choose a password and your account is ready. The link works once and expires after a \
             day."
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

pub async fn password_reset(
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
            "Use this link to choose a new password. It works once and expires after an hour."
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

pub async fn verify_address(
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
            "Confirm that this address belongs to your account at {}. The link works once and \
             expires after a day.",
            shop.name
        )],
        link: Some((
            "Confirm address",
            format!("{}/account/verify/{token}", shop.base_url),
        )),
        closing: NOT_ASKED,
    };
    note.mail(shop, email.to_owned()).map(Some)
}

pub async fn password_changed(
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
            "The password of your account has been changed, and all other devices have been \
             signed out."
                .to_owned(),
        ],
        link: None,
        closing: "If this wasn’t you, reset your password on the sign-in page now.",
    };
    note.mail(shop, account.email).map(Some)
}

pub async fn second_factor(
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
            "From now on you sign in with your password and a code from your app. All other \
             devices have been signed out. Keep your recovery codes apart from your phone."
                .to_owned(),
        ),
        FactorChange::Off => (
            "Your second factor is off",
            "You sign in with your password alone again. Your recovery codes no longer work."
                .to_owned(),
        ),
        FactorChange::Reset => (
            "Your second factor was reset",
            "An admin of the shop has turned it off so that you can sign in with your password \
             alone. All devices have been signed out. Set it up again once you’ve signed in."
                .to_owned(),
        ),
        FactorChange::NewCodes => (
            "You have new recovery codes",
            "They replace the old ones, which no longer work.".to_owned(),
        ),
        FactorChange::CodeUsed { left } => (
            "A recovery code was used",
            match left {
                0 => "It was the last one. Create new ones, or you won’t be able to sign in \
                      without your phone."
                    .to_owned(),
                1 => "One is left. You can create new ones at any time.".to_owned(),
                left => format!("{left} are left. You can create new ones at any time."),
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
        closing: "If this wasn’t you, reset your password on the sign-in page now and contact us.",
    };
    note.mail(shop, account.email).map(Some)
}

pub async fn address_changed(
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
            "The e-mail address of your account at {} has been changed. We’ll write to the new \
             address from now on.",
            shop.name
        )],
        link: None,
        closing: "If this wasn’t you, please contact us right away.",
    };
    note.mail(shop, old.to_owned()).map(Some)
}

pub async fn staff_invitation(
    db: &Store,
    now: i64,
    shop: &ShopSettings,
    invitation_id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some((token, offer)) = invite::issue(db, now, invitation_id).await? else {
        return Ok(None);
    };
    let note = Note {
        title: "You’re invited to join the staff",
        paragraphs: &[format!(
            "An admin of {} has invited you to join as {}. Open the link to accept. It works once \
             and expires after three days.",
            shop.name,
            offer.role.as_str()
        )],
        link: Some((
            "View invitation",
            format!("{}/admin/invitation/{token}", shop.base_url),
        )),
        closing: "If you don’t know what this is about, you can ignore this e-mail.",
    };
    note.mail(shop, offer.email).map(Some)
}
