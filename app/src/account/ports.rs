//! What the server provides for accounts.

use std::sync::Arc;

use async_trait::async_trait;

use super::types::{Address, MailedLink, MergedCart, OwnOrderRow, Profile, SessionRow};
use crate::{
    answers::Paged, contact::Contact, error::ShopResult, identity::Account, orders::types::Order,
    shop::shop, visitor::Visitor,
};

/// What the right password leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// The value for the session cookie and whose session it is.
    Open(String, Account),
    /// The account has a second factor: the value for the cookie that names the sign-in until a code
    /// is entered.
    CodeNeeded(String),
}

/// The ways in and out.
#[async_trait]
pub trait Accounts: Send + Sync {
    async fn sign_in(&self, client: &str, email: &str, password: &str) -> ShopResult<SignedIn>;
    async fn sign_out(&self, session: &str) -> ShopResult<()>;
    /// What follows every way of signing in: the visitor's session from before ends, and what lay
    /// in their cart goes into the account's.
    async fn complete_sign_in(
        &self,
        visitor: &Visitor,
        session: &str,
        account: &Account,
    ) -> ShopResult<MergedCart>;

    /// Whether a one-time set-up address is good, without using it up.
    async fn setup_is_open(&self, token: &str) -> ShopResult<bool>;
    /// Makes the first admin and signs them in.
    async fn set_up(
        &self,
        token: &str,
        email: &str,
        password: &str,
    ) -> ShopResult<(String, Account)>;

    /// Mails a link that makes an account. The answer is the same whether or not there is one.
    async fn ask_sign_up(&self, client: &str, email: &str) -> ShopResult<()>;
    /// The same for who has ordered with this contact and chooses a password at once. Returns the secret that
    /// names it: it counts in the browser that has it, once the link in the mail is opened there.
    async fn ask_sign_up_with(
        &self,
        client: &str,
        contact: &Contact,
        password: &str,
    ) -> ShopResult<String>;
    /// Whether a password was chosen for this address in the browser with the secret.
    async fn has_chosen(&self, secret: &str, email: &str) -> ShopResult<bool>;
    /// Makes the account a mailed link is for with the password that was chosen before, and signs in; none
    /// if there is no such password.
    async fn sign_up_as_chosen(
        &self,
        token: &str,
        secret: &str,
    ) -> ShopResult<Option<(String, Account)>>;
    /// Mails a link for a new password. The answer is the same whether or not there is an account.
    async fn ask_reset(&self, client: &str, email: &str) -> ShopResult<()>;
    /// The address a mailed link went to, without using it up; `not_found` if it is not good.
    async fn mailed_to(&self, link: MailedLink, token: &str) -> ShopResult<String>;
    /// Makes the account a mailed link is for and signs in.
    async fn sign_up(
        &self,
        token: &str,
        name: &str,
        password: &str,
    ) -> ShopResult<(String, Account)>;
    /// Sets a new password and ends all of the account's sessions.
    async fn reset(&self, client: &str, token: &str, password: &str) -> ShopResult<()>;
    /// Makes the address a mailed link went to the account's proven one. The account is the one
    /// that asked for the link.
    async fn verify(&self, account: &Account, token: &str) -> ShopResult<()>;
}

/// What people do with their own account. Whose it is comes from the session, never from a form.
#[async_trait]
pub trait OwnAccount: Send + Sync {
    async fn profile(&self, account: &Account) -> ShopResult<Profile>;
    async fn rename(&self, account: &Account, name: &str) -> ShopResult<()>;
    /// Sets what the admin area and e-mails are in: `code` is that of a language of the shop.
    async fn choose_language(&self, account: &Account, code: &str) -> ShopResult<()>;
    /// Mails a link that proves the account's address.
    async fn ask_verify(&self, account: &Account) -> ShopResult<()>;
    /// Mails a link to a new address, which counts from when it is opened.
    async fn ask_email(&self, account: &Account, password: &str, email: &str) -> ShopResult<()>;
    /// Ends all of the account's sessions and returns the value of a new one.
    async fn change_password(
        &self,
        account: &Account,
        current: &str,
        new: &str,
    ) -> ShopResult<String>;

    /// The default one first.
    async fn addresses(&self, account: &Account) -> ShopResult<Vec<Address>>;
    async fn address(&self, account: &Account, id: &str) -> ShopResult<Address>;
    /// Changes an address, or adds one if `id` is none; returns its id. The first one is the
    /// default whatever is said. The contact's e-mail address is not looked at.
    async fn save_address(
        &self,
        account: &Account,
        id: Option<&str>,
        contact: Contact,
        standing: AddressRole,
    ) -> ShopResult<String>;
    async fn delete_address(&self, account: &Account, id: &str) -> ShopResult<()>;

    /// Newest use first; `session` is the one that asks.
    async fn sessions(&self, account: &Account, session: &str) -> ShopResult<Vec<SessionRow>>;
    /// Both ask for the password: a thief of a session is not to throw its owner out.
    async fn end_session(&self, account: &Account, id: &str, password: &str) -> ShopResult<()>;
    async fn end_other_sessions(
        &self,
        account: &Account,
        session: &str,
        password: &str,
    ) -> ShopResult<()>;

    /// Erases the account with all that is kept of it besides its orders.
    async fn close(&self, account: &Account, password: &str) -> ShopResult<()>;
}

/// What an address is to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressRole {
    /// The checkout begins with it.
    Default,
    /// As before; a new one is one of several.
    Unchanged,
}

/// Orders of the account that is signed in. Someone else's is `not_found`.
#[async_trait]
pub trait OwnOrders: Send + Sync {
    /// Newest first.
    async fn list(&self, account: &Account, page: i64) -> ShopResult<Paged<OwnOrderRow>>;
    async fn order(&self, account: &Account, id: &str) -> ShopResult<Order>;
    /// Cancels an order that is not packed.
    async fn cancel(&self, account: &Account, id: &str) -> ShopResult<Order>;
    /// Puts what is still sold into the cart.
    async fn again(&self, account: &Account, cart: Option<&str>, id: &str)
    -> ShopResult<Reordered>;
}

/// What became of an order that was to be ordered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reordered {
    /// Of the cart.
    pub token: String,
    pub outcome: super::types::OrderedAgain,
}

/// See [`Accounts`].
pub fn accounts() -> Arc<dyn Accounts> {
    shop().port()
}

/// See [`OwnAccount`].
pub fn own_account() -> Arc<dyn OwnAccount> {
    shop().port()
}

/// See [`OwnOrders`].
pub fn own_orders() -> Arc<dyn OwnOrders> {
    shop().port()
}
