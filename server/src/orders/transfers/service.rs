//! The port behind the pages of bank transfers.

use app::{
    checkout::types::BANK_TRANSFER,
    error::{ErrorKind, FieldErrors, ShopError, ShopResult},
    faults::amount_words,
    identity::Account,
    money::parse_amount,
    orders::{ports::Orders, types::Order},
    text::line_fault,
    ui::date::day,
};
use async_trait::async_trait;
use desk::admin::transfers::{
    ports::{NewTransfer, TransferAdmin},
    types::{ToMatch, TransferDesk},
};

use super::{
    notes::Transfer,
    store::{self, Recorded},
};
use crate::{
    ids::{form_key, is_id, new_secret},
    orders::{OrderService, admin::said, short_numbers},
};

/// As of prices.
const MAX_AMOUNT: i64 = crate::catalog::write::draft::MAX_AMOUNT;
/// Longest note, in characters.
const MAX_NOTE: usize = 200;

/// The amount of a form, in minor units, or everything that is wrong with the form.
fn checked(new: &NewTransfer, currency: &str) -> ShopResult<i64> {
    let mut wrong = FieldErrors::default();
    let wanted = said().enter_an_amount();
    let amount = match parse_amount(&new.amount, currency) {
        Ok(minor) if (1..=MAX_AMOUNT).contains(&minor) => minor,
        Ok(_) => {
            wrong.add("amount", wanted);
            0
        }
        Err(error) => {
            wrong.add("amount", amount_words(&error, wanted));
            0
        }
    };
    if day(&new.day).is_none() {
        wrong.add("day", said().enter_a_day());
    }
    let note = new.note.trim();
    if let Some(fault) = line_fault(note, MAX_NOTE).filter(|_| !note.is_empty()) {
        wrong.add("note", fault.words(MAX_NOTE));
    }
    wrong.or(amount)
}

#[async_trait]
impl TransferAdmin for OrderService {
    async fn to_match(&self) -> ShopResult<ToMatch> {
        Ok(ToMatch {
            waiting: store::waiting(&self.staff_db).await?,
            to_return: store::to_return(&self.staff_db).await?,
        })
    }

    async fn order(&self, id: &str) -> ShopResult<TransferDesk> {
        let order = Orders::by_id(self, id).await?;
        if order.payment_method != BANK_TRANSFER {
            return Err(ShopError::not_found());
        }
        Ok(TransferDesk {
            short_number: short_numbers::of_order(&self.staff_db, id).await?,
            transfers: store::recorded(&self.staff_db, id).await?,
            form_key: new_secret(),
            now: self.clock.now(),
            order,
        })
    }

    async fn record(&self, actor: &Account, id: &str, new: NewTransfer) -> ShopResult<Order> {
        let order = Orders::by_id(self, id).await?;
        let transfer = Transfer {
            order_id: order.id,
            actor: actor.email.clone(),
            amount_minor: checked(&new, &order.currency)?,
            day: new.day.trim().to_owned(),
            note: new.note.trim().to_owned(),
            // Of a form without one, too, so that nothing is recorded twice if it has to be tried again.
            form_key: form_key(&new.key)?.map_or_else(new_secret, str::to_owned),
        };
        match self.transfers.record(transfer).await? {
            Recorded::Paid | Recorded::Noted => Orders::by_id(self, id).await,
            Recorded::NoOrder => Err(ShopError::not_found()),
            Recorded::NotByTransfer => Err(ShopError::new(
                ErrorKind::Conflict,
                said().no_transfer_order(),
            )),
        }
    }

    async fn returned(&self, actor: &Account, id: &str, transfer: &str) -> ShopResult<Order> {
        if !is_id(transfer) {
            return Err(ShopError::not_found());
        }
        store::returned(&self.staff_db, self.context(actor, id)?, transfer).await?;
        Orders::by_id(self, id).await
    }
}
