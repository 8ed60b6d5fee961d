//! All ways in which money leaves the shop, and a bank that asks for it back before, in between or after:
//! the shop pays once, or not at all if the bank does. The table is that of `docs/payments.md`.

mod given_back;
mod rig;
mod unsure;

use app::{
    error::ErrorKind,
    orders::payment::{PaymentStatus, RefundStatus},
};

use super::{
    paid_on, placed,
    provider::{books::DisputeStatus, cards, mischief::Fate},
};
use crate::support::{TestShop, on_both_databases};
use rig::{Rig, Way};

on_both_databases!(whatever_the_bank_says_the_shop_pays_once,);

/// When the bank asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Before it is decided that it goes back.
    Before,
    /// Then, and before it is sent.
    Between,
    /// While it is on its way.
    UnderWay,
    /// When it has arrived.
    After,
}

/// What the shop has done when all is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It has decided nothing: the bank does.
    Refused,
    /// The provider has sent it.
    Sent,
    /// Someone has paid it.
    ByHand,
    /// The bank has given it back, and the shop nothing.
    ByBank,
}

const ALL: [(Way, When, DisputeStatus, Outcome); 26] = {
    use DisputeStatus::{Lost, Won};
    use Outcome::{ByBank, Refused, Sent};
    use Way::{Cancelled, Late, Staff};
    use When::{After, Before, Between, UnderWay};
    const BY_HAND: Outcome = Outcome::ByHand;
    [
        (Way::ByHand, Between, Won, BY_HAND),
        (Way::ByHand, Between, Lost, ByBank),
        (Way::ByHand, After, Won, BY_HAND),
        (Way::ByHand, After, Lost, BY_HAND),
        (Staff, Before, Won, Refused),
        (Staff, Before, Lost, Refused),
        (Staff, Between, Won, Sent),
        (Staff, Between, Lost, ByBank),
        (Staff, UnderWay, Won, BY_HAND),
        (Staff, UnderWay, Lost, ByBank),
        (Staff, After, Won, Sent),
        (Staff, After, Lost, Sent),
        (Cancelled, Before, Won, Sent),
        (Cancelled, Before, Lost, ByBank),
        (Cancelled, Between, Won, Sent),
        (Cancelled, Between, Lost, ByBank),
        (Cancelled, UnderWay, Won, BY_HAND),
        (Cancelled, UnderWay, Lost, ByBank),
        (Cancelled, After, Won, Sent),
        (Cancelled, After, Lost, Sent),
        (Late, Before, Won, Sent),
        (Late, Before, Lost, ByBank),
        (Late, Between, Won, Sent),
        (Late, Between, Lost, ByBank),
        (Late, After, Won, Sent),
        (Late, After, Lost, Sent),
    ]
};

async fn whatever_the_bank_says_the_shop_pays_once(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    for (way, when, verdict, outcome) in ALL {
        let case = format!("{way:?} {when:?} {verdict:?}");
        assert_eq!(walk(&rig, way, when, verdict).await, outcome, "{case}");
    }
}

async fn walk(rig: &Rig, way: Way, when: When, verdict: DisputeStatus) -> Outcome {
    let card = match (way, when) {
        (Way::ByHand, _) => cards::LOSES_REFUNDS,
        (_, When::UnderWay) => cards::REFUNDS_SLOWLY,
        (_, When::Before | When::Between | When::After) => cards::APPROVES,
    };
    let (id, intent) = match way {
        Way::Staff | Way::Cancelled | Way::ByHand => rig.paid(card).await,
        Way::Late => late(rig).await,
    };
    let dispute = match when {
        When::Before if way == Way::Staff => {
            let dispute = rig.dispute(&intent).await;
            assert_eq!(rig.decide(way, &id).await, Err(ErrorKind::Conflict));
            rig.close(&dispute, verdict).await;
            assert!(rig.desk(&id).await.refunds.is_empty());
            return Outcome::Refused;
        }
        When::Before => {
            // The shop is told again until it knows what was paid.
            let dispute = rig.provider.dispute(&intent, "fraudulent");
            rig.decide(way, &id).await.unwrap();
            rig.provider.quiet().await;
            dispute
        }
        When::Between | When::After if way == Way::ByHand => {
            rig.decide(way, &id).await.unwrap();
            rig.provider.settle_refunds();
            rig.provider.quiet().await;
            assert_eq!(rig.desk(&id).await.refunds[0].status, RefundStatus::ByHand);
            if when == When::After {
                let order_desk = &rig.shop.shop().order_desk;
                order_desk.paid_back(&rig.admin, &id, 1).await.unwrap();
            }
            rig.dispute(&intent).await
        }
        When::Between => {
            // As often as it is tried at once.
            rig.provider.plan("POST /v1/refunds", &[Fate::Failure; 3]);
            rig.decide(way, &id).await.unwrap();
            assert_eq!(rig.desk(&id).await.refunds[0].status, RefundStatus::Owed);
            rig.dispute(&intent).await
        }
        When::UnderWay | When::After => {
            rig.decide(way, &id).await.unwrap();
            rig.provider.quiet().await;
            let sent = match when {
                When::UnderWay => RefundStatus::Pending,
                When::Before | When::Between | When::After => RefundStatus::Returned,
            };
            assert_eq!(rig.desk(&id).await.refunds[0].status, sent);
            rig.dispute(&intent).await
        }
    };
    // However often it is tried until the bank has decided.
    for _ in 0..2 {
        rig.tidy().await;
    }
    undecided(rig, &id, &intent, (way, when)).await;
    rig.close(&dispute, verdict).await;
    for _ in 0..2 {
        rig.tidy().await;
    }
    decided(rig, &id, &intent).await
}

