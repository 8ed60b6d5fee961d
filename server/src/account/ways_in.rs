//! Ways in and out: signing in and out, signing up, and mailed links.

use app::{
    account::{
        ports::{Accounts, SignedIn},
        types::{MailedLink, MergedCart},
    },
    contact::Contact,
    email::{EmailFault, is_email},
    error::{ShopError, ShopResult},
    identity::Account,
    visitor::Visitor,
};
use async_trait::async_trait;

use super::{
    AccountService, change, check_email,
    checked::{check_new, wrong_email},
    checked_name, chosen,
    links::{self, Purpose},
    networks, normal, password, refuse, session_list, store, wrong_sign_in,
};
use crate::{
    error::{Error, Result},
    outbox::Mail,
    security_events::{Kind, Who},
};

/// Longest e-mail address there can be, in bytes (RFC 5321).
const MAX_EMAIL: usize = 254;

const fn purpose(link: MailedLink) -> Purpose {
    match link {
        MailedLink::SignUp => Purpose::SignUp,
        MailedLink::Reset => Purpose::Reset,
        MailedLink::Verify => Purpose::Verify,
    }
}

#[async_trait]
impl Accounts for AccountService {
    async fn sign_in(&self, client: &str, email: &str, password: &str) -> ShopResult<SignedIn> {
        let (typed, email) = (email, normal(email));
        if email.len() > MAX_EMAIL {
            let who = Who::Mailbox(&email);
            self.events.note(Kind::SignInRefused, who).await;
            return Err(wrong_sign_in());
        }
        let limit = self.limits.sign_in(client, &email);
        self.within(limit, Who::Mailbox(&email)).await?;
        let found = store::by_email(&self.db, typed).await?;
        let id = found.as_ref().map(|(account, _)| account.id.as_str());
        let who = id.map_or(Who::Mailbox(&email), Who::Account);
        if !networks::is_known(&self.db, id, client).await? {
            let limit = self.limits.stranger(&email);
            self.within(limit, who).await?;
        }
        let hash = found.as_ref().map(|(_, hash)| hash.clone());
        let known = self
            .known_by(id.unwrap_or_default(), hash, password)
            .await?;
        match (found, known) {
            (Some((account, _)), Some(hash)) => self.open_session(account, &hash).await,
            (Some((account, _)), None) => {
                let kind = Kind::SignInRefused;
                self.events.note_stranger(kind, &account).await;
                Err(wrong_sign_in())
            }
            (None, _) => {
                let who = Who::Mailbox(&email);
                self.events.note(Kind::SignInRefused, who).await;
                Err(wrong_sign_in())
            }
        }
    }

    async fn sign_out(&self, session: &str) -> ShopResult<()> {
        if let Some(account) = store::close_session(&self.db, session).await? {
            self.events.note_of(Kind::SignOut, &account).await;
        }
        Ok(())
    }

    async fn complete_sign_in(
        &self,
        visitor: &Visitor,
        session: &str,
        account: &Account,
    ) -> ShopResult<MergedCart> {
        if let Some(old) = &visitor.session {
            store::close_session(&self.db, old).await?;
        }
        let now = self.clock.now();
        let noting: Result<()> = async {
            let mut tx = self.db.begin().await?;
            session_list::set_device(&mut tx, session, &visitor.device).await?;
            networks::remember(&mut tx, now, &account.id, &visitor.client).await?;
            // A new account begins with the language of the page it was made on.
            store::begin_language(&mut tx, &account.id, visitor.language.locale).await?;
            tx.commit().await.map_err(Error::from)
        }
        .await;
        noting?;
        Ok(self.join(visitor, account, now).await?)
    }

    async fn setup_is_open(&self, token: &str) -> ShopResult<bool> {
        Ok(store::setup_is_open(&self.db, self.clock.now(), token).await?)
    }

    async fn set_up(
        &self,
        token: &str,
        email: &str,
        password: &str,
    ) -> ShopResult<(String, Account)> {
        let now = self.clock.now();
        let email = normal(email);
        if !store::setup_is_open(&self.db, now, token).await? {
            return Err(ShopError::not_found());
        }
        self.limit_new_password(token, Who::Nobody).await?;
        let shop = self.settings.now_or_last().await;
        check_new(&shop.name, &email, password).await?;
        let hash = password::hash(password.to_owned()).await?;
        let account = store::set_up(&self.db, now, token, &email, &hash)
            .await?
            .ok_or_else(ShopError::not_found)?;
        self.open_first_session(account, &hash).await
    }

