//! Bank transfers: orders that wait for their money for days, and what the staff finds on the account.

mod cart_first;
mod confirming;
mod matching;
mod pages;
mod settings;
mod waiting;

use app::{checkout::types::PaymentInput, identity::Account};
use desk::admin::{bank::ports::BankForm, transfers::ports::NewTransfer};

use crate::support::{Goods, Stocked, TestShop};

pub const IBAN: &str = "DE89 3704 0044 0532 0130 00";

/// Ten ropes at 10.00.
pub async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

pub fn transfer() -> PaymentInput {
    PaymentInput {
        method: "bank_transfer".to_owned(),
        card_number: String::new(),
    }
}

pub fn form(version: i64) -> BankForm {
    BankForm {
        version: version.to_string(),
        holder: "Lamp & Rope Ltd".to_owned(),
        iban: IBAN.to_owned(),
        bic: String::new(),
        bank: "Harbour Bank".to_owned(),
        days: "7".to_owned(),
    }
}

/// Sets the account up and turns bank transfers on, and tells who did.
pub async fn set_up(shop: &TestShop) -> Account {
    let admin = shop.admin().await;
    shop.shop().bank.save(&admin, form(1)).await.unwrap();
    shop.execute("UPDATE payment_methods SET is_on = 1 WHERE method = 'bank_transfer'")
        .await;
    admin
}

pub fn came(amount: &str, key: &str) -> NewTransfer {
    NewTransfer {
        amount: amount.to_owned(),
        day: "2026-11-28".to_owned(),
        note: String::new(),
        key: key.to_owned(),
    }
}

/// As `server check` does.
pub async fn books_agree(shop: &TestShop) {
    assert_eq!(server::orders::check::check(shop.db()).await.unwrap(), []);
}
