//! Mails of accounts: links, and what has changed.

use app::{identity::Account, locale::locale, shop::ShopSettings};

use crate::{
    account::{
        links::{self, LinkRequest},
        store,
    },
    admin::staff::invite,
    error::Result,
    mail::{
        message::{Note, OutgoingMail, address},
        text::Text,
    },
    outbox::FactorChange,
    store::Store,
};

/// A link's secret; `None`, which is logged, if the mailbox holds enough.
async fn link(db: &Store, now: i64, wanted: LinkRequest<'_>) -> Result<Option<String>> {
    let token = links::issue(db, now, wanted).await?;
    if token.is_none() {
        let (mail, purpose) = (wanted.mail_id, wanted.purpose);
        tracing::info!(%mail, ?purpose, "e-mail not sent: this address has reached the limit of its kind");
    }
    Ok(token)
}

/// What a mail says whose link works once.
struct Linked<'a> {
    title: &'a str,
    how: String,
    button: &'a str,
    /// The address of its page, up to the link's secret.
    page: &'a str,
}

impl Linked<'_> {
    fn mail(self, shop: &ShopSettings, token: &str, to: String) -> Result<OutgoingMail> {
        let link = address(shop, &format!("{}/{token}", self.page));
        let note = Note {
            title: self.title,
            paragraphs: &[self.how],
            link: Some((self.button, link)),
            closing: Text::from(locale()).not_asked(),
        };
        note.mail(shop, to)
    }
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
    let text = Text::from(locale());
    if account.is_some() {
        let note = Note {
            title: text.have_an_account(),
            paragraphs: &[text.have_an_account_why(&shop.name)],
            link: Some((text.sign_in(), address(shop, "/account/sign-in"))),
            closing: text.not_asked(),
        };
        return note.mail(shop, email.to_owned()).map(Some);
    }
    let linked = Linked {
        title: text.finish_account(),
        how: text.finish_account_how().to_owned(),
        button: text.create_account(),
        page: "/account/sign-up",
    };
    linked.mail(shop, &token, email.to_owned()).map(Some)
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
    let text = Text::from(locale());
    let linked = Linked {
        title: text.new_password(),
        how: text.new_password_how().to_owned(),
        button: text.new_password(),
        page: "/account/reset",
    };
    linked.mail(shop, &token, account.email).map(Some)
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
    // Someone else's address now: the one who asked is told nothing of it.
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
    let text = Text::from(locale());
    let linked = Linked {
        title: text.confirm_your_address(),
        how: text.confirm_your_address_why(&shop.name),
        button: text.confirm_address(),
        page: "/account/verify",
    };
    linked.mail(shop, &token, email.to_owned()).map(Some)
}

pub async fn password_changed(
    db: &Store,
    shop: &ShopSettings,
    account_id: &str,
) -> Result<Option<OutgoingMail>> {
    let Some(account) = store::by_id(db, account_id).await? else {
        return Ok(None);
    };
    let text = Text::from(locale());
    let note = Note {
        title: text.password_was_changed(),
        paragraphs: &[text.password_was_changed_how().to_owned()],
        link: None,
        closing: text.not_you_reset(),
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
    let text = Text::from(locale());
    let (title, words) = match change {
        FactorChange::On => (text.factor_is_on(), text.factor_is_on_how().to_owned()),
        FactorChange::Off => (text.factor_is_off(), text.factor_is_off_how().to_owned()),
        FactorChange::Reset => (
            text.factor_was_reset(),
            text.factor_was_reset_how().to_owned(),
        ),
        FactorChange::NewCodes => (text.new_codes(), text.new_codes_how().to_owned()),
        FactorChange::CodeUsed { left } => (text.code_was_used(), text.codes_left(left)),
    };
    let note = Note {
        title,
        paragraphs: &[words],
        link: Some((text.security(), address(shop, "/account/security"))),
        closing: text.not_you_reset_and_contact(),
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
    let text = Text::from(locale());
    let note = Note {
        title: text.address_was_changed(),
        paragraphs: &[text.address_was_changed_how(&shop.name)],
        link: None,
        closing: text.not_you_contact(),
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
    let text = Text::from(locale());
    let note = Note {
        title: text.invitation(),
        paragraphs: &[text.invitation_how(offer.role.as_str(), &shop.name)],
        link: Some((
            text.view_invitation(),
            address(shop, &format!("/admin/invitation/{token}")),
        )),
        closing: text.invitation_unknown(),
    };
    note.mail(shop, offer.email).map(Some)
}
