//! From the page to the money, or to its end.

use std::time::Duration;

use server::{
    error::ProviderError,
    payment::port::{Attempt, AttemptId, Begun, PaymentState, Provider as _, Sum},
};

use crate::{
    attempt, begin, euros, money, paid, provider,
    provider::{API_VERSION, Visit, cards},
    stripe,
};

fn sum(minor: i64) -> Sum {
    Sum {
        minor,
        pending_minor: 0,
    }
}

#[tokio::test]
async fn a_card_is_authorised_on_the_page_and_captured_by_the_shop() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let attempt = attempt(euros(4900));
    let (reference, page) = begin(&stripe, &attempt).await;
    let open = stripe.look(&reference).await.unwrap();
    assert_eq!((open.state, open.payment_id), (PaymentState::Open, None));
    assert_eq!(open.attempt.as_ref(), Some(&attempt.id));

    let visit = provider.pay(&page, cards::APPROVES).await;
    assert_eq!(visit, Visit::Back(attempt.return_url.clone()));
    let authorised = stripe.look(&reference).await.unwrap();
    assert_eq!(authorised.state, PaymentState::Authorised);
    assert_eq!(authorised.authorised, sum(4900));
    assert_eq!(authorised.captured, sum(0));
    assert_eq!(authorised.attempt.as_ref(), Some(&attempt.id));
    let instrument = authorised.instrument.unwrap();
    assert_eq!(instrument.label, "Visa ending 4242");
    assert!(instrument.fingerprint.is_some());
    assert!(authorised.capture_until.is_some());
    assert_eq!(provider.accounts()[0].held, 4900);

    for _ in 0..2 {
        let captured = stripe.capture(&reference, &euros(4900)).await.unwrap();
        assert_eq!(captured.state, PaymentState::Captured);
        assert_eq!(captured.captured, sum(4900));
        assert_eq!(captured.authorised, sum(0));
    }
    let accounts = provider.accounts();
    assert_eq!(accounts.len(), 1);
    assert_eq!((accounts[0].held, accounts[0].captured), (0, 4900));
}

#[tokio::test]
async fn a_void_ends_the_page() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    for _ in 0..2 {
        let voided = stripe.void(&reference).await.unwrap();
        assert_eq!(voided.state, PaymentState::Voided);
    }
    assert_eq!(provider.pay(&page, cards::APPROVES).await, Visit::Ended);
    assert!(provider.accounts().is_empty());
}

#[tokio::test]
async fn a_void_lets_go_of_what_was_authorised() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    let voided = stripe.void(&reference).await.unwrap();
    assert_eq!(voided.state, PaymentState::Voided);
    assert_eq!((voided.captured, voided.refunded), (sum(0), sum(0)));
    let account = &provider.accounts()[0];
    assert_eq!(
        (account.held, account.captured, account.refunded),
        (0, 0, 0)
    );
    // Too late.
    let late = stripe.capture(&reference, &euros(4900)).await.unwrap();
    assert_eq!(late.state, PaymentState::Voided);
    assert_eq!(provider.accounts()[0].captured, 0);
}

#[tokio::test]
async fn a_void_after_the_capture_tells_that_the_money_was_taken() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let payment = paid(&provider, &stripe, 4900).await;
    let told = stripe.void(&payment.reference).await.unwrap();
    assert_eq!(
        (told.state, told.captured),
        (PaymentState::Captured, sum(4900))
    );
}

#[tokio::test]
async fn a_declined_card_can_be_followed_by_another() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    let visit = provider.pay(&page, cards::LACKS_MONEY).await;
    assert!(matches!(visit, Visit::Again(text) if text.contains("insufficient funds")));
    let open = stripe.look(&reference).await.unwrap();
    assert_eq!(open.state, PaymentState::Open);
    let reason = open.declined.unwrap();
    assert!(reason.contains("insufficient funds"), "{reason}");
    provider.pay(&page, cards::APPROVES).await;
    let authorised = stripe.look(&reference).await.unwrap();
    assert_eq!(authorised.state, PaymentState::Authorised);
    assert_eq!(authorised.declined, None);
}

