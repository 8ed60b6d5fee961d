//! Who may work in the shop. Every change is audited in the transaction that makes it.
//!
//! A role is never simply given to an address: the one who gets it opens a mailed link and, where there
//! is an account already, enters its password. So a mistyped address makes nobody staff, and a
//! shopper's session that is left open somewhere never turns into one of the staff's.

pub mod invite;
mod roles;
mod second_factor;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_staff_text.rs"));
}

use std::sync::Arc;

use app::{
    account::ports::SignedIn,
    error::{ErrorKind, ShopError, ShopResult},
    identity::{Account, Role},
    locale::locale,
};
use async_trait::async_trait;
use desk::admin::staff::{
    ports::StaffAdmin,
    types::{Offer, RoleChanged, StaffList},
};

use crate::{
    account::{AccountService, check_email, checked_name, normal, password, refuse, store},
    clock::Clock,
    ids::is_id,
    security_events::{Kind, Who},
    store::Store,
};

/// What is said to those who are refused, in their language.
fn said() -> text::Text {
    text::Text::from(locale())
}

pub struct StaffService {
    db: Store,
    clock: Arc<dyn Clock>,
    accounts: Arc<AccountService>,
}

impl StaffService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, accounts: Arc<AccountService>) -> Self {
        Self {
            db,
            clock,
            accounts,
        }
    }
}

#[async_trait]
impl StaffAdmin for StaffService {
    async fn list(&self) -> ShopResult<StaffList> {
        Ok(StaffList {
            members: roles::members(&self.db).await?,
            invitations: invite::open(&self.db, self.clock.now()).await?,
        })
    }

    async fn invite(&self, actor: &Account, email: &str, role: Role) -> ShopResult<()> {
        let (typed, email) = (email, normal(email));
        refuse(check_email(&email))?;
        if role == Role::Customer {
            return Err(ShopError::field("role", said().choose_a_role()));
        }
        let known = store::by_email(&self.db, typed).await?;
        let known = known.map(|(account, _)| account);
        if known
            .as_ref()
            .is_some_and(|account| account.role > Role::Customer)
        {
            return Err(ShopError::field("email", said().already_staff()));
        }
        self.accounts.limit_mail(&actor.id, &email).await?;
        // Of two accounts that one mailbox has from before, it is for the one that was named.
        let email = known.map_or(email, |account| account.email);
        Ok(invite::invite(&self.db, self.clock.now(), actor, &email, role).await?)
    }

    async fn withdraw(&self, actor: &Account, id: &str) -> ShopResult<()> {
        Ok(invite::withdraw(&self.db, self.clock.now(), actor, id).await?)
    }

    async fn set_role(&self, actor: &Account, id: &str, role: Role) -> ShopResult<RoleChanged> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        if id == actor.id {
            return Err(ShopError::new(ErrorKind::Conflict, said().own_role()));
        }
        if roles::set(&self.db, self.clock.now(), actor, id, role).await? {
            let events = self.accounts.events();
            events.note(Kind::RoleChanged, Who::Account(id)).await;
        }
        Ok(RoleChanged {
            id: id.to_owned(),
            role,
        })
    }

    async fn reset_second_factor(&self, actor: &Account, id: &str) -> ShopResult<Role> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        if id == actor.id {
            return Err(ShopError::new(ErrorKind::Conflict, said().own_factor()));
        }
        let role = second_factor::reset(&self.db, self.clock.now(), actor, id).await?;
        let events = self.accounts.events();
        events.note(Kind::FactorReset, Who::Account(id)).await;
        Ok(role)
    }

    async fn offer(&self, token: &str) -> ShopResult<Offer> {
        let found = invite::find(&self.db, self.clock.now(), token).await?;
        let found = found.ok_or_else(ShopError::not_found)?;
        let account = store::by_email(&self.db, &found.email).await?;
        Ok(Offer {
            has_account: account.is_some(),
            email: found.email,
            role: found.role,
        })
    }

    async fn accept(&self, token: &str, name: &str, password: &str) -> ShopResult<SignedIn> {
        let (now, events) = (self.clock.now(), self.accounts.events());
        let found = invite::find(&self.db, now, token).await?;
        let found = found.ok_or_else(ShopError::not_found)?;
        let wrong_password = || ShopError::field("password", said().wrong_password());
        let (account, hash) = match store::by_email(&self.db, &found.email).await? {
            Some((account, hash)) => {
                self.accounts.limit_password(&account.id).await?;
                let known = self.accounts.known_by(&account.id, Some(hash), password);
                let Some(hash) = known.await? else {
                    let who = Who::Account(&account.id);
                    events.note(Kind::PasswordRefused, who).await;
                    return Err(wrong_password());
                };
                let known = invite::As::Known(&account);
                (invite::accept(&self.db, now, token, known).await?, hash)
            }
            None => {
                let who = Who::Mailbox(&found.email);
                self.accounts.limit_new_password(token, who).await?;
                let (name, wrong_name) = match checked_name(name) {
                    Ok(name) => (name, None),
                    Err(error) => (String::new(), Some(error)),
                };
                let weak = self
                    .accounts
                    .check_password("password", password, &found.email, &name);
                refuse([wrong_name, weak.await?].into_iter().flatten())?;
                let hash = password::hash(password.to_owned()).await?;
                let new = invite::As::New {
                    name: &name,
                    hash: &hash,
                };
                (invite::accept(&self.db, now, token, new).await?, hash)
            }
        };
        // Used by someone else meanwhile, or withdrawn.
        let account = account.ok_or_else(ShopError::not_found)?;
        events
            .note(Kind::RoleChanged, Who::Account(&account.id))
            .await;
        let opened = store::open_session(&self.db, now, &account.id, &hash).await?;
        let opened = opened.ok_or_else(wrong_password)?;
        Ok(self.accounts.signed_in(opened, account).await)
    }
}
