//! Accounts, sessions and the making of the first admin.

pub mod addresses;
pub mod change;
mod checked;
mod chosen;
mod feature;
mod limits;
pub mod links;
mod networks;
mod own;
pub mod password;
pub mod second_factor;
pub mod session_list;
pub mod store;
pub(crate) mod strength;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/account_text.rs"));
}
mod turns;
mod ways_in;

use std::sync::Arc;

use app::{
    account::{
        ports::SignedIn,
        types::{MailedLink, MergedCart},
    },
    error::{ErrorKind, FieldError, ShopError, ShopResult},
    identity::{Account, Role},
    locale::locale,
    visitor::Visitor,
};
use checked::check_new;
use limits::Limits;
use password::Checked;
use serde_json::json;
use store::Opened;
use strength::Context;
use text::Text;

use crate::{
    audit_log,
    cart::merge,
    clock::Clock,
    error::{Error, Result},
    feature::SigningIn,
    outbox::{self, Mail},
    security_events::{Kind, SecurityEvents, Who},
    settings::Settings,
    store::{ChangeSet, Store},
};

pub use checked::{check_email, checked_name, normal, refuse};

pub struct AccountService {
    db: Store,
    clock: Arc<dyn Clock>,
    limits: Limits,
    events: SecurityEvents,
    settings: Settings,
}