#[tokio::test]
async fn each_declined_card_is_told_of_also_once_another_has_paid() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    assert_eq!(stripe.declines(&reference).await.unwrap(), []);
    let mut last = Vec::new();
    for card in [cards::DECLINES, cards::LACKS_MONEY, cards::DECLINES] {
        provider.pay(&page, card).await;
        last.extend(stripe.look(&reference).await.unwrap().declined_try);
    }
    for _ in 0..2 {
        let told = stripe.declines(&reference).await.unwrap();
        let names: Vec<_> = told.iter().map(|told| told.provider_id.clone()).collect();
        assert_eq!(names, last, "the oldest first");
        assert_eq!(told[0].card, told[2].card);
        assert_ne!(told[0].card, told[1].card);
        provider.pay(&page, cards::APPROVES).await;
    }
}

#[tokio::test]
async fn a_page_with_a_declined_card_can_be_ended() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::DECLINES).await;
    // By the payment's name, too, though the page has to be ended for it.
    let payment_id = stripe.look(&reference).await.unwrap().payment_id.unwrap();
    let voided = stripe.void(&payment_id).await.unwrap();
    assert_eq!(voided.state, PaymentState::Voided);
    assert_eq!(provider.pay(&page, cards::APPROVES).await, Visit::Ended);
}

#[tokio::test]
async fn a_card_whose_owner_is_asked_pays_after_a_yes_alone() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    for (word, state) in [
        ("yes", PaymentState::Authorised),
        ("no", PaymentState::Open),
    ] {
        let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
        let Visit::Asked(question) = provider.pay(&page, cards::ASKS).await else {
            panic!("nobody is asked")
        };
        let waiting = stripe.look(&reference).await.unwrap();
        assert_eq!(waiting.state, PaymentState::Open);
        let visit = provider.answer(&question, word).await;
        assert_eq!(matches!(visit, Visit::Back(_)), word == "yes");
        let payment = stripe.look(&reference).await.unwrap();
        assert_eq!(payment.state, state, "{word}");
        assert_eq!(payment.declined.is_some(), word == "no");
    }
}

#[tokio::test]
async fn a_repeated_beginning_is_the_same_page_and_another_attempt_is_another() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let first = attempt(euros(4900));
    let begun = begin(&stripe, &first).await;
    assert_eq!(begin(&stripe, &first).await, begun);
    let second = Attempt {
        id: AttemptId {
            attempt: 2,
            ..first.id.clone()
        },
        ..first
    };
    assert_ne!(begin(&stripe, &second).await, begun);
}

#[tokio::test]
async fn a_page_outlives_a_short_hold_and_then_ends_by_itself() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let short = Attempt {
        until: crate::now() + 5 * 60 * 1000,
        ..attempt(euros(4900))
    };
    let Begun::Redirect {
        reference, until, ..
    } = stripe.begin(&short).await.unwrap()
    else {
        panic!("there is no page")
    };
    assert!(until >= short.began_at + 30 * 60 * 1000 && until > short.until);
    provider.advance(Duration::from_secs(10 * 60));
    let open = stripe.look(&reference).await.unwrap();
    assert_eq!(open.state, PaymentState::Open);
    provider.advance(Duration::from_secs(30 * 60));
    let ended = stripe.look(&reference).await.unwrap();
    assert_eq!(ended.state, PaymentState::Voided);
}

#[tokio::test]
async fn an_authorisation_that_is_too_old_cannot_be_captured() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    provider.advance(Duration::from_secs(8 * 24 * 60 * 60));
    let late = stripe.capture(&reference, &euros(4900)).await.unwrap();
    assert_eq!(late.state, PaymentState::Voided);
    assert_eq!(provider.accounts()[0].captured, 0);
}

