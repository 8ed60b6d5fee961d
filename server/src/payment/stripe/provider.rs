//! Stripe as a payment provider.

use std::time::Duration;

use app::{checkout::types::PaymentSign, locale::locale};
use async_trait::async_trait;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::{
    begin,
    client::Client,
    currency, disputes,
    failure::Failure,
    form::Form,
    objects::{
        Charge, Disputed, Expandable, Identified, Intent, List, Refund, Session, SessionStatus,
    },
    refund, refunds,
    settings::StripeSettings,
    state, webhook,
};
use crate::{
    error::{ProviderError, Result},
    ids::new_id,
    payment::port::{
        Attempt, Begun, Choice, Countries, DeclinedTry, Dispute, HookError, Money, Notice, Payment,
        PaymentState, Provider, RefundMade, RefundRequest, RefundState,
    },
    payment::text::Text,
};

/// `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Stripe {
    pub(super) client: Client,
    pub(super) settings: StripeSettings,
}

/// How often a payment that changes under our hands is looked at again.
const ROUNDS: usize = 4;
/// The most objects of one list, a hundred to a page.
const MOST_PAGES: usize = 1000;

impl Stripe {
    pub fn new(settings: StripeSettings) -> Result<Self> {
        Ok(Self {
            client: Client::new(&settings)?,
            settings,
        })
    }

    /// All objects of a list, the newest first.
    pub(super) async fn all<T>(&self, path: &str, query: &Form) -> Result<Vec<T>, Failure>
    where
        T: DeserializeOwned + Identified + Send,
    {
        let query = query.clone().with("limit", 100);
        let mut all: Vec<T> = Vec::new();
        for _ in 0..MOST_PAGES {
            let last = all.last().map(Identified::id);
            let page = query.clone().with_some("starting_after", last);
            let page: List<T> = self.client.get(path, &page).await?.value;
            let is_last = page.data.is_empty() || !page.has_more;
            all.extend(page.data);
            if is_last {
                return Ok(all);
            }
        }
        let words = format!("{path} has more than {MOST_PAGES} pages");
        Err(Failure::unreadable(words, &http::Method::GET))
    }

    async fn session(&self, id: &str) -> Result<Session, ProviderError> {
        let query = Form::new().with("expand[0]", "payment_intent.latest_charge");
        let path = format!("v1/checkout/sessions/{}", checked(id)?);
        Ok(self.client.get(&path, &query).await?.value)
    }

    async fn intent(&self, id: &str) -> Result<Intent, ProviderError> {
        let query = Form::new().with("expand[0]", "latest_charge");
        let path = format!("v1/payment_intents/{}", checked(id)?);
        Ok(self.client.get(&path, &query).await?.value)
    }

    /// The page that a payment was begun with, by the name of either.
    async fn session_of(&self, reference: &str) -> Result<Option<String>, ProviderError> {
        if is_session(reference) {
            return Ok(Some(reference.to_owned()));
        }
        let query = Form::new()
            .with("payment_intent", reference)
            .with("limit", 1);
        let found: List<Session> = self.client.get("v1/checkout/sessions", &query).await?.value;
        Ok(found.data.into_iter().next().map(|session| session.id))
    }

    /// The payment's own name; `None` while nothing was paid.
    pub(super) async fn intent_id(&self, reference: &str) -> Result<Option<String>, ProviderError> {
        if !is_session(reference) {
            return Ok(Some(checked(reference)?.to_owned()));
        }
        let session = self.session(reference).await?;
        Ok(session.payment_intent.map(|intent| intent.id().to_owned()))
    }

    pub(super) async fn refunds_of(&self, intent_id: &str) -> Result<Vec<Refund>, ProviderError> {
        let query = Form::new().with("payment_intent", intent_id);
        Ok(self.all("v1/refunds", &query).await?)
    }

    /// The disputes that are asked for, the oldest first.
    async fn disputed(&self, query: &Form) -> Result<Vec<Dispute>, ProviderError> {
        let disputed: Vec<Disputed> = self.all("v1/disputes", query).await?;
        let told = disputed.iter().rev();
        told.map(|disputed| disputes::dispute(disputed, self.settings.mode))
            .collect()
    }

