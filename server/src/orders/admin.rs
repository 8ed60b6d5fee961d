//! Orders as those who work on them use them: the port behind the admin's order pages.

use app::{
    error::{ErrorKind, FieldError, ShopError, ShopResult},
    identity::Account,
    locale::{Locale, locale},
    orders::{
        steps::{Action, Transition},
        types::{Order, OrderStatus, Parcel},
    },
    text::line_fault,
};
use async_trait::async_trait;
use desk::admin::orders::{
    ports::{NewNote, NewRefund, OrderAdmin, OrderTallies},
    types::{AdminOrder, Quote, RefundRequest},
};
use serde_json::json;

use super::{
    OrderService, confirm, details, disputes,
    events::{self, Audience},
    list, other_sums, payment_desk, read,
    refund::{self, RefundOutcome, Refunding},
    resend, short_numbers,
};
use crate::{
    audit_log,
    db::Tx,
    error::{Error, Result},
    ids::{form_key, is_id, new_secret},
    orders::{
        fulfilment::{self, ActionContext, FulfilmentAction},
        refund::pay_back::pay_back,
    },
    payment::{Charge, not_offered},
};

mod text {
    include!(concat!(env!("OUT_DIR"), "/orders_admin_text.rs"));
}

/// What is said to those who are refused, in their language.
pub(super) fn said() -> text::Text {
    text::Text::from(locale())
}

/// Longest note, in characters.
const MAX_NOTE: usize = 2000;
/// Longest name of a carrier and longest number of a parcel, in characters.
const MAX_PARCEL: usize = 80;

/// Why something cannot be done to an order in this status.
pub fn refused(status: OrderStatus, action: Action) -> ShopError {
    let message = if status.as_str() == action.done() {
        said().already_done(action.done())
    } else {
        said().wrong_step(action.done(), status.as_str())
    };
    ShopError::new(ErrorKind::Conflict, message)
}

/// Why something cannot be done to this order, though its status may allow it.
pub fn not_allowed(order: &Order, action: Action) -> ShopError {
    if order.status.allows(action) {
        ShopError::new(ErrorKind::Conflict, said().refund_the_rest())
    } else {
        refused(order.status, action)
    }
}

/// Notes a step of the staff's in the audit trail.
pub async fn audit_step(
    tx: &mut Tx,
    now: i64,
    actor: &str,
    order_id: &str,
    step: Transition,
) -> Result<()> {
    let action = match step {
        Transition::Confirm | Transition::ConfirmUnpaid => "order.confirm",
        Transition::Pay => "order.pay",
        Transition::Pack => "order.pack",
        Transition::Ship => "order.ship",
        Transition::Deliver => "order.deliver",
        Transition::CancelUnconfirmed | Transition::CancelUnpaid | Transition::CancelPaid => {
            "order.cancel"
        }
        Transition::RefundPaid
        | Transition::RefundPacked
        | Transition::RefundShipped
        | Transition::RefundDelivered => "order.refund",
    };
    audit_log::record(
        tx,
        now,
        actor,
        action,
        ("order", order_id),
        Some(json!({ "status": step.from().as_str() })),
        Some(json!({ "status": step.to().as_str() })),
    )
    .await
}

/// Trimmed, and short enough.
fn checked(parcel: Parcel) -> ShopResult<Parcel> {
    let parcel = Parcel {
        carrier: parcel.carrier.trim().to_owned(),
        tracking_number: parcel.tracking_number.trim().to_owned(),
    };
    let fields = [
        ("carrier", &parcel.carrier),
        ("tracking_number", &parcel.tracking_number),
    ];
    let wrong: Vec<FieldError> = fields
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .filter_map(|(field, text)| {
            let fault = line_fault(text, MAX_PARCEL)?;
            Some(FieldError {
                field: field.to_owned(),
                message: fault.words(MAX_PARCEL),
            })
        })
        .collect();
    match wrong.is_empty() {
        true => Ok(parcel),
        false => Err(ShopError::fields(wrong)),
    }
}

fn checked_note(text: &str) -> ShopResult<String> {
    let text = text.trim().replace("\r\n", "\n");
    match text.chars().count() {
        0..=MAX_NOTE => Ok(text),
        _ => Err(ShopError::field(
            "note",
            said().long_note(&MAX_NOTE.to_string()),
        )),
    }
}

impl OrderService {
    async fn advance(
        &self,
        actor: &Account,
        id: &str,
        what: FulfilmentAction,
    ) -> ShopResult<Order> {
        fulfilment::advance(&self.staff_db, self.context(actor, id)?, &what).await?;
        app::orders::ports::Orders::by_id(self, id).await
    }

    pub(super) fn context<'a>(
        &self,
        actor: &'a Account,
        id: &'a str,
    ) -> ShopResult<ActionContext<'a>> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        Ok(ActionContext {
            now: self.clock.now(),
            actor: &actor.email,
            order_id: id,
        })
    }
}

#[async_trait]
impl OrderAdmin for OrderService {
    async fn order(&self, id: &str) -> ShopResult<AdminOrder> {
        let order = app::orders::ports::Orders::by_id(self, id).await?;
        let mut short_number = short_numbers::of_order(&self.staff_db, id).await?;
        if short_number.is_none() {
            match short_numbers::draw(&self.staff_db).await {
                Ok(()) => short_number = short_numbers::of_order(&self.staff_db, id).await?,
                Err(error) => {
                    tracing::warn!(%error, "short numbers of orders will be drawn later");
                }
            }
        }
        Ok(AdminOrder {
            short_number,
            details: details::of_order(&self.staff_db, id).await?,
            events: events::of_order(&self.staff_db, id, Audience::Staff).await?,
            refunds: refund::of_order(&self.staff_db, id).await?,
            attempts: payment_desk::of_order(&self.staff_db, &self.payments, id).await?,
            other_sums: other_sums::of_order(&self.staff_db, id).await?,
            disputes: disputes::of_order(&self.staff_db, id).await?,
            form_key: new_secret(),
            order,
        })
    }

