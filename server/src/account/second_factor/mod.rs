//! A second factor to sign in with: codes of an authenticator app, and recovery codes.
//!
//! Who has the password alone gets a sign-in that waits for a code, never a session. What moves
//! money, roles or personal data asks for a code again, once in a while.

pub mod pending;
mod recovery;
pub mod store;
mod totp;

use app::{
    account::second_factor::{
        ports::{FactorState, SecondFactors},
        types::{RecoveryCodes, SetUp},
    },
    error::{ErrorKind, ShopError, ShopResult},
    identity::{Account, Role},
    locale::locale,
    visitor::Visitor,
};
use async_trait::async_trait;
use serde_json::{Value, json};
use store::CodeUsed;

use super::{
    AccountService, networks, own::not_yours, session_list, store as accounts, text::Text,
};
use crate::{
    audit_log,
    clock::Clock,
    db::{Dialect, Tx},
    error::{Error, Result},
    outbox::{FactorChange, Mail, queue},
    security_events::{Kind, Who},
    store::Store,
};

fn wrong_code(field: &str) -> ShopError {
    ShopError::field(field, Text::from(locale()).wrong_code())
}

/// The sign-in has ended: too late, or something else has voided it.
fn sign_in_again() -> ShopError {
    let words = Text::from(locale()).took_too_long();
    ShopError::new(ErrorKind::SignInFailed, words)
}

fn none_there() -> ShopError {
    ShopError::new(ErrorKind::Conflict, Text::from(locale()).no_factor())
}

/// What a change is called in the log, with what it changed.
fn entry(change: FactorChange) -> (&'static str, Value, Value) {
    let factor = |is: &str| json!({ "second_factor": is });
    match change {
        FactorChange::On => ("factor.on", factor("off"), factor("on")),
        FactorChange::Off => ("factor.off", factor("on"), factor("off")),
        FactorChange::Reset => ("factor.reset", factor("on"), factor("off")),
        FactorChange::NewCodes => (
            "factor.codes",
            json!({}),
            json!({ "recovery_codes": "new" }),
        ),
        FactorChange::CodeUsed { left } => (
            "factor.recovery",
            json!({}),
            json!({ "recovery_codes_left": left }),
        ),
    }
}

/// Tells the account's owner, and if it is one of the staff's the log.
async fn tell(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    account: &Account,
    change: FactorChange,
) -> Result<()> {
    if account.role > Role::Customer {
        note(tx, now, &account.email, account, change).await?;
    }
    mail(tx, dialect, now, account, change).await
}

async fn note(
    tx: &mut Tx,
    now: i64,
    actor: &str,
    account: &Account,
    change: FactorChange,
) -> Result<()> {
    let (action, before, after) = entry(change);
    let subject = ("account", account.id.as_str());
    audit_log::record(tx, now, actor, action, subject, Some(before), Some(after)).await
}

async fn mail(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    account: &Account,
    change: FactorChange,
) -> Result<()> {
    let mail = Mail::SecondFactor {
        account_id: account.id.clone(),
        change,
    };
    queue(tx, dialect, now, &mail).await
}

/// Uses a code up; `None` if it is not good. One of the recovery codes tells how many are left.
async fn take(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    account: &Account,
    code: &str,
) -> Result<Option<CodeUsed>> {
    let taken = store::take(tx, now, &account.id, code).await?;
    if let Some(CodeUsed::Recovery { left }) = taken {
        let change = FactorChange::CodeUsed { left };
        tell(tx, dialect, now, account, change).await?;
    }
    Ok(taken)
}

/// Takes the second factor of an account away by the word of `actor`, who is not its owner, and
/// whatever it is signed in with. `false` if it has none.
pub async fn reset(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    actor: &str,
    account: &Account,
) -> Result<bool> {
    store::lock(tx, dialect, &account.id).await?;
    if !store::switch_off(tx, &account.id).await? {
        return Ok(false);
    }
    session_list::end_all(tx, &account.id).await?;
    note(tx, now, actor, account, FactorChange::Reset).await?;
    mail(tx, dialect, now, account, FactorChange::Reset).await?;
    Ok(true)
}