#[tokio::test]
async fn a_payment_can_be_named_by_its_own_id() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    let payment_id = stripe.look(&reference).await.unwrap().payment_id.unwrap();
    let looked = stripe.look(&payment_id).await.unwrap();
    assert_eq!(looked.state, PaymentState::Authorised);
    assert_eq!(looked.reference, payment_id);
    let captured = stripe.capture(&payment_id, &euros(4900)).await.unwrap();
    assert_eq!(captured.state, PaymentState::Captured);
}

#[tokio::test]
async fn more_than_was_authorised_is_not_captured() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    let refused = stripe.capture(&reference, &euros(4901)).await.unwrap_err();
    assert!(
        matches!(&refused, ProviderError::Refused { code, .. } if code == "amount_too_large"),
        "{refused}"
    );
    assert_eq!(provider.accounts()[0].held, 4900);
}

#[tokio::test]
async fn nothing_is_captured_before_it_is_paid() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, _) = begin(&stripe, &attempt(euros(4900))).await;
    let open = stripe.capture(&reference, &euros(4900)).await.unwrap();
    assert_eq!(open.state, PaymentState::Open);
}

#[tokio::test]
async fn every_currency_is_charged_in_the_providers_units() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    for (minor, currency, counted) in [
        (4900, "EUR", 4900),
        (500, "JPY", 500),
        (500, "ISK", 50_000),
        (1250, "KWD", 1250),
        (500_000, "MGA", 5000),
    ] {
        let total = money(minor, currency);
        let (reference, page) = begin(&stripe, &attempt(total.clone())).await;
        provider.pay(&page, cards::APPROVES).await;
        let captured = stripe.capture(&reference, &total).await.unwrap();
        assert_eq!(captured.captured, sum(minor), "{currency}");
        assert_eq!(captured.currency, currency);
        let accounts = provider.accounts();
        let lower = currency.to_ascii_lowercase();
        let account = accounts.iter().find(|account| account.currency == lower);
        assert_eq!(account.unwrap().captured, counted, "{currency}");
    }
}

#[tokio::test]
async fn all_payments_since_a_time_are_listed_over_many_pages() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    paid(&provider, &stripe, 4900).await;
    provider.advance(Duration::from_secs(1000));
    let mut begun = Vec::new();
    for n in 0..105 {
        let attempt = attempt(euros(1000 + n));
        let (_, page) = begin(&stripe, &attempt).await;
        provider.pay(&page, cards::APPROVES).await;
        begun.push((attempt.id, 1000 + n));
    }
    let listed = stripe.list(crate::now() + 500_000).await.unwrap();
    let mut listed: Vec<_> = listed
        .into_iter()
        .map(|payment| (payment.attempt.unwrap(), payment.authorised.minor))
        .collect();
    listed.sort_by_key(|(_, minor)| *minor);
    assert_eq!(listed, begun);
    assert_eq!(stripe.list(0).await.unwrap().len(), 106);
}

#[tokio::test]
async fn every_request_has_the_pinned_version_and_every_change_a_key() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    let (reference, page) = begin(&stripe, &attempt(euros(4900))).await;
    provider.pay(&page, cards::APPROVES).await;
    stripe.void(&reference).await.unwrap();
    let asked = provider.asked();
    assert!(asked.len() > 3);
    for request in asked {
        assert_eq!(request.version.as_deref(), Some(API_VERSION));
        assert_eq!(
            request.key.is_some(),
            request.what.starts_with("POST "),
            "{request:?}"
        );
    }
    assert_eq!(API_VERSION, server::payment::stripe::API_VERSION);
}

#[tokio::test]
async fn a_reference_that_is_none_of_the_providers_is_refused() {
    let provider = provider().await;
    let stripe = stripe(&provider);
    for reference in ["cs_test_unknown", "pi_unknown", "../balance", "cs_/expire"] {
        let refused = stripe.look(reference).await.unwrap_err();
        assert!(
            matches!(refused, ProviderError::Refused { .. }),
            "{reference}: {refused}"
        );
    }
}
