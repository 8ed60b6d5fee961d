use std::sync::Arc;

use app::{
    account::ports::SignedIn,
    error::ShopResult,
    identity::{Account, Role},
    shop::shop,
};
use async_trait::async_trait;

use super::types::{Offer, RoleChanged, StaffList};

/// Who may work in the shop. Every change is audited.
#[async_trait]
pub trait StaffAdmin: Send + Sync {
    async fn list(&self) -> ShopResult<StaffList>;
    /// Mails a one-time link to someone who is not on the staff. Inviting an address again replaces
    /// the earlier invitation. `Customer` is no role to invite to.
    async fn invite(&self, actor: &Account, email: &str, role: Role) -> ShopResult<()>;
    /// Voids an invitation.
    async fn withdraw(&self, actor: &Account, id: &str) -> ShopResult<()>;
    /// Changes the role of someone on the staff and ends their sessions. `Conflict` for one's own
    /// role and for the last admin's.
    async fn set_role(&self, actor: &Account, id: &str, role: Role) -> ShopResult<RoleChanged>;

    /// Takes the second factor of another account away, on the staff or not, and signs it out
    /// everywhere; tells the account's role. `Conflict` for one's own and where there is none.
    async fn reset_second_factor(&self, actor: &Account, id: &str) -> ShopResult<Role>;

    /// What an invitation offers, without using it up; `not_found` if it is not good (any more).
    async fn offer(&self, token: &str) -> ShopResult<Offer>;
    /// Takes the role on: makes the account, or gives the role to the one there is if `password` is
    /// its password. Its sessions until now end; the answer is a new one, or a sign-in that waits for
    /// its code.
    async fn accept(&self, token: &str, name: &str, password: &str) -> ShopResult<SignedIn>;
}

/// See [`StaffAdmin`].
pub fn staff_admin() -> Arc<dyn StaffAdmin> {
    shop().port()
}
