use app::{account::types::Address, identity::Role, orders::types::OrderRow};

use crate::admin::product_filter::Cursor;

/// Which customers a list begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum List {
    /// Who ordered something, by the newest order.
    #[default]
    Buyers,
    /// Who has an account, newest first.
    Accounts,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    pub list: List,
    /// Part of a name or e-mail address.
    pub text: Option<String>,
    pub cursor: Option<Cursor>,
}

/// The account of a customer who has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerAccount {
    pub id: String,
    pub role: Role,
    pub is_verified: bool,
    /// Milliseconds since 1970.
    pub created_at: i64,
}

/// A customer with what their orders come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Of the account; a guest is known by the id of one of their orders. Never an e-mail address: it
    /// is in addresses of pages.
    pub id: String,
    pub email: String,
    /// The account's, or that of the newest order; may be empty.
    pub name: String,
    pub account: Option<CustomerAccount>,
    pub orders: i64,
    /// What came of orders that are not cancelled, less refunds, in minor units of the shop's currency.
    pub spent_minor: i64,
    /// Milliseconds since 1970.
    pub last_order_at: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerTable {
    pub rows: Vec<CustomerRow>,
    /// Where the pages around this one begin.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A customer with a page of their orders, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub row: CustomerRow,
    pub has_second_factor: bool,
    /// The account's address book.
    pub addresses: Vec<Address>,
    /// How many devices are signed in to the account.
    pub sessions: usize,
    pub orders: Vec<OrderRow>,
    pub before: Option<String>,
    pub after: Option<String>,
}
