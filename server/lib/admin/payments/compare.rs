//! Our payments against a provider's list. What has just changed on either side is left for the next
//! time: both lists are not of one moment.

use std::collections::BTreeMap;

use app::orders::types::OrderStatus;
use desk::admin::payments::types::{Difference, DifferenceKind};

use super::DAY_MS;
use crate::payment::port::{AttemptId, Payment};

/// An attempt as it is written here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ours {
    pub order_id: String,
    pub order_number: String,
    pub order_status: OrderStatus,
    pub attempt: i64,
    pub reference: String,
    pub currency: String,
    pub captured_minor: i64,
    pub captured_at: Option<i64>,
    pub updated_at: i64,
    /// Refunds of the order that its provider sent, also those that have not arrived.
    pub sent_back_minor: i64,
    /// Refunds that its provider is to send.
    pub owed_minor: i64,
    /// Refunds that go back in another way.
    pub by_hand_minor: i64,
    /// What someone has paid back of another sum than the order's.
    pub undone_by_hand_minor: i64,
    /// Whether its bank has a say in where the money is.
    pub dispute: Disputed,
    pub state: AttemptState,
}

/// Whether an attempt may still be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptState {
    Open,
    Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disputed {
    Never,
    Now,
}

/// What of both lists is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// What was captured here at this time or later has to be in the provider's list.
    pub since: i64,
    /// What changed later than this is left out.
    pub settled_before: i64,
}

impl Span {
    /// Since when payments are listed that began at the provider: one is captured up to a day later.
    pub const fn listed_since(&self) -> i64 {
        self.since - DAY_MS
    }