/// An order whose payment was taken at the provider, which the shop has not written down.
async fn late(rig: &Rig) -> (String, String) {
    let (placed, page) = placed(&rig.shop, &rig.rope).await;
    let id = rig.shop.order(&placed).await.id;
    paid_on(&rig.provider, &page).await;
    let intent = rig.intent(&id);
    rig.provider.capture(&intent);
    (id, intent)
}

/// Nobody pays anything while the bank decides.
async fn undecided(rig: &Rig, id: &str, intent: &str, (way, when): (Way, When)) {
    let desk = rig.desk(id).await;
    let refund = &desk.refunds[0];
    assert!(desk.disputes[0].state.is_open());
    let expected = match (way, when) {
        (Way::ByHand, When::After) => (RefundStatus::PaidBack, 0),
        (Way::ByHand, _) | (_, When::UnderWay) => (RefundStatus::ByHand, 0),
        (_, When::Before | When::Between) => (RefundStatus::Owed, 0),
        (_, When::After) => (RefundStatus::Returned, 2000),
    };
    assert_eq!((refund.status, rig.refunded(intent)), expected);
    let todo = rig.shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 0, "nobody is to pay it yet");
    let by_hand = rig
        .shop
        .shop()
        .order_desk
        .paid_back(&rig.admin, id, 1)
        .await;
    assert_eq!(by_hand.unwrap_err().kind, ErrorKind::Conflict);
}

/// Who has paid, once; and staff pays by hand what is left to them.
async fn decided(rig: &Rig, id: &str, intent: &str) -> Outcome {
    let order_desk = &rig.shop.shop().order_desk;
    let refund = rig.desk(id).await.refunds[0].clone();
    let by_provider = rig.refunded(intent);
    let outcome = match refund.status {
        RefundStatus::Returned => Outcome::Sent,
        RefundStatus::ByHand => {
            order_desk.paid_back(&rig.admin, id, 1).await.unwrap();
            Outcome::ByHand
        }
        RefundStatus::PaidBack => Outcome::ByHand,
        RefundStatus::ByBank => Outcome::ByBank,
        RefundStatus::Owed | RefundStatus::Pending | RefundStatus::Waived => {
            panic!("{refund:?}")
        }
    };
    let again = order_desk.paid_back(&rig.admin, id, 1).await;
    assert_eq!(again.unwrap_err().kind, ErrorKind::Conflict);
    let by_shop = match outcome {
        Outcome::Sent | Outcome::ByHand => 2000,
        Outcome::ByBank | Outcome::Refused => 0,
    };
    let sent = if outcome == Outcome::Sent { 2000 } else { 0 };
    assert_eq!(by_provider, sent);
    let desk = rig.desk(id).await;
    let payment = match outcome {
        Outcome::Sent | Outcome::ByHand => PaymentStatus::Refunded,
        Outcome::ByBank | Outcome::Refused => PaymentStatus::Disputed,
    };
    assert_eq!(desk.order.payment_status, payment);
    let by_bank = desk.refunds[0].by_bank_minor;
    assert_eq!(by_shop + by_bank, 2000, "the customer has it once");
    outcome
}
