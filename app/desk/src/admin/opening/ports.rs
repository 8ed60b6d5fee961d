//! What the server provides to the checklist.

use std::sync::Arc;

use app::{
    error::ShopResult,
    identity::Account,
    shop::{Opening, PaymentMode, shop},
};
use async_trait::async_trait;

app::words! {
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

app::words! {
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

/// How shoppers can pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paying {
    /// With the test card, which takes no money.
    TestCard,
    /// At the page of a provider that is asked with a key for tests, which takes none either.
    TestKey,
    Nothing,
    Cash,
    Card,
    CashAndCard,
    /// By bank transfer, and in no other way.
    Transfer,
}

/// Which methods are on, of those that this shop can have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TurnedOn {
    pub test_card: bool,
    pub card: bool,
    pub cash: bool,
    pub transfer: bool,
}

impl Paying {
    pub const fn of(mode: PaymentMode, on: TurnedOn) -> Self {
        match (mode, on.card, on.cash) {
            (PaymentMode::Demo, ..) if on.test_card => Self::TestCard,
            (PaymentMode::Test | PaymentMode::Demo, true, _) => Self::TestKey,
            (PaymentMode::Real, true, true) => Self::CashAndCard,
            (PaymentMode::Real, true, false) => Self::Card,
            (_, false, true) => Self::Cash,
            (_, false, false) if on.transfer => Self::Transfer,
            (_, false, false) => Self::Nothing,
        }
    }

    /// Whether money comes in, and nothing else does.
    pub const fn is_for_real(self) -> bool {
        match self {
            Self::TestCard | Self::TestKey | Self::Nothing => false,
            Self::Cash | Self::Card | Self::CashAndCard | Self::Transfer => true,
        }
    }
}

/// What has been done, and what has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    pub opening: Opening,
    /// Of the settings that this tells of.
    pub settings_version: i64,
    pub done: Vec<Item>,
    /// Those that shoppers do not see.
    pub missing_pages: Vec<LegalPage>,
    pub test_mail: TestMail,
    pub paying: Paying,
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
    /// e-mail was sent. `version` is that of the settings that were shown: a `conflict` if they are others
    /// now.
    async fn confirm(&self, actor: &Account, item: &str, version: &str) -> ShopResult<()>;
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
            settings_version: 0,
            done: done.to_vec(),
            missing_pages: LegalPage::ALL.to_vec(),
            test_mail: TestMail::Unsent,
            paying: Paying::Cash,
            shipping: Vec::new(),
            countries: 0,
            tax_basis_points: 1900,
            knows_country: true,
            is_in_eu: true,
        }
    }

    #[test]
    fn what_takes_no_money_is_no_way_to_pay_in_a_real_shop() {
        use PaymentMode::{Demo, Real, Test};
        for (mode, card, test_card, cash, expected) in [
            (Demo, false, true, true, Paying::TestCard),
            (Demo, true, true, true, Paying::TestCard),
            (Demo, true, false, true, Paying::TestKey),
            (Demo, false, false, true, Paying::Cash),
            (Test, true, true, true, Paying::TestKey),
            (Test, false, true, true, Paying::Cash),
            (Real, false, true, true, Paying::Cash),
            (Real, false, true, false, Paying::Nothing),
            (Real, true, true, true, Paying::CashAndCard),
            (Real, true, true, false, Paying::Card),
        ] {
            let on = TurnedOn {
                test_card,
                card,
                cash,
                transfer: false,
            };
            let paying = Paying::of(mode, on);
            assert_eq!(paying, expected, "{mode:?} {on:?}");
            let takes_none = [Paying::TestCard, Paying::TestKey, Paying::Nothing];
            assert_eq!(paying.is_for_real(), !takes_none.contains(&paying));
        }
        let transfer = TurnedOn {
            transfer: true,
            ..TurnedOn::default()
        };
        assert_eq!(Paying::of(Real, transfer), Paying::Transfer);
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