impl AccountService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        Self {
            events: SecurityEvents::new(db.clone(), clock.clone()),
            db,
            clock,
            limits: Limits::new(),
            settings,
        }
    }

    /// Forgets clients that have not tried for a while.
    pub fn run_maintenance(&self) {
        self.limits.run_maintenance();
        self.events.run_maintenance();
    }

    pub fn events(&self) -> &SecurityEvents {
        &self.events
    }

    /// What the right password of an account leads to. Someone is signed in once there is a session.
    pub async fn signed_in(&self, opened: Opened, account: Account) -> SignedIn {
        match opened {
            Opened::Session(session) => {
                self.events.note_of(Kind::SignIn, &account).await;
                SignedIn::Open(session, account)
            }
            Opened::CodeNeeded(pending) => SignedIn::CodeNeeded(pending),
        }
    }

    /// `hash` is of the password that was given.
    async fn open_session(&self, account: Account, hash: &str) -> ShopResult<SignedIn> {
        let now = self.clock.now();
        let opened = store::open_session(&self.db, now, &account.id, hash).await?;
        let opened = opened.ok_or_else(wrong_sign_in)?;
        Ok(self.signed_in(opened, account).await)
    }

    /// The same for an account that was just made.
    async fn open_first_session(
        &self,
        account: Account,
        hash: &str,
    ) -> ShopResult<(String, Account)> {
        match self.open_session(account, hash).await? {
            SignedIn::Open(session, account) => Ok((session, account)),
            SignedIn::CodeNeeded(_) => Err(wrong_sign_in()),
        }
    }

    /// The hash of the account's password as it is now, if `given` is that password.
    pub async fn known_by(
        &self,
        account_id: &str,
        hash: Option<String>,
        given: &str,
    ) -> Result<Option<String>> {
        let checked = password::matches(given.to_owned(), hash.clone()).await?;
        match (checked, hash) {
            (Checked::Right, hash) => Ok(hash),
            (Checked::RightAsTyped, Some(old)) => {
                let new = password::hash(given.to_owned()).await?;
                let replaced = change::rehash(&self.db, account_id, &old, &new).await?;
                Ok(replaced.then_some(new))
            }
            _ => Ok(None),
        }
    }

    /// What is wrong with a password that someone with this address and name wants to have.
    pub async fn check_password(
        &self,
        field: &str,
        password: &str,
        email: &str,
        name: &str,
    ) -> Result<Option<FieldError>> {
        let shop = self.settings.now_or_last().await;
        strength::check(field, password, Context::of(email, name, &shop.name)).await
    }

    /// What a limit says, told of if it says no.
    async fn within(&self, limit: ShopResult<()>, who: Who<'_>) -> ShopResult<()> {
        if limit.is_err() {
            self.events.note(Kind::LimitHit, who).await;
        }
        limit
    }

    /// Before a password of the account is looked at.
    pub async fn limit_password(&self, account_id: &str) -> ShopResult<()> {
        let limit = self.limits.password(account_id);
        self.within(limit, Who::Account(account_id)).await
    }

    /// Before a password is judged that someone with a one-time link wants to have.
    pub async fn limit_new_password(&self, link: &str, who: Who<'_>) -> ShopResult<()> {
        let limit = self.limits.password(link);
        self.within(limit, who).await
    }

    /// Before an account has a mail sent to an address.
    pub async fn limit_mail(&self, account_id: &str, email: &str) -> ShopResult<()> {
        let limit = self.limits.mail(account_id, email);
        self.within(limit, Who::Account(account_id)).await
    }

    /// Of a link that was used before, is too old or was never sent.
    async fn no_such_link(&self, link: MailedLink) -> ShopError {
        if link == MailedLink::Reset {
            self.events.note(Kind::ResetRefused, Who::Nobody).await;
        }
        ShopError::not_found()
    }

    /// What the device has becomes the account's, in one transaction. Carts first, as where an account
    /// is closed.
    async fn join(&self, visitor: &Visitor, account: &Account, now: i64) -> Result<MergedCart> {
        let mut tx = self.db.begin().await?;
        let mut changes = ChangeSet::default();
        let guest = visitor.cart.as_deref();
        let merged = merge::merge(&mut tx, &self.db, now, guest, &account.id, &mut changes).await?;
        let signing_in = SigningIn {
            visitor,
            account_id: &account.id,
            now,
        };
        for feature in crate::feature::all() {
            feature.join(&mut tx, &self.db, &signing_in).await?;
        }
        changes.commit(tx, &self.db).await?;
        Ok(merged)
    }

    async fn queue(&self, mail: &Mail) -> Result<()> {
        let mut tx = self.db.begin().await?;
        outbox::queue(&mut tx, self.db.dialect(), self.clock.now(), mail).await?;
        tx.commit().await.map_err(Error::from)
    }

    /// Keeps a chosen password, and mails the link that it waits for. As with every other link, whether there
    /// is an account is looked up when the mail is written.
    async fn keep_chosen(&self, wanted: chosen::NewAccount<'_>) -> Result<String> {
        let now = self.clock.now();
        let mail = Mail::SignUp {
            email: wanted.email.to_owned(),
        };
        let mut tx = self.db.begin().await?;
        let secret = chosen::keep(&mut tx, now, wanted).await?;
        outbox::queue(&mut tx, self.db.dialect(), now, &mail).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// A mail to an address that a stranger typed is within the limits.
    async fn limit_mailbox(&self, client: &str, email: &str) -> ShopResult<()> {
        let limit = self.limits.mail(client, email);
        self.within(limit, Who::Mailbox(email)).await
    }
}

fn wrong_sign_in() -> ShopError {
    let words = Text::from(locale()).wrong_sign_in();
    ShopError::new(ErrorKind::SignInFailed, words)
}

/// Makes an account with a role in the shop of this name; for the command line.
pub async fn create(
    db: &Store,
    clock: &dyn Clock,
    shop: &str,
    email: &str,
    password: &str,
    role: Role,
) -> ShopResult<Account> {
    let email = normal(email);
    check_new(shop, &email, password).await?;
    let hash = password::hash(password.to_owned()).await?;
    let mut tx = db.begin().await?;
    let now = clock.now();
    let account = store::insert(&mut tx, now, &email, &hash, role).await?;
    if role > Role::Customer {
        let after = json!({ "role": role.as_str() });
        let subject = ("account", account.id.as_str());
        audit_log::record(
            &mut tx,
            now,
            audit_log::COMMAND_LINE,
            "staff.create",
            subject,
            None,
            Some(after),
        )
        .await?;
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(account)
}