    /// With its refunds one by one, if there are any.
    async fn told(&self, payment: Payment, read: Read) -> Result<Payment, ProviderError> {
        let may_be_any = payment.state == PaymentState::Captured && read.notes_refunds();
        let Some(intent_id) = payment.payment_id.clone().filter(|_| may_be_any) else {
            return Ok(payment);
        };
        let refunds = self.refunds_of(&intent_id).await?;
        let mode = self.settings.mode;
        match read {
            Read::Session(session) => state::of_session(&session, Some(&refunds), mode),
            Read::Intent(intent) => state::of_intent(&intent, Some(&refunds), mode),
        }
    }

    /// Ends the page, so that nobody can pay on it. That it has ended is no failure.
    async fn expire(&self, session_id: &str) -> Result<(), ProviderError> {
        let path = format!("v1/checkout/sessions/{}/expire", checked(session_id)?);
        let ended = self
            .client
            .post::<Session>(&path, &Form::new(), &new_id())
            .await;
        unless_moved_on(ended)
    }

    /// One look, and the one step that it asks for.
    async fn try_to_void(&self, reference: &str) -> Result<Voiding, ProviderError> {
        let payment = self.look(reference).await?;
        match (payment.state, payment.payment_id.clone()) {
            // While the bank is at it, nothing can be done but to come back later.
            (PaymentState::Captured | PaymentState::Voided | PaymentState::Processing, _) => {
                return Ok(Voiding::Over(Box::new(payment)));
            }
            (PaymentState::Authorised, Some(intent_id)) => self.cancel(&intent_id).await?,
            // Of a page's payment, Stripe lets nothing be cancelled before it is authorised: the
            // page is ended instead.
            (PaymentState::Open | PaymentState::Authorised, intent_id) => {
                let session_id = self.session_of(reference).await?;
                match (session_id, intent_id) {
                    (Some(session_id), _) => self.expire(&session_id).await?,
                    (None, Some(intent_id)) => self.cancel(&intent_id).await?,
                    (None, None) => return Ok(Voiding::Over(Box::new(payment))),
                }
            }
        }
        Ok(Voiding::Asked)
    }

    async fn cancel(&self, intent_id: &str) -> Result<(), ProviderError> {
        let path = format!("v1/payment_intents/{}/cancel", checked(intent_id)?);
        let form = Form::new().with("cancellation_reason", "abandoned");
        let cancelled = self.client.post::<Intent>(&path, &form, &new_id()).await;
        unless_moved_on(cancelled)
    }
}

/// How far voiding has come.
enum Voiding {
    /// Nothing more can be done about it.
    Over(Box<Payment>),
    /// A step was taken: the next look tells.
    Asked,
}

/// What a payment was read from.
enum Read {
    Session(Box<Session>),
    Intent(Box<Intent>),
}

impl Read {
    /// Whether Stripe notes anything as refunded, be it a refund or what was let go with the capture of less.
    fn notes_refunds(&self) -> bool {
        let intent = match self {
            Self::Session(session) => session.payment_intent.as_ref().and_then(Expandable::object),
            Self::Intent(intent) => Some(&**intent),
        };
        let charge = intent.and_then(|intent| intent.latest_charge.as_ref()?.object());
        charge.is_some_and(|charge| charge.amount_refunded > 0)
    }
}

fn is_session(reference: &str) -> bool {
    reference.starts_with("cs_")
}

/// References come back from the database and from events; nothing else than a name of Stripe's may
/// be in a path.
pub(super) fn checked(id: &str) -> Result<&str, ProviderError> {
    let is_name =
        (4..=255).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_name {
        Ok(id)
    } else {
        Err(ProviderError::Refused {
            code: "reference".to_owned(),
            message: "this is not a name that Stripe gives".to_owned(),
        })
    }
}

