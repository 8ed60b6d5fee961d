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
            "The password of your account is a new one, and all other devices are \
            signed out."
                .to_owned(),
        ],
        link: None,
        closing: "If that was not you, choose a new password on the sign-in page at once.",
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
            "Your account at {} has another e-mail address now. Mails about it go there.",
            shop.name
        )],
        link: None,
        closing: "If that was not you, please write to us at once.",
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
