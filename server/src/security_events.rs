//! What happens at the shop's doors, told in one way: a line in the log and a counter for each, and
//! for the staff's accounts an entry in the audit log.
//!
//! No line holds a mail address. An account is named by its id. Any other address is named by a
//! keyed hash, so that lines about one address are seen to belong together, whichever
//! node wrote them and when. The key is the shop's own and kept in its database: one that a process
//! makes up would end with the process, and guessing goes on for days. Who has the log alone cannot
//! try addresses out. The request's id is in the span of the line.

use std::{num::NonZeroU32, sync::Arc};

use app::identity::{Account, Role};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use metrics::{Unit, counter, describe_counter};
use serde_json::json;

use crate::{
    audit_log,
    clock::Clock,
    db::Tx,
    error::{Error, Result},
    facts::{Fact, SecretKey},
    ids::keyed_hash,
    store::Store,
};

pub const METRIC: &str = "holdfast_security_events_total";
/// What the log's lines are filtered by.
const TARGET: &str = "security";
/// Lines in the log a minute about one client. What is more is counted and not written.
const LINES: NonZeroU32 = NonZeroU32::new(120).expect("more than none");
/// Entries in the audit log an hour of what strangers do to one account: nobody fills it.
const ENTRIES: NonZeroU32 = NonZeroU32::new(20).expect("more than none");

tokio::task_local! {
    /// The network that the request at hand came from, as limits count it.
    static CLIENT: String;
}

/// Does the work for a client: what happens in it is told to be of this network.
pub fn of_client<F: Future>(client: String, work: F) -> impl Future<Output = F::Output> {
    // As it is: an async function would keep room for it twice.
    CLIENT.scope(client, work)
}

/// Empty where no client asked, as on the command line.
fn client() -> String {
    CLIENT.try_with(Clone::clone).unwrap_or_default()
}

app::words! {
    pub enum Kind {
        SignIn = "sign_in",
        SignInRefused = "sign_in_refused",
        /// Someone who is signed in, or takes an invitation up, gave a wrong password of their own.
        PasswordRefused = "password_refused",
        /// Something was tried too often.
        LimitHit = "limit_hit",
        /// A page of another site sent a request.
        ForeignOrigin = "foreign_origin",
        /// A page or function was asked for without the role for it.
        RoleRefused = "role_refused",
        ResetAsked = "reset_asked",
        ResetUsed = "reset_used",
        /// With a link that was used before, or is too old, or was never sent.
        ResetRefused = "reset_refused",
        PasswordChanged = "password_changed",
        /// A link to a new address was asked for, with the password.
        EmailChangeAsked = "email_change_asked",
        EmailChanged = "email_changed",
        SignOut = "sign_out",
        /// By the owner of the account, from another session.
        SessionEnded = "session_ended",
        /// All of an account's, by an admin.
        SessionsEndedByStaff = "sessions_ended_by_staff",
        /// By its owner, or erased by an admin.
        AccountClosed = "account_closed",
        RoleChanged = "role_changed",
        /// Someone who knows the password, or is signed in, gave a code that is not good.
        CodeRefused = "code_refused",
        FactorOn = "factor_on",
        FactorOff = "factor_off",
        /// By an admin.
        FactorReset = "factor_reset",
        /// New ones; those from before are void.
        RecoveryCodesMade = "recovery_codes_made",
        /// In place of a code of the app.
        RecoveryCodeUsed = "recovery_code_used",
    }
}

impl Kind {
    /// Whether it takes no proof, or not all of it, of being the owner of the account.
    const fn is_strangers(self) -> bool {
        matches!(
            self,
            Self::SignInRefused | Self::CodeRefused | Self::RoleRefused
        )
    }
}

