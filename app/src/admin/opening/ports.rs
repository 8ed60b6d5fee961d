//! What the server provides to the checklist.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    error::ShopResult,
    identity::Account,
    shop::{Opening, shop},
};

crate::words! {
    /// What is to be done before a shop opens.
    pub enum Item {
        Seller = "seller",
        Pages = "pages",
        Payment = "payment",
        Mail = "mail",
        Delivery = "delivery",
        Tax = "tax",
        Product = "product",
    }
}

crate::words! {
    /// Kinds of pages that a seller in the European Union has to have.
    pub enum LegalPage {
        Imprint = "imprint",
        Privacy = "privacy",
        Terms = "terms",
        Withdrawal = "withdrawal",
    }
}

/// What has become of the last test e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestMail {
    /// None was sent.
    Unsent,
    Waiting,
    Sent,
    Failed,
}

/// What has been done, and what has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    pub opening: Opening,
    pub done: Vec<Item>,
    /// Those that shoppers do not see.
    pub missing_pages: Vec<LegalPage>,
    pub test_mail: TestMail,
    /// Names of the shipping methods.
    pub shipping: Vec<String>,
    /// Into how many countries the shop delivers.
    pub countries: usize,
    /// Percent times 100, contained in prices.
    pub tax_basis_points: i64,
    /// Whether the seller has said in which country they are.
    pub knows_country: bool,
    pub is_in_eu: bool,
}

impl Checklist {
    pub fn is_done(&self, item: Item) -> bool {
        self.done.contains(&item)
    }

    pub fn is_complete(&self) -> bool {
        Item::ALL.into_iter().all(|item| self.is_done(item))
    }

    /// Whether the checkout may be opened: the law of the European Union asks for all of it.
    pub fn may_open(&self) -> bool {
        self.is_complete() || (self.knows_country && !self.is_in_eu)
    }
}

#[async_trait]
pub trait OpeningAdmin: Send + Sync {
    async fn checklist(&self) -> ShopResult<Checklist>;
    /// To the admin's own address. A `conflict` while one is on its way.
    async fn send_test_mail(&self, actor: &Account) -> ShopResult<()>;
    /// `item` is one that nothing but a person can tell; e-mails count as arriving only after a test
    /// e-mail was sent.
    async fn confirm(&self, actor: &Account, item: &str) -> ShopResult<()>;
    /// A `conflict` as long as [`Checklist::may_open`] says no. When this returns, every node takes
    /// orders.
    async fn open(&self, actor: &Account) -> ShopResult<()>;
    async fn end_demonstration(&self, actor: &Account) -> ShopResult<()>;
}

/// See [`OpeningAdmin`].
pub fn opening_admin() -> Arc<dyn OpeningAdmin> {
    shop().port()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checklist(done: &[Item]) -> Checklist {
        Checklist {
            opening: Opening::Preparing,
            done: done.to_vec(),
            missing_pages: LegalPage::ALL.to_vec(),
            test_mail: TestMail::Unsent,
            shipping: Vec::new(),
            countries: 0,
            tax_basis_points: 1900,
            knows_country: true,
            is_in_eu: true,
        }
    }

    #[test]
    fn a_seller_in_the_union_opens_when_everything_is_done_and_not_before() {
        assert!(checklist(&Item::ALL).may_open());
        for missing in 0..Item::ALL.len() {
            let mut done = Item::ALL.to_vec();
            done.remove(missing);
            assert!(!checklist(&done).may_open(), "{missing}");
            let elsewhere = Checklist {
                is_in_eu: false,
                ..checklist(&done)
            };
            assert!(elsewhere.may_open());
            let nowhere = Checklist {
                knows_country: false,
                ..elsewhere
            };
            assert!(!nowhere.may_open());
        }
    }
}
