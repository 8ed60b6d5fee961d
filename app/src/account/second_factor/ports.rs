use std::sync::Arc;

use async_trait::async_trait;

use super::types::{RecoveryCodes, SetUp};
use crate::{error::ShopResult, identity::Account, shop::shop, visitor::Visitor};

/// The state of an account's second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactorState {
    Off,
    /// It is being set up and counts for nothing until a code proves that an app has it.
    Pending(SetUp),
    On {
        /// Milliseconds since 1970.
        since: i64,
        /// Recovery codes that were not used.
        codes_left: i64,
    },
}

/// The second factor of accounts. Whose it is comes from the session, never from a form. Every change
/// is mailed to the owner, and the staff's are audited.
#[async_trait]
pub trait SecondFactors: Send + Sync {
    async fn state(&self, account: &Account) -> ShopResult<FactorState>;
    /// A new secret for an app. `Conflict` for who has a second factor.
    async fn begin(&self, account: &Account) -> ShopResult<SetUp>;
    /// Switches it on with a code of the app, and ends all sessions but this one.
    async fn switch_on(
        &self,
        account: &Account,
        session: &str,
        password: &str,
        code: &str,
    ) -> ShopResult<RecoveryCodes>;
    async fn switch_off(&self, account: &Account) -> ShopResult<()>;
    /// New recovery codes; those from before are void.
    async fn new_codes(&self, account: &Account) -> ShopResult<RecoveryCodes>;
    /// Takes a code in the visitor's session, which is [`Proof::FreshCode`] from then on. A code of
    /// the app works once, on whichever node, and so does a recovery code.
    async fn confirm(&self, visitor: &Visitor, code: &str) -> ShopResult<()>;

    /// Whether a sign-in waits for its code.
    async fn is_pending(&self, token: &str) -> ShopResult<bool>;
    /// The value for the session cookie and whose session it is. `SignInFailed` if the sign-in does
    /// not wait any more.
    async fn finish_sign_in(
        &self,
        client: &str,
        token: &str,
        code: &str,
    ) -> ShopResult<(String, Account)>;
}

/// See [`SecondFactors`].
pub fn second_factors() -> Arc<dyn SecondFactors> {
    shop().port()
}