    async fn tallies(&self) -> ShopResult<OrderTallies> {
        Ok(list::tallies(&self.staff_db).await?)
    }

    async fn language(&self, id: &str) -> ShopResult<Locale> {
        let found = read::language(&self.staff_db, id).await?;
        found.ok_or_else(ShopError::not_found)
    }

    async fn confirm(&self, actor: &Account, id: &str) -> ShopResult<Order> {
        confirm::confirm_by_staff(&self.staff_db, self.context(actor, id)?).await?;
        app::orders::ports::Orders::by_id(self, id).await
    }

    async fn pack(&self, actor: &Account, id: &str) -> ShopResult<Order> {
        self.advance(actor, id, FulfilmentAction::Pack).await
    }

    async fn ship(&self, actor: &Account, id: &str, parcel: Parcel) -> ShopResult<Order> {
        self.advance(actor, id, FulfilmentAction::Ship(checked(parcel)?))
            .await
    }

    async fn deliver(&self, actor: &Account, id: &str) -> ShopResult<Order> {
        self.advance(actor, id, FulfilmentAction::Deliver).await
    }

    async fn change_parcel(&self, actor: &Account, id: &str, parcel: Parcel) -> ShopResult<Order> {
        fulfilment::change_parcel(&self.staff_db, self.context(actor, id)?, &checked(parcel)?)
            .await?;
        app::orders::ports::Orders::by_id(self, id).await
    }

    async fn receive(&self, actor: &Account, id: &str) -> ShopResult<Order> {
        let context = self.context(actor, id)?;
        let due = fulfilment::due(&self.staff_db, id).await?;
        let order = app::orders::ports::Orders::by_id(self, id).await?;
        let provider = self.payments.by_method(&order.payment_method);
        let provider = provider.ok_or_else(not_offered)?;
        let charge = provider.capture(id, due).await.map_err(Error::from)?;
        let Charge::Captured { .. } = charge else {
            return Err(ShopError::new(
                ErrorKind::Conflict,
                said().money_not_received(),
            ));
        };
        fulfilment::receive(&self.staff_db, context, due).await?;
        app::orders::ports::Orders::by_id(self, id).await
    }

    async fn quote(&self, id: &str, request: &RefundRequest) -> ShopResult<Quote> {
        if !is_id(id) {
            return Err(ShopError::not_found());
        }
        refund::quote(&self.staff_db, id, request).await
    }

    async fn refund(&self, actor: &Account, id: &str, new: NewRefund) -> ShopResult<Order> {
        let context = self.context(actor, id)?;
        let request = RefundRequest {
            note: checked_note(&new.request.note)?,
            ..new.request
        };
        let refunding = Refunding {
            order_id: id,
            actor: context.actor,
            number: new.number,
            form_key: form_key(&new.key)?,
            request: &request,
            expected_minor: new.expected_minor,
        };
        if let RefundOutcome::New(refund_id) =
            refund::make(&self.staff_db, context.now, refunding).await?
        {
            let order = app::orders::ports::Orders::by_id(self, id).await?;
            let sending = pay_back(&self.staff_db, &self.payments, context.now, &refund_id);
            let sent = self.payments.patiently(&order.payment_method, sending);
            if let Err(error) = sent.await {
                tracing::error!(%error, order = %id, "a refund is owed and will be retried");
            }
        }
        app::orders::ports::Orders::by_id(self, id).await
    }

    async fn paid_back(&self, actor: &Account, id: &str, number: i64) -> ShopResult<Order> {
        refund::paid_back(&self.staff_db, self.context(actor, id)?, number).await?;
        app::orders::ports::Orders::by_id(self, id).await
    }

    async fn sum_returned(&self, actor: &Account, id: &str, attempt: i64) -> ShopResult<Order> {
        other_sums::paid_back(&self.staff_db, self.context(actor, id)?, attempt).await?;
        app::orders::ports::Orders::by_id(self, id).await
    }

    async fn capture_payment(&self, actor: &Account, id: &str, key: &str) -> ShopResult<Order> {
        let context = self.context(actor, id)?;
        app::orders::ports::Orders::by_id(self, id).await?;
        let (db, payments, notes) = (&self.staff_db, &self.payments, &self.payment_notes);
        payment_desk::capture(db, payments, notes, context, form_key(key)?).await?;
        app::orders::ports::Orders::by_id(self, id).await
    }

    async fn void_payment(&self, actor: &Account, id: &str, key: &str) -> ShopResult<Order> {
        let context = self.context(actor, id)?;
        app::orders::ports::Orders::by_id(self, id).await?;
        payment_desk::void(&self.staff_db, &self.payments, context, form_key(key)?).await?;
        app::orders::ports::Orders::by_id(self, id).await
    }

    async fn note(&self, actor: &Account, id: &str, new: NewNote) -> ShopResult<()> {
        let text = checked_note(&new.text)?;
        if text.is_empty() {
            return Err(ShopError::field("note", said().enter_a_note()));
        }
        let key = form_key(&new.key)?;
        fulfilment::note(&self.staff_db, self.context(actor, id)?, key, &text).await
    }

    async fn resend(&self, actor: &Account, id: &str, mail: &str, key: &str) -> ShopResult<()> {
        let context = self.context(actor, id)?;
        resend::resend(&self.staff_db, context, mail, form_key(key)?).await
    }
}