    async fn ask_sign_up(&self, client: &str, email: &str) -> ShopResult<()> {
        // Whether there is an account is looked up when the mail is written: the answer, and the
        // time it takes, cannot depend on it.
        let email = normal(email);
        refuse(check_email(&email))?;
        self.limit_mailbox(client, &email).await?;
        Ok(self.queue(&Mail::SignUp { email }).await?)
    }

    async fn ask_sign_up_with(
        &self,
        client: &str,
        contact: &Contact,
        password: &str,
    ) -> ShopResult<String> {
        let email = normal(&contact.email);
        self.limit_new_password(&email, Who::Mailbox(&email))
            .await?;
        // Of an order nothing more is asked for than the password.
        let name = checked_name(&contact.name).unwrap_or_default();
        let weak = self.check_password("password", password, &email, &name);
        refuse([check_email(&email), weak.await?].into_iter().flatten())?;
        self.limit_mailbox(client, &email).await?;
        let hash = password::hash(password.to_owned()).await?;
        let wanted = chosen::NewAccount {
            email: &email,
            name: &name,
            password_hash: &hash,
        };
        Ok(self.keep_chosen(wanted).await?)
    }

    async fn has_chosen(&self, secret: &str, email: &str) -> ShopResult<bool> {
        Ok(chosen::is_there(&self.db, self.clock.now(), secret, email).await?)
    }

    async fn sign_up_as_chosen(
        &self,
        token: &str,
        secret: &str,
    ) -> ShopResult<Option<(String, Account)>> {
        match chosen::sign_up(&self.db, self.clock.now(), token, secret).await? {
            Some(made) => {
                let opened = self.open_first_session(made.account, &made.hash);
                Ok(Some(opened.await?))
            }
            None => Ok(None),
        }
    }

    async fn ask_reset(&self, client: &str, email: &str) -> ShopResult<()> {
        let (typed, email) = (email.trim().to_lowercase(), normal(email));
        // An account may have an address from before that our mail server takes.
        refuse((!is_email(&email)).then(|| wrong_email(EmailFault::NoAddress)))?;
        self.limit_mailbox(client, &email).await?;
        let mail = Mail::PasswordReset {
            typed: (typed != email).then_some(typed),
            email: email.clone(),
        };
        self.queue(&mail).await?;
        let who = Who::Mailbox(&email);
        self.events.note(Kind::ResetAsked, who).await;
        Ok(())
    }

    async fn mailed_to(&self, link: MailedLink, token: &str) -> ShopResult<String> {
        match links::find(&self.db, self.clock.now(), purpose(link), token).await? {
            Some(link) => Ok(link.email),
            None => Err(self.no_such_link(link).await),
        }
    }

    async fn sign_up(
        &self,
        token: &str,
        name: &str,
        password: &str,
    ) -> ShopResult<(String, Account)> {
        let email = self.mailed_to(MailedLink::SignUp, token).await?;
        self.limit_new_password(token, Who::Mailbox(&email)).await?;
        let (name, wrong_name) = match checked_name(name) {
            Ok(name) => (name, None),
            Err(error) => (String::new(), Some(error)),
        };
        let weak = self.check_password("password", password, &email, &name);
        refuse([wrong_name, weak.await?].into_iter().flatten())?;
        let hash = password::hash(password.to_owned()).await?;
        let account = change::sign_up(&self.db, self.clock.now(), token, &name, &hash)
            .await?
            .ok_or_else(ShopError::not_found)?;
        self.open_first_session(account, &hash).await
    }

    async fn reset(&self, client: &str, token: &str, password: &str) -> ShopResult<()> {
        let email = self.mailed_to(MailedLink::Reset, token).await?;
        self.limit_new_password(token, Who::Mailbox(&email)).await?;
        let weak = self.check_password("password", password, &email, "");
        refuse(weak.await?)?;
        let hash = password::hash(password.to_owned()).await?;
        match change::reset(&self.db, self.clock.now(), client, token, &hash).await? {
            Some(account) => {
                let who = Who::Account(&account.id);
                self.events.note(Kind::ResetUsed, who).await;
                Ok(())
            }
            None => Err(self.no_such_link(MailedLink::Reset).await),
        }
    }

    async fn verify(&self, account: &Account, token: &str) -> ShopResult<()> {
        match change::verify(&self.db, self.clock.now(), &account.id, token).await? {
            Some(change::Verified::Moved) => {
                let who = Who::Account(&account.id);
                self.events.note(Kind::EmailChanged, who).await;
                Ok(())
            }
            Some(change::Verified::Confirmed) => Ok(()),
            None => Err(ShopError::not_found()),
        }
    }
}