/// Whom it is about, as far as that is known.
#[derive(Debug, Clone, Copy)]
pub enum Who<'a> {
    /// By the account's id.
    Account(&'a str),
    /// By the address that was given: no account has it, or none was looked for.
    Mailbox(&'a str),
    Nobody,
}

pub struct SecurityEvents {
    db: Store,
    clock: Arc<dyn Clock>,
    key: SecretKey,
    lines: DefaultKeyedRateLimiter<String>,
    entries: DefaultKeyedRateLimiter<String>,
}

impl SecurityEvents {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            key: SecretKey::of(Fact::LogKey),
            lines: RateLimiter::keyed(Quota::per_minute(LINES)),
            entries: RateLimiter::keyed(Quota::per_hour(ENTRIES)),
        }
    }

    /// Reads the key for addresses, so that no request has to. Without this the first one does.
    pub async fn prepare(&self) {
        self.key().await;
    }

    /// Forgets clients and accounts that nothing was heard of for a while.
    pub fn run_maintenance(&self) {
        self.lines.retain_recent();
        self.entries.retain_recent();
    }

    /// Counts what happened and writes its line.
    pub async fn note(&self, kind: Kind, who: Who<'_>) {
        counter!(METRIC, "kind" => kind.as_str()).increment(1);
        let client = client();
        if self.lines.check_key(&client).is_err() {
            return;
        }
        let (account, mailbox) = match who {
            Who::Account(id) => (Some(id), None),
            Who::Mailbox(email) => (None, self.name_of(email).await),
            Who::Nobody => (None, None),
        };
        tracing::info!(
            target: TARGET,
            event = kind.as_str(),
            account,
            mailbox = mailbox.as_deref(),
            client = client.as_str(),
            "security event"
        );
    }

    /// The same for what an account did, with its entry in the audit log if it is one of the
    /// staff's. An account that asks for a role it does not have gets one in any case.
    pub async fn note_of(&self, kind: Kind, account: &Account) {
        self.note(kind, Who::Account(&account.id)).await;
        if let Some(entry) = self.due(kind, account) {
            write(&self.db, self.clock.now(), entry).await;
        }
    }

    /// The same for a wrong password or code at an account. No answer waits for the entry: the time
    /// it takes would tell who is on the staff.
    pub async fn note_stranger(&self, kind: Kind, account: &Account) {
        self.note(kind, Who::Account(&account.id)).await;
        if let Some(entry) = self.due(kind, account) {
            let (db, now) = (self.db.clone(), self.clock.now());
            tokio::spawn(async move { write(&db, now, entry).await });
        }
    }

    /// The entry that is to be written; none for shoppers, and none that would be one too many.
    fn due(&self, kind: Kind, account: &Account) -> Option<Entry> {
        let entry = Entry::of(kind, account)?;
        let key = format!("{} {}", account.id, kind.as_str());
        let is_one_too_many = kind.is_strangers() && self.entries.check_key(&key).is_err();
        (!is_one_too_many).then_some(entry)
    }

    /// The keyed hash of an address; none while there is no key.
    async fn name_of(&self, email: &str) -> Option<String> {
        let key = self.key().await?;
        let mut name = keyed_hash(key, email).ok()?;
        // Enough to tell addresses apart.
        name.truncate(16);
        Some(name)
    }

    async fn key(&self) -> Option<&str> {
        match self.key.get(&self.db).await {
            Ok(key) => Some(key),
            Err(error) => {
                tracing::warn!(%error, "mail addresses have no names in the log yet");
                None
            }
        }
    }
}

/// What the audit log says of an event.
struct Entry {
    kind: Kind,
    actor: String,
    account_id: String,
    /// Empty: not known, or not to be kept.
    network: String,
}

impl Entry {
    /// A shopper's network and address are not written: the log keeps what it has for good.
    fn of(kind: Kind, account: &Account) -> Option<Self> {
        let (actor, network) = match (account.role, kind) {
            (Role::Customer, Kind::RoleRefused) => ("customer", String::new()),
            (Role::Customer, _) => return None,
            (_, Kind::SignInRefused | Kind::CodeRefused) => ("unknown", client()),
            _ => (account.email.as_str(), client()),
        };
        Some(Self {
            kind,
            actor: actor.to_owned(),
            account_id: account.id.clone(),
            network,
        })
    }

    async fn add(&self, tx: &mut Tx, now: i64) -> Result<()> {
        let network = Some(&self.network).filter(|network| !network.is_empty());
        audit_log::record(
            tx,
            now,
            &self.actor,
            &format!("account.{}", self.kind.as_str()),
            ("account", &self.account_id),
            None,
            network.map(|network| json!({ "network": network })),
        )
        .await
    }
}

/// What cannot be written keeps nobody from signing in or out: the line in the log is there.
async fn write(db: &Store, now: i64, entry: Entry) {
    let written: Result<()> = async {
        let mut tx = db.begin().await?;
        entry.add(&mut tx, now).await?;
        tx.commit().await.map_err(Error::from)
    }
    .await;
    if let Err(error) = written {
        tracing::warn!(%error, kind = entry.kind.as_str(), "an event could not be written to the \
                                                            audit log");
    }
}

/// Writes a change of one of the staff's accounts into the audit log, in the transaction that makes
/// it. [`SecurityEvents::note`] tells of it once that is committed.
pub async fn record(tx: &mut Tx, now: i64, kind: Kind, account: &Account) -> Result<()> {
    match Entry::of(kind, account) {
        Some(entry) => entry.add(tx, now).await,
        None => Ok(()),
    }
}

/// Says what is counted. What never happened is 0, not missing.
pub fn describe() {
    describe_counter!(
        METRIC,
        Unit::Count,
        "Security events by kind: sign-ins and refused ones, limits hit, requests from other sites, \
         refused roles and codes, resets, changes, second factors, ended sessions"
    );
    for kind in Kind::ALL {
        counter!(METRIC, "kind" => kind.as_str()).absolute(0);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_only_the_staffs_are_kept_for_good() {
        let names: BTreeSet<_> = Kind::ALL.into_iter().map(Kind::as_str).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            let account = |role| Account {
                id: "1".to_owned(),
                email: "kim@shop.test".to_owned(),
                name: String::new(),
                role,
            };
            let entry = Entry::of(kind, &account(Role::Staff)).expect("the staff's are written");
            let is_refused = matches!(kind, Kind::SignInRefused | Kind::CodeRefused);
            assert_eq!(entry.actor == "unknown", is_refused);
            let of_shopper = Entry::of(kind, &account(Role::Customer));
            assert_eq!(of_shopper.is_some(), kind == Kind::RoleRefused);
            assert!(of_shopper.is_none_or(|entry| entry.actor == "customer"));
        }
    }

    #[tokio::test]
    async fn a_client_is_known_where_its_request_is_worked_on_and_nowhere_else() {
        assert_eq!(client(), "");
        let told = of_client("203.0.113.7".to_owned(), async { client() }).await;
        assert_eq!(told, "203.0.113.7");
        assert_eq!(client(), "");
    }
}