/// The same on the command line, for the last admin.
pub async fn reset_by_command(db: &Store, clock: &dyn Clock, email: &str) -> ShopResult<Account> {
    let found = accounts::by_email(db, email).await?;
    let (account, _) = found.ok_or_else(|| {
        ShopError::new(
            ErrorKind::NotFound,
            "There is no account with this address.",
        )
    })?;
    let mut tx = db.begin().await?;
    let now = clock.now();
    let actor = audit_log::COMMAND_LINE;
    if !reset(&mut tx, db.dialect(), now, actor, &account).await? {
        return Err(none_there());
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(account)
}

impl AccountService {
    async fn set_up_of(&self, account: &Account, secret: &str) -> ShopResult<SetUp> {
        let shop = self.settings.now_or_last().await;
        Ok(totp::set_up(secret, &account.email, &shop.name)?)
    }

    /// Before a code of the account is looked at.
    async fn limit_code(&self, client: &str, account_id: &str) -> ShopResult<()> {
        let limit = self.limits.code(client, account_id);
        self.within(limit, Who::Account(account_id)).await
    }

    /// The refusal of a code that is not good.
    async fn refuse_code(&self, account: &Account, field: &str) -> ShopError {
        self.events.note_stranger(Kind::CodeRefused, account).await;
        wrong_code(field)
    }

    /// What became of a code that was good, once that is committed.
    async fn tell_taken(&self, taken: CodeUsed, account: &Account) {
        if let CodeUsed::Recovery { .. } = taken {
            self.tell(Kind::RecoveryCodeUsed, account).await;
        }
    }
}

#[async_trait]
impl SecondFactors for AccountService {
    async fn state(&self, account: &Account) -> ShopResult<FactorState> {
        let Some(factor) = store::read(&self.db, &account.id).await? else {
            return Ok(FactorState::Off);
        };
        Ok(match factor.confirmed_at {
            None => FactorState::Pending(self.set_up_of(account, &factor.secret).await?),
            Some(since) => FactorState::On {
                since,
                codes_left: factor.codes_left,
            },
        })
    }

    async fn begin(&self, account: &Account) -> ShopResult<SetUp> {
        let secret = totp::new_secret();
        let mut tx = self.db.begin().await?;
        if !store::begin(&mut tx, self.clock.now(), &account.id, &secret).await? {
            return Err(already_on());
        }
        tx.commit().await.map_err(Error::from)?;
        self.set_up_of(account, &secret).await
    }

    async fn switch_on(
        &self,
        account: &Account,
        session: &str,
        password: &str,
        code: &str,
    ) -> ShopResult<RecoveryCodes> {
        const PASSWORD: &str = "factor_password";
        let hash = self.prove(account, PASSWORD, password).await?;
        let now = self.clock.now();
        let factor = store::read(&self.db, &account.id).await?;
        let factor = factor.ok_or_else(not_begun)?;
        if factor.confirmed_at.is_some() {
            return Err(already_on());
        }
        let step = totp::step_of(&factor.secret, code, now);
        let step = step.ok_or_else(|| {
            let words = Text::from(locale()).wrong_first_code();
            ShopError::field("factor_code", words)
        })?;
        let (dialect, mut tx) = (self.db.dialect(), self.db.begin().await?);
        if !accounts::holds(&mut tx, dialect, &account.id, &hash).await? {
            return Err(not_yours(PASSWORD));
        }
        if !store::switch_on(&mut tx, now, &account.id, &factor.secret, step).await? {
            return Err(not_begun());
        }
        let codes = store::renew_codes(&mut tx, &account.id).await?;
        // What was signed in without a code ends, but for the session that has just given one.
        session_list::end_others_in(&mut tx, &account.id, session).await?;
        pending::void_all(&mut tx, &account.id).await?;
        accounts::confirm_session(&mut tx, now, session).await?;
        tell(&mut tx, dialect, now, account, FactorChange::On).await?;
        tx.commit().await.map_err(Error::from)?;
        self.tell(Kind::FactorOn, account).await;
        Ok(RecoveryCodes { codes })
    }

    async fn switch_off(&self, account: &Account) -> ShopResult<()> {
        let (dialect, mut tx) = (self.db.dialect(), self.db.begin().await?);
        store::lock(&mut tx, dialect, &account.id).await?;
        if !store::switch_off(&mut tx, &account.id).await? {
            return Err(none_there());
        }
        pending::void_all(&mut tx, &account.id).await?;
        tell(
            &mut tx,
            dialect,
            self.clock.now(),
            account,
            FactorChange::Off,
        )
        .await?;
        tx.commit().await.map_err(Error::from)?;
        self.tell(Kind::FactorOff, account).await;
        Ok(())
    }

    async fn new_codes(&self, account: &Account) -> ShopResult<RecoveryCodes> {
        let (dialect, mut tx) = (self.db.dialect(), self.db.begin().await?);
        store::lock(&mut tx, dialect, &account.id).await?;
        if !store::is_on(&mut tx, &account.id).await? {
            return Err(none_there());
        }
        let codes = store::renew_codes(&mut tx, &account.id).await?;
        let (now, change) = (self.clock.now(), FactorChange::NewCodes);
        tell(&mut tx, dialect, now, account, change).await?;
        tx.commit().await.map_err(Error::from)?;
        self.tell(Kind::RecoveryCodesMade, account).await;
        Ok(RecoveryCodes { codes })
    }

    async fn confirm(&self, visitor: &Visitor, code: &str) -> ShopResult<()> {
        let (Some(account), Some(session)) = (&visitor.account, &visitor.session) else {
            return Err(sign_in_again());
        };
        self.limit_code(&visitor.client, &account.id).await?;
        let (now, dialect) = (self.clock.now(), self.db.dialect());
        let mut tx = self.db.begin().await?;
        let Some(taken) = take(&mut tx, dialect, now, account, code).await? else {
            tx.rollback().await.map_err(Error::from)?;
            return Err(self.refuse_code(account, "confirm_code").await);
        };
        accounts::confirm_session(&mut tx, now, session).await?;
        tx.commit().await.map_err(Error::from)?;
        self.tell_taken(taken, account).await;
        Ok(())
    }

    async fn is_pending(&self, token: &str) -> ShopResult<bool> {
        let whose = pending::account_id(&self.db, self.clock.now(), token).await?;
        Ok(whose.is_some())
    }

    async fn finish_sign_in(
        &self,
        client: &str,
        token: &str,
        code: &str,
    ) -> ShopResult<(String, Account)> {
        let (now, dialect) = (self.clock.now(), self.db.dialect());
        let id = pending::account_id(&self.db, now, token).await?;
        let id = id.ok_or_else(sign_in_again)?;
        self.limit_code(client, &id).await?;
        if !networks::is_known(&self.db, Some(&id), client).await? {
            let limit = self.limits.code_of_stranger(&id);
            self.within(limit, Who::Account(&id)).await?;
        }
        let mut tx = self.db.begin().await?;
        store::lock(&mut tx, dialect, &id).await?;
        let account = accounts::by_id_in(&mut tx, &id).await?;
        let account = account.ok_or_else(sign_in_again)?;
        if !pending::finish(&mut tx, now, &id, token).await? {
            return Err(sign_in_again());
        }
        // A code that is not good takes nothing back: the sign-in goes on waiting.
        let Some(taken) = take(&mut tx, dialect, now, &account, code).await? else {
            tx.rollback().await.map_err(Error::from)?;
            return Err(self.refuse_code(&account, "factor_code").await);
        };
        let session = accounts::insert_session(&mut tx, now, &id, Some(now)).await?;
        tx.commit().await.map_err(Error::from)?;
        self.tell_taken(taken, &account).await;
        self.events.note_of(Kind::SignIn, &account).await;
        Ok((session, account))
    }
}

fn already_on() -> ShopError {
    let words = Text::from(locale()).factor_already_on();
    ShopError::new(ErrorKind::Conflict, words)
}

fn not_begun() -> ShopError {
    let words = Text::from(locale()).key_has_changed();
    ShopError::new(ErrorKind::Conflict, words)
}
