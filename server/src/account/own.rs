//! What people do with their own account.

use app::{
    account::{
        language,
        ports::{AddressRole, OwnAccount},
        types::{Address, Profile, SessionRow},
    },
    contact::Contact,
    error::{ShopError, ShopResult},
    identity::Account,
    locale::locale,
};
use async_trait::async_trait;

use super::{
    AccountService, addresses, change, check_email, checked_name, normal, password, refuse,
    session_list, store, text::Text,
};
use crate::{
    error::{Error, Result},
    outbox::Mail,
    security_events::{Kind, Who},
};

impl AccountService {
    /// A person who is signed in has to know the password, for what a thief of the session must not do.
    /// Returns its hash: what is done next asks whether it is still so.
    pub(super) async fn prove(
        &self,
        account: &Account,
        field: &str,
        given: &str,
    ) -> ShopResult<String> {
        self.limit_password(&account.id).await?;
        let found = store::by_email(&self.db, &account.email).await?;
        let hash = found.map(|(_, hash)| hash);
        match self.known_by(&account.id, hash, given).await? {
            Some(hash) => Ok(hash),
            None => {
                self.tell(Kind::PasswordRefused, account).await;
                Err(not_yours(field))
            }
        }
    }

    /// What is in the audit log already, where it belongs there.
    pub(super) async fn tell(&self, kind: Kind, account: &Account) {
        self.events.note(kind, Who::Account(&account.id)).await;
    }
}

pub(super) fn not_yours(field: &str) -> ShopError {
    ShopError::field(field, Text::from(locale()).not_your_password())
}

#[async_trait]
impl OwnAccount for AccountService {
    async fn profile(&self, account: &Account) -> ShopResult<Profile> {
        store::profile(&self.db, &account.id)
            .await?
            .ok_or_else(ShopError::not_found)
    }

    async fn rename(&self, account: &Account, name: &str) -> ShopResult<()> {
        let name = checked_name(name).map_err(|error| ShopError::fields(vec![error]))?;
        let renaming: Result<()> = async {
            let mut tx = self.db.begin().await?;
            store::set_name(&mut tx, &account.id, &name).await?;
            tx.commit().await.map_err(Error::from)
        }
        .await;
        Ok(renaming?)
    }

    async fn choose_language(&self, account: &Account, code: &str) -> ShopResult<()> {
        let shop = self.settings.now_or_last().await;
        let chosen = language::chosen(code, &shop.languages)?;
        let choosing: Result<()> = async {
            let mut tx = self.db.begin().await?;
            store::set_language(&mut tx, &account.id, chosen).await?;
            tx.commit().await.map_err(Error::from)
        }
        .await;
        Ok(choosing?)
    }

    async fn ask_verify(&self, account: &Account) -> ShopResult<()> {
        self.limit_mail(&account.id, &account.email).await?;
        let mail = Mail::VerifyAddress {
            account_id: account.id.clone(),
            email: account.email.clone(),
        };
        Ok(self.queue(&mail).await?)
    }

    async fn ask_email(&self, account: &Account, password: &str, email: &str) -> ShopResult<()> {
        let email = normal(email);
        refuse(check_email(&email))?;
        self.prove(account, "email_password", password).await?;
        self.limit_mail(&account.id, &email).await?;
        // Whether the address is someone else's is looked up when the mail is written.
        let mail = Mail::VerifyAddress {
            account_id: account.id.clone(),
            email,
        };
        self.queue(&mail).await?;
        self.events.note_of(Kind::EmailChangeAsked, account).await;
        Ok(())
    }

    async fn change_password(
        &self,
        account: &Account,
        current: &str,
        new: &str,
    ) -> ShopResult<String> {
        let old = self.prove(account, "current_password", current).await?;
        let weak = self.check_password("new_password", new, &account.email, &account.name);
        refuse(weak.await?)?;
        let hash = password::hash(new.to_owned()).await?;
        let session = change::set_password(&self.db, self.clock.now(), account, &old, &hash)
            .await?
            .ok_or_else(|| not_yours("current_password"))?;
        self.tell(Kind::PasswordChanged, account).await;
        Ok(session)
    }

    async fn addresses(&self, account: &Account) -> ShopResult<Vec<Address>> {
        Ok(addresses::list(&self.db, &account.id).await?)
    }

    async fn address(&self, account: &Account, id: &str) -> ShopResult<Address> {
        addresses::one(&self.db, &account.id, id)
            .await?
            .ok_or_else(ShopError::not_found)
    }

    async fn save_address(
        &self,
        account: &Account,
        id: Option<&str>,
        contact: Contact,
        standing: AddressRole,
    ) -> ShopResult<String> {
        let settings = self.settings.now().await?;
        let contact = contact
            .checked_address_for(&settings.delivers_to)
            .map_err(ShopError::fields)?;
        let (db, now) = (&self.db, self.clock.now());
        Ok(addresses::save(db, now, &account.id, id, &contact, standing).await?)
    }

    async fn delete_address(&self, account: &Account, id: &str) -> ShopResult<()> {
        Ok(addresses::delete(&self.db, &account.id, id).await?)
    }

    async fn sessions(&self, account: &Account, session: &str) -> ShopResult<Vec<SessionRow>> {
        Ok(session_list::list(&self.db, self.clock.now(), &account.id, session).await?)
    }

    async fn end_session(&self, account: &Account, id: &str, password: &str) -> ShopResult<()> {
        self.prove(account, "sessions_password", password).await?;
        match session_list::end(&self.db, self.clock.now(), account, id).await? {
            true => {
                self.tell(Kind::SessionEnded, account).await;
                Ok(())
            }
            false => Err(ShopError::not_found()),
        }
    }

    async fn end_other_sessions(
        &self,
        account: &Account,
        session: &str,
        password: &str,
    ) -> ShopResult<()> {
        self.prove(account, "sessions_password", password).await?;
        let now = self.clock.now();
        if session_list::end_others(&self.db, now, account, session).await? > 0 {
            self.tell(Kind::SessionEnded, account).await;
        }
        Ok(())
    }

    async fn close(&self, account: &Account, password: &str) -> ShopResult<()> {
        let hash = self.prove(account, "close_password", password).await?;
        match change::close(&self.db, self.clock.now(), account, &hash).await? {
            true => {
                self.tell(Kind::AccountClosed, account).await;
                Ok(())
            }
            false => Err(not_yours("close_password")),
        }
    }
}