/// Refusals of a step that was taken before, or that has become impossible: the next look tells.
fn unless_moved_on<T>(answer: Result<T, Failure>) -> Result<(), ProviderError> {
    match answer.map_err(ProviderError::from) {
        Ok(_) | Err(ProviderError::Refused { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

#[async_trait]
impl Provider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn choice(&self, currency: &str) -> Option<Choice> {
        let units = currency::units(currency)?;
        let text = Text::from(locale());
        let step_minor = units.smallest(currency);
        let highest = currency::HIGHEST - currency::HIGHEST % units.step;
        Some(Choice {
            title: text.card().to_owned(),
            text: text.card_why("Stripe"),
            sign: PaymentSign::Card,
            countries: Countries::All,
            lowest_minor: units
                .to_shop(currency::lowest(currency), currency)
                .map_or(step_minor, |lowest| lowest.max(step_minor)),
            highest_minor: units.to_shop(highest, currency).ok()?,
            step_minor,
        })
    }

    fn page_origin(&self) -> Option<&str> {
        Some(&self.settings.page_origin)
    }

    fn patience(&self) -> Duration {
        self.settings.timeouts.patience
    }

    fn link(&self, payment_id: &str) -> Option<String> {
        let id = checked(payment_id).ok()?;
        Some(state::payment_link(id, self.settings.mode))
    }

    async fn begin(&self, attempt: &Attempt) -> Result<Begun, ProviderError> {
        let form = begin::form(attempt)?;
        let session: Session = self
            .client
            .post("v1/checkout/sessions", &form, &begin::key(attempt))
            .await
            .map_err(|failure| begin::named_before(failure.into()))?;
        let is_open = session.status == Some(SessionStatus::Open);
        match session.url.filter(|_| is_open) {
            Some(url) => Ok(Begun::Redirect {
                reference: session.id,
                url,
                until: session.expires_at * 1000,
            }),
            None => Err(ProviderError::Refused {
                code: "session_closed".to_owned(),
                message: format!("the page {} has ended", session.id),
            }),
        }
    }

    async fn look(&self, reference: &str) -> Result<Payment, ProviderError> {
        let mode = self.settings.mode;
        if is_session(reference) {
            let session = self.session(reference).await?;
            let payment = state::of_session(&session, None, mode)?;
            self.told(payment, Read::Session(Box::new(session))).await
        } else {
            let intent = self.intent(reference).await?;
            let payment = state::of_intent(&intent, None, mode)?;
            self.told(payment, Read::Intent(Box::new(intent))).await
        }
    }

    async fn declines(&self, reference: &str) -> Result<Vec<DeclinedTry>, ProviderError> {
        let Some(intent_id) = self.intent_id(reference).await? else {
            return Ok(Vec::new());
        };
        let query = Form::new().with("payment_intent", &intent_id);
        let charges: Vec<Charge> = self.all("v1/charges", &query).await?;
        Ok(charges.iter().rev().filter_map(state::declined).collect())
    }

    async fn capture(&self, reference: &str, amount: &Money) -> Result<Payment, ProviderError> {
        let counted = begin::units(&amount.currency)?
            .to_provider(amount)
            .map_err(|error| begin::refused(&error))?;
        let Some(intent_id) = self.intent_id(reference).await? else {
            return self.look(reference).await;
        };
        let path = format!("v1/payment_intents/{}/capture", checked(&intent_id)?);
        let form = Form::new()
            .with("amount_to_capture", counted)
            .with("expand[0]", "latest_charge");
        // A payment is captured once, whatever the key is. One that stayed the same would bring back
        // a failure of Stripe's for a day.
        let captured = self.client.post::<Intent>(&path, &form, &new_id()).await;
        let refusal = match captured.map_err(ProviderError::from) {
            // The answer tells all of it: nothing can have gone back yet.
            Ok(intent) => {
                let payment = state::of_intent(&intent, None, self.settings.mode);
                let payment = payment.map_err(ProviderError::after_effect)?;
                return Ok(Payment {
                    reference: reference.to_owned(),
                    ..payment
                });
            }
            Err(refusal @ ProviderError::Refused { .. }) => refusal,
            Err(error) => return Err(error),
        };
        // Captured or voided before: that is the answer. Else it is refused for a reason.
        let payment = self.look(reference).await?;
        match payment.state {
            PaymentState::Authorised => Err(refusal),
            PaymentState::Open
            | PaymentState::Processing
            | PaymentState::Captured
            | PaymentState::Voided => Ok(payment),
        }
    }

    async fn void(&self, reference: &str) -> Result<Payment, ProviderError> {
        for round in 0..ROUNDS {
            match self.try_to_void(reference).await {
                Ok(Voiding::Over(payment)) => return Ok(*payment),
                Ok(Voiding::Asked) => {}
                Err(error) if round == 0 => return Err(error),
                Err(error) => return Err(error.after_effect()),
            }
        }
        Err(ProviderError::Interrupted(
            "the payment keeps changing while it is voided".to_owned(),
        ))
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundState, ProviderError> {
        refund::send(self, request).await
    }

    async fn refund_sent(
        &self,
        reference: &str,
        refund_id: &str,
    ) -> Result<Option<RefundState>, ProviderError> {
        refund::look(self, reference, refund_id).await
    }

    async fn refunds(
        &self,
        reference: &str,
        currency: &str,
    ) -> Result<Vec<RefundMade>, ProviderError> {
        let Some(intent_id) = self.intent_id(reference).await? else {
            return Ok(Vec::new());
        };
        let refunds = self.refunds_of(&intent_id).await?;
        let made = refunds.iter().rev();
        made.map(|refund| refunds::refund_made(refund, currency))
            .collect()
    }

    async fn list(&self, since: i64) -> Result<Vec<Payment>, ProviderError> {
        let query = Form::new()
            .with("created[gte]", since.div_euclid(1000))
            .with("expand[0]", "data.latest_charge");
        let intents: Vec<Intent> = self.all("v1/payment_intents", &query).await?;
        intents
            .iter()
            .map(|intent| state::of_intent(intent, None, self.settings.mode))
            .collect()
    }

    async fn dispute(&self, id: &str) -> Result<Dispute, ProviderError> {
        let path = format!("v1/disputes/{}", checked(id)?);
        let disputed: Disputed = self.client.get(&path, &Form::new()).await?.value;
        disputes::dispute(&disputed, self.settings.mode)
    }

    async fn disputes(&self, reference: &str) -> Result<Vec<Dispute>, ProviderError> {
        let Some(intent_id) = self.intent_id(reference).await? else {
            return Ok(Vec::new());
        };
        let query = Form::new().with("payment_intent", &intent_id);
        self.disputed(&query).await
    }

    async fn disputes_since(&self, since: i64) -> Result<Vec<Dispute>, ProviderError> {
        let query = Form::new().with("created[gte]", since.div_euclid(1000));
        self.disputed(&query).await
    }

    fn may_be_hook(&self, headers: &HeaderMap, now: i64) -> Result<(), HookError> {
        webhook::may_be_signed(headers, now)
    }

    fn read_hook(&self, headers: &HeaderMap, body: &[u8], now: i64) -> Result<Notice, HookError> {
        webhook::read(&self.settings, headers, body, now)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    fn stripe() -> Stripe {
        let key = SecretString::from("sk_test_hidden");
        let secret = SecretString::from("whsec_hidden");
        let settings = StripeSettings::new(&key, &secret).unwrap();
        let settings = settings.at("http://127.0.0.1:9", "https://pages.example");
        Stripe::new(settings.unwrap()).unwrap()
    }

    #[test]
    fn the_choice_has_the_amounts_that_stripe_charges() {
        let stripe = stripe();
        for (currency, lowest, highest, step) in [
            ("EUR", 50, 99_999_999, 1),
            ("JPY", 50, 99_999_999, 1),
            ("ISK", 1, 999_999, 1),
            ("KWD", 10, 99_999_990, 10),
            ("MGA", 100, 9_999_999_900, 100),
            ("HUF", 17_500, 99_999_999, 1),
        ] {
            let choice = stripe.choice(currency).unwrap();
            assert_eq!(choice.lowest_minor, lowest, "{currency}");
            assert_eq!(choice.highest_minor, highest, "{currency}");
            assert_eq!(choice.step_minor, step, "{currency}");
        }
        assert_eq!(stripe.choice("CLF"), None);
    }

    #[test]
    fn only_names_of_stripes_stand_in_paths() {
        assert_eq!(checked("cs_test_a1"), Ok("cs_test_a1"));
        for id in ["", "pi_", "pi_1/cancel", "../v1/balance", "pi_1?x", "pi_é1"] {
            assert!(checked(id).is_err(), "{id}");
        }
    }

    #[test]
    fn the_provider_does_not_show_its_secrets() {
        let shown = format!("{:?}", stripe());
        assert!(!shown.contains("hidden"), "{shown}");
    }
}