    /// Since when attempts are read that are written here: the payment of one begins up to a day later.
    pub const fn tried_since(&self) -> i64 {
        self.listed_since() - DAY_MS
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    pub compared: i64,
    pub foreign: i64,
    pub differences: Vec<Difference>,
}

/// Names each difference. Both lists reach further back than the span: see [`Span::listed_since`].
pub fn compare(ours: &[Ours], theirs: &[Payment], span: Span) -> Outcome {
    let mut known: BTreeMap<(&str, i64), &Ours> = ours
        .iter()
        .map(|of| ((of.order_id.as_str(), of.attempt), of))
        .collect();
    let mut outcome = Outcome::default();
    for payment in theirs {
        let Some(AttemptId { order_id, attempt }) = &payment.attempt else {
            outcome.foreign += 1;
            continue;
        };
        let of = known.remove(&(order_id.as_str(), i64::from(*attempt)));
        if payment.created_at > span.settled_before {
            continue;
        }
        match of {
            Some(of) if of.updated_at > span.settled_before => continue,
            Some(of) => outcome.differences.extend(differences(of, payment)),
            None => outcome.differences.extend(without_order(payment)),
        }
        outcome.compared += 1;
    }
    // What the provider did not list.
    let missing = known.into_values().filter(|of| {
        let within = span.since..=span.settled_before;
        of.captured_minor > 0
            && of.captured_at.is_some_and(|at| within.contains(&at))
            && of.updated_at <= span.settled_before
    });
    for of in missing {
        outcome.compared += 1;
        outcome.differences.push(Difference {
            kind: DifferenceKind::OrderWithoutCharge,
            order_id: Some(of.order_id.clone()),
            order_number: Some(of.order_number.clone()),
            reference: of.reference.clone(),
            currency: of.currency.clone(),
            ours_minor: of.captured_minor,
            theirs_minor: 0,
            link: None,
        });
    }
    outcome
}

fn without_order(payment: &Payment) -> Option<Difference> {
    let there = payment.captured.minor + payment.authorised.minor;
    (there > 0).then(|| Difference {
        kind: DifferenceKind::ChargeWithoutOrder,
        order_id: None,
        order_number: None,
        reference: reference(payment),
        currency: payment.currency.clone(),
        ours_minor: 0,
        theirs_minor: there,
        link: payment.link.clone(),
    })
}

fn reference(payment: &Payment) -> String {
    let id = payment.payment_id.as_ref().unwrap_or(&payment.reference);
    id.clone()
}

fn differences(ours: &Ours, theirs: &Payment) -> Vec<Difference> {
    let found = |kind, ours_minor, theirs_minor| Difference {
        kind,
        order_id: Some(ours.order_id.clone()),
        order_number: Some(ours.order_number.clone()),
        reference: reference(theirs),
        currency: theirs.currency.clone(),
        ours_minor,
        theirs_minor,
        link: theirs.link.clone(),
    };
    let (captured, held) = (theirs.captured.minor, theirs.authorised.minor);
    if theirs.currency != ours.currency && captured + held > 0 {
        let kind = DifferenceKind::CurrencyDiffers;
        return vec![found(kind, ours.captured_minor, captured)];
    }
    let mut all = Vec::new();
    let sent = theirs.refunded.minor + theirs.refunded.pending_minor;
    // Another sum than the order's was taken, and has gone back.
    let is_undone = ours.captured_minor == 0 && sent + ours.undone_by_hand_minor >= captured;
    if captured != ours.captured_minor && !is_undone {
        let kind = match (ours.captured_minor, captured) {
            (0, _) => DifferenceKind::NotTakenIn,
            (_, 0) => DifferenceKind::OrderWithoutCharge,
            _ => DifferenceKind::CapturedDiffers,
        };
        all.push(found(kind, ours.captured_minor, captured));
    }
    let is_wanted =
        ours.order_status == OrderStatus::PendingPayment && ours.state == AttemptState::Open;
    if held > 0 && !is_wanted {
        all.push(found(DifferenceKind::StillHeld, 0, held));
    }
    // Refunds are the order's: they are of the attempt that was charged.
    if ours.captured_minor == 0 {
        return all;
    }
    if sent < ours.sent_back_minor {
        let kind = DifferenceKind::RefundMissing;
        all.push(found(kind, ours.sent_back_minor, sent));
    }
    if sent > ours.sent_back_minor + ours.owed_minor {
        let kind = DifferenceKind::RefundUnknown;
        all.push(found(kind, ours.sent_back_minor, sent));
    }
    let returned = sent.max(ours.sent_back_minor) + ours.owed_minor + ours.by_hand_minor;
    let is_kept = ours.order_status == OrderStatus::Cancelled && captured > returned;
    if is_kept && ours.dispute == Disputed::Never {
        let kind = DifferenceKind::CancelledAndCharged;
        all.push(found(kind, returned, captured));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::port::{PaymentState, Sum};

    const SPAN: Span = Span {
        since: 100,
        settled_before: 1000,
    };

    fn ours(captured_minor: i64) -> Ours {
        Ours {
            order_id: "o".to_owned(),
            order_number: "HF-1".to_owned(),
            order_status: OrderStatus::Paid,
            attempt: 1,
            reference: "cs_1".to_owned(),
            currency: "EUR".to_owned(),
            captured_minor,
            captured_at: Some(500),
            updated_at: 600,
            sent_back_minor: 0,
            owed_minor: 0,
            by_hand_minor: 0,
            undone_by_hand_minor: 0,
            dispute: Disputed::Never,
            state: AttemptState::Ended,
        }
    }

    fn theirs(captured: i64, refunded: i64) -> Payment {
        let sum = |minor| Sum {
            minor,
            pending_minor: 0,
        };
        Payment {
            reference: "pi_1".to_owned(),
            payment_id: Some("pi_1".to_owned()),
            attempt: Some(AttemptId {
                order_id: "o".to_owned(),
                attempt: 1,
            }),
            state: PaymentState::Captured,
            currency: "EUR".to_owned(),
            authorised: Sum::default(),
            captured: sum(captured),
            refunded: sum(refunded),
            instrument: None,
            declined: None,
            declined_try: None,
            capture_until: None,
            link: None,
            created_at: 400,
        }
    }

    fn kinds(ours: &[Ours], theirs: &[Payment]) -> Vec<DifferenceKind> {
        let outcome = compare(ours, theirs, SPAN);
        outcome.differences.iter().map(|found| found.kind).collect()
    }

    #[test]
    fn equal_books_have_no_difference() {
        let refunded = Ours {
            sent_back_minor: 300,
            ..ours(2000)
        };
        assert_eq!(kinds(&[ours(2000)], &[theirs(2000, 0)]), []);
        assert_eq!(kinds(&[refunded], &[theirs(2000, 300)]), []);
        let by_hand = Ours {
            by_hand_minor: 500,
            ..ours(2000)
        };
        assert_eq!(
            kinds(std::slice::from_ref(&by_hand), &[theirs(2000, 0)]),
            []
        );
        // What is left to staff and was refunded in the provider's dashboard is to be taken in.
        let unknown = [DifferenceKind::RefundUnknown];
        assert_eq!(kinds(&[by_hand], &[theirs(2000, 500)]), unknown);
        assert_eq!(compare(&[ours(2000)], &[theirs(2000, 0)], SPAN).compared, 1);
    }

    #[test]
    fn each_difference_has_its_name() {
        use DifferenceKind::*;
        assert_eq!(kinds(&[], &[theirs(2000, 0)]), [ChargeWithoutOrder]);
        assert_eq!(kinds(&[ours(2000)], &[]), [OrderWithoutCharge]);
        assert_eq!(kinds(&[ours(0)], &[theirs(2000, 0)]), [NotTakenIn]);
        assert_eq!(kinds(&[ours(2000)], &[theirs(1999, 0)]), [CapturedDiffers]);
        assert_eq!(kinds(&[ours(0)], &[theirs(500, 499)]), [NotTakenIn]);
        assert_eq!(kinds(&[ours(0)], &[theirs(500, 500)]), []);
        let by_hand = Ours {
            undone_by_hand_minor: 500,
            ..ours(0)
        };
        assert_eq!(kinds(&[by_hand], &[theirs(500, 0)]), []);
        assert_eq!(kinds(&[ours(2000)], &[theirs(2000, 1)]), [RefundUnknown]);
        let refunded = Ours {
            sent_back_minor: 500,
            ..ours(2000)
        };
        assert_eq!(kinds(&[refunded], &[theirs(2000, 0)]), [RefundMissing]);
        let cancelled = Ours {
            order_status: OrderStatus::Cancelled,
            ..ours(2000)
        };
        let kept = kinds(std::slice::from_ref(&cancelled), &[theirs(2000, 0)]);
        assert_eq!(kept, [CancelledAndCharged]);
        let owed = Ours {
            owed_minor: 2000,
            ..cancelled.clone()
        };
        assert_eq!(kinds(&[owed], &[theirs(2000, 0)]), []);
        let held = Payment {
            authorised: Sum {
                minor: 2000,
                pending_minor: 0,
            },
            ..theirs(0, 0)
        };
        let ended = Ours {
            captured_minor: 0,
            ..cancelled
        };
        assert_eq!(
            kinds(std::slice::from_ref(&ended), std::slice::from_ref(&held)),
            [StillHeld]
        );
        // Another attempt has taken its place.
        let earlier = Ours {
            order_status: OrderStatus::PendingPayment,
            ..ended
        };
        assert_eq!(
            kinds(std::slice::from_ref(&earlier), std::slice::from_ref(&held)),
            [StillHeld]
        );
        let open = Ours {
            state: AttemptState::Open,
            ..earlier
        };
        assert_eq!(kinds(&[open], &[held]), []);
        let other = Payment {
            currency: "USD".to_owned(),
            ..theirs(2000, 0)
        };
        assert_eq!(kinds(&[ours(2000)], &[other]), [CurrencyDiffers]);
    }

    #[test]
    fn what_began_before_the_span_and_was_captured_in_it_is_no_difference() {
        let span = Span {
            since: 3 * DAY_MS,
            settled_before: 9 * DAY_MS,
        };
        let captured = Ours {
            captured_at: Some(span.since),
            ..ours(2000)
        };
        let began = Payment {
            created_at: span.since - DAY_MS,
            ..theirs(2000, 0)
        };
        assert!(began.created_at >= span.listed_since(), "it is listed");
        assert!(
            began.created_at - DAY_MS >= span.tried_since(),
            "so is its attempt"
        );
        let outcome = compare(&[captured], &[began], span);
        assert_eq!((outcome.compared, outcome.differences), (1, Vec::new()));
    }

    #[test]
    fn what_has_just_changed_and_what_is_not_the_shops_is_left_out() {
        let fresh = Ours {
            updated_at: 1001,
            ..ours(0)
        };
        assert_eq!(kinds(&[fresh], &[theirs(2000, 0)]), []);
        let begun = Payment {
            created_at: 1001,
            ..theirs(2000, 0)
        };
        assert_eq!(kinds(&[], &[begun]), []);
        let foreign = Payment {
            attempt: None,
            ..theirs(2000, 0)
        };
        assert_eq!(compare(&[], &[foreign], SPAN).foreign, 1);
        let older = Ours {
            captured_at: Some(99),
            ..ours(2000)
        };
        assert_eq!(kinds(&[older], &[]), []);
    }
}
