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
    look,
    objects::{Charge, Disputed, Identified, Intent, List, Refund, Session, SessionStatus},
    refund, refunds,
    settings::StripeSettings,
    signature, state, void, webhook,
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
        look::payment(self, reference).await
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
        void::send(self, reference).await
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
        signature::may_be_signed(headers, now)
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
