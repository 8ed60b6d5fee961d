//! Why an order is not placed: what is wrong, which becomes words in the task of its shopper. A batch
//! is decided for shoppers of several languages.

use app::{
    countries,
    error::{ErrorKind, LineProblem, ShopError},
    locale::locale,
};

use crate::{
    buyer_limits::held::TooMuch,
    orders::text::Text,
    payment::{
        bank_transfer::settings::MOST_OPEN, cash::rules::CashProblem, methods::Misfit,
        too_many_transfers,
    },
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    EmptyCart,
    /// The checkout key belongs to the order of another cart.
    KeyOfAnotherOrder,
    /// There is no way to pay, as its shopper was told when it was looked at.
    Payment(ShopError),
    /// Some lines cannot be sold as they are; there is at least one.
    Lines(Vec<LineProblem>),
    /// Nothing is delivered to this country, named by its code.
    Country(String),
    /// No such shipping method.
    Shipping,
    TotalChanged,
    /// What is sold out to others is kept for this cart, and was offered to another mailbox.
    KeptForAnother,
    /// The shop takes no orders yet.
    NotOpen,
    /// It cannot be paid for in this way.
    Method(Misfit),
    /// It cannot be paid for on delivery.
    Cash(CashProblem),
    /// Too many orders of its shopper wait for a bank transfer.
    OpenTransfers,
    /// It would hold too many units until it is paid for.
    Held(TooMuch),
    /// Too many orders are waiting.
    Overloaded,
}

impl Refusal {
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::EmptyCart => ErrorKind::EmptyCart,
            Self::KeyOfAnotherOrder => ErrorKind::Conflict,
            Self::Payment(refusal) => refusal.kind,
            Self::Lines(lines) => lines.first().map_or(ErrorKind::Conflict, |line| line.kind),
            Self::Country(_)
            | Self::Shipping
            | Self::Method(_)
            | Self::Cash(_)
            | Self::KeptForAnother
            | Self::OpenTransfers => ErrorKind::Invalid,
            Self::Held(_) => ErrorKind::LimitReached,
            Self::TotalChanged => ErrorKind::TotalChanged,
            Self::NotOpen => ErrorKind::NotOpen,
            Self::Overloaded => ErrorKind::Busy,
        }
    }

    /// In the language of the request at hand.
    pub fn told(self) -> ShopError {
        let text = Text::from(locale());
        let kind = self.kind();
        match self {
            Self::EmptyCart => ShopError::of(kind),
            Self::KeyOfAnotherOrder => ShopError::new(kind, text.key_of_another_order()),
            Self::Payment(refusal) => refusal,
            Self::Lines(lines) => ShopError::lines(lines),
            Self::Country(code) => ShopError::fields(vec![countries::not_delivered_to(&code)]),
            Self::Shipping => ShopError::field("shipping", text.choose_shipping()),
            Self::TotalChanged => ShopError::new(kind, text.total_has_changed()),
            Self::KeptForAnother => ShopError::field("email", text.unit_of_another_address()),
            Self::NotOpen => ShopError::of(kind),
            Self::Method(Misfit::Off) => ShopError::field("payment", text.choose_payment()),
            Self::Method(misfit) => misfit.told(),
            Self::Cash(problem) => problem.told(),
            Self::OpenTransfers => too_many_transfers(MOST_OPEN),
            Self::Held(TooMuch::Together) => ShopError::new(kind, text.too_much_held()),
            Self::Held(TooMuch::Alone { most }) => {
                ShopError::new(kind, text.too_much_in_one_order(most))
            }
            Self::Overloaded => ShopError::new(kind, text.too_many_orders()),
        }
    }
}

#[cfg(test)]
mod tests {
    use app::{
        error::BuyerLimit,
        locale::{Languages, Locale, within},
    };

    use super::*;

    #[tokio::test]
    async fn a_refusal_is_told_in_the_language_of_the_task() {
        let languages = Languages::parse("en,de").unwrap();
        let line = LineProblem {
            variant_id: "v".to_owned(),
            kind: ErrorKind::Insufficient,
            title: "Rope".to_owned(),
            available: 2,
            price_minor: 100,
            seen_price_minor: 100,
            limit: None,
        };
        let limited = LineProblem {
            kind: ErrorKind::LimitReached,
            limit: Some(BuyerLimit {
                units: 2,
                ordered: Some(1),
            }),
            ..line.clone()
        };
        for refusal in [
            Refusal::EmptyCart,
            Refusal::KeyOfAnotherOrder,
            Refusal::Lines(vec![line.clone()]),
            Refusal::Lines(vec![limited]),
            Refusal::Lines(vec![line.clone(), line]),
            Refusal::Country("US".to_owned()),
            Refusal::Shipping,
            Refusal::TotalChanged,
            Refusal::KeptForAnother,
            Refusal::NotOpen,
            Refusal::Method(Misfit::Off),
            Refusal::Method(Misfit::TooLow {
                lowest_minor: 100,
                currency: "EUR".to_owned(),
            }),
            Refusal::Method(Misfit::TooHigh {
                highest_minor: 100,
                currency: "EUR".to_owned(),
            }),
            Refusal::Method(Misfit::Country {
                code: "DE".to_owned(),
            }),
            Refusal::Cash(CashProblem::Prepaid),
            Refusal::OpenTransfers,
            Refusal::Held(TooMuch::Together),
            Refusal::Held(TooMuch::Alone { most: 1000 }),
            Refusal::Cash(CashProblem::TooManyOpen { most: 3 }),
            Refusal::Overloaded,
        ] {
            let told = async |locale| {
                let refusal = refusal.clone();
                within(languages.closest(locale), async { refusal.told() }).await
            };
            let (english, german) = (told(Locale::En).await, told(Locale::De).await);
            assert_eq!(english.kind, refusal.kind());
            assert_eq!(german.kind, refusal.kind());
            assert_eq!(english.lines, german.lines);
            assert_ne!(english.message, german.message);
        }
    }
}
