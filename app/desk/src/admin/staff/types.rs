use app::identity::Role;
use serde::{Deserialize, Serialize};

/// Someone who works in the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Of the account.
    pub id: String,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// When one of their sessions was last used; none if they are signed in nowhere.
    pub last_seen_at: Option<i64>,
    pub has_second_factor: bool,
}

/// Someone who was asked to, and has not answered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: String,
    pub email: String,
    pub role: Role,
    /// E-mail address of the admin who did it.
    pub invited_by: String,
    /// Milliseconds since 1970.
    pub expires_at: i64,
}

/// Admins first, then by address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaffList {
    pub members: Vec<Member>,
    /// Good ones, newest first.
    pub invitations: Vec<Invitation>,
}

/// What a mailed invitation offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub email: String,
    pub role: Role,
    /// Whether there is an account with this address, which then gets the role.
    pub has_account: bool,
}

/// Answer to a change of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChanged {
    pub id: String,
    pub role: Role,
}
