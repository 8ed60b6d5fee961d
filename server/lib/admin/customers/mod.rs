//! Customers, found by their account or, for guests, by any of their orders.
//!
//! There is no table of them: an account is one, and so is every e-mail address that orders were
//! placed with and no account has proven to be its own.

mod erase;
mod export;
mod list;
mod mails;
mod sign_out;
mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_customers_text.rs"));
}
mod who;

use std::sync::Arc;

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    identity::{Account, Role},
    locale::locale,
};
use async_trait::async_trait;
use desk::admin::{
    customers::{
        ports::Customers,
        types::{Customer, CustomerAccount, CustomerFilter, CustomerTable},
    },
    product_filter::Cursor,
};
use who::Who;

use crate::{
    account::{AccountService, addresses, normal, second_factor, session_list},
    clock::Clock,
    error::Result,
    security_events::{self, Kind},
    settings::Settings,
    store::Store,
};

/// What is said to those who are refused, in their language.
fn said() -> text::Text {
    text::Text::from(locale())
}

pub struct CustomerService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    accounts: Arc<AccountService>,
}

impl CustomerService {
    pub fn new(
        db: Store,
        clock: Arc<dyn Clock>,
        settings: Settings,
        accounts: Arc<AccountService>,
    ) -> Self {
        Self {
            db,
            clock,
            settings,
            accounts,
        }
    }

    async fn found(&self, id: &str) -> ShopResult<Who> {
        let mut connection = self.db.connection().await?;
        who::find(&mut connection, id)
            .await?
            .ok_or_else(ShopError::not_found)
    }
}

/// Since when the account has a second factor.
async fn second_factor_since(db: &Store, account_id: &str) -> Result<Option<i64>> {
    let factor = second_factor::store::read(db, account_id).await?;
    Ok(factor.and_then(|factor| factor.confirmed_at))
}

#[async_trait]
impl Customers for CustomerService {
    async fn list(&self, filter: &CustomerFilter) -> ShopResult<CustomerTable> {
        let currency = &self.settings.now().await?.currency;
        Ok(list::list(&self.db, currency, filter).await?)
    }

    async fn customer(&self, id: &str, cursor: Option<Cursor>) -> ShopResult<Customer> {
        let who = self.found(id).await?;
        let currency = &self.settings.now().await?.currency;
        let page = list::orders(&self.db, &who, cursor.as_ref()).await?;
        let (addresses, sessions, has_second_factor) = match &who.account {
            Some(account) => (
                addresses::list(&self.db, &account.id).await?,
                session_list::list(&self.db, self.clock.now(), &account.id, "")
                    .await?
                    .len(),
                second_factor_since(&self.db, &account.id).await?.is_some(),
            ),
            None => (Vec::new(), 0, false),
        };
        Ok(Customer {
            has_second_factor,
            row: list::one(&self.db, currency, &who, id).await?,
            addresses,
            sessions,
            orders: page.rows,
            before: page.before,
            after: page.after,
        })
    }

    async fn export(&self, actor: &Account, id: &str) -> ShopResult<String> {
        let who = self.found(id).await?;
        Ok(export::export(&self.db, self.clock.now(), actor, &who, id).await?)
    }

    async fn sign_out(&self, actor: &Account, id: &str) -> ShopResult<()> {
        let account = self.found(id).await?.account;
        let account = account.ok_or_else(ShopError::not_found)?;
        if account.id == actor.id {
            return Err(ShopError::new(ErrorKind::Conflict, said().own_account()));
        }
        if sign_out::sign_out(&self.db, self.clock.now(), actor, &account.id).await? > 0 {
            let who = security_events::Who::Account(&account.id);
            let events = self.accounts.events();
            events.note(Kind::SessionsEndedByStaff, who).await;
        }
        Ok(())
    }

    async fn erase(&self, actor: &Account, id: &str, email: &str) -> ShopResult<()> {
        let who = self.found(id).await?;
        if normal(email) != normal(&who.email) {
            return Err(ShopError::field("email", said().wrong_email()));
        }
        let is_staff = |account: &CustomerAccount| account.role > Role::Customer;
        if who.account.as_ref().is_some_and(is_staff) {
            return Err(erase::on_the_staff());
        }
        erase::erase(&self.db, self.clock.now(), actor, &who, id).await?;
        if let Some(account) = &who.account {
            let who = security_events::Who::Account(&account.id);
            let events = self.accounts.events();
            events.note(Kind::AccountClosed, who).await;
        }
        Ok(())
    }
}
