//! All ways in which money leaves the shop, and a bank that asks for it back before, in between or after:
//! the shop pays once, or not at all if the bank does. The table is that of `docs/payments.md`.

use desk::admin::orders::types::AdminOrder;
use app::{error::ErrorKind, identity::Account, orders::{payment::{DisputeState, PaymentStatus, RefundStatus}, types::{EventKind, OrderStatus}}};

use super::{
    WEBHOOK_SECRET, opened, opened_with, paid_on, placed,
    provider::{Provider, Settings, books::DisputeStatus, cards, mischief::Fate},
    refunds::{paid_with, rest},
};
use crate::support::{Goods, MINUTE, Site, Stocked, TestShop, on_both_databases};

on_both_databases!(
    whatever_the_bank_says_the_shop_pays_once,
    what_a_bank_has_given_back_is_nobodys_to_pay,
    what_the_bank_gives_back_in_part_leaves_the_rest_to_staff,
    a_refund_by_hand_waits_for_a_bank_that_only_asks,
    a_refund_whose_answer_was_lost_is_found_before_the_bank_decides,
    what_was_sent_while_the_bank_decided_is_nobodys_to_pay,
    a_refund_of_nothing_is_no_banks,
    a_lost_event_of_a_dispute_costs_time_alone,
);

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Staff refunds it.
    Staff,
    /// The order is cancelled.
    Cancelled,
    /// It was taken for an order that was cancelled.
    Late,
    /// The provider's refund did not arrive, so somebody pays it.
    ByHand,
}

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
    /// Somebody has paid it.
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

/// What the shop is told of. That a shopper has paid, it finds out when they come back.
const TOLD: [&str; 6] = [
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_reinstated",
    "refund.failed",
];

struct Rig {
    provider: Provider,
    shop: TestShop,
    rope: Stocked,
    site: Site,
    admin: Account,
}

impl Rig {
    async fn new(shop: &TestShop) -> Self {
        let rope = Goods::named("Rope").price(1000).units(100);
        let (provider, shop, rope) = opened_with(shop, Settings::default(), rope).await;
        let site = shop.open().await;
        let hook = format!("http://{}/hooks/stripe", site.address);
        provider.send_some_to(&hook, WEBHOOK_SECRET, &TOLD);
        let admin = shop.admin().await;
        Self {
            provider,
            shop,
            rope,
            site,
            admin,
        }
    }

    /// An order of €20 that is paid, and what its payment is called.
    async fn paid(&self, card: &str) -> (String, String) {
        let order = paid_with((&self.provider, &self.shop, &self.rope), card).await;
        let intent = self.intent(&order.order.id);
        (order.order.id, intent)
    }

    fn intent(&self, order_id: &str) -> String {
        let accounts = self.provider.accounts().into_iter();
        let mut of = accounts.filter(|account| account.order_id.as_deref() == Some(order_id));
        of.next().expect("it was paid").intent
    }

    fn refunded(&self, intent: &str) -> i64 {
        let accounts = self.provider.accounts().into_iter();
        let of = accounts.filter(|account| account.intent == intent);
        of.map(|account| account.refunded).sum()
    }

    async fn desk(&self, id: &str) -> AdminOrder {
        self.shop.shop().order_desk.order(id).await.unwrap()
    }

    async fn dispute(&self, intent: &str) -> String {
        let dispute = self.provider.dispute(intent, "fraudulent");
        self.provider.quiet().await;
        dispute
    }

    async fn close(&self, dispute: &str, status: DisputeStatus) {
        self.provider.close_dispute(dispute, status);
        self.provider.quiet().await;
    }

    async fn tidy(&self) {
        self.shop.services.checkout.settle_overdue().await.unwrap();
    }

    /// Decides that the money goes back. Whether that was allowed.
    async fn decide(&self, way: Way, id: &str) -> Result<(), ErrorKind> {
        let done = match way {
            Way::Staff | Way::ByHand => {
                self.shop.shop().order_desk.refund(&self.admin, id, rest(1)).await
            }
            Way::Cancelled | Way::Late => self.shop.shop().orders.cancel(&self.admin, id).await,
        };
        done.map(|_| ()).map_err(|error| error.kind)
    }
}

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
            assert_eq!(rig.desk(&id).await.refunds[0].status, RefundStatus::Returned);
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
    let by_hand = rig.shop.shop().order_desk.paid_back(&rig.admin, id, 1).await;
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
        RefundStatus::Owed | RefundStatus::Waived => panic!("{refund:?}"),
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

async fn what_a_bank_has_given_back_is_nobodys_to_pay(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::REFUNDS_SLOWLY).await;
    rig.decide(Way::Staff, &id).await.unwrap();
    let mails = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
    assert_eq!(rig.shop.number(mails).await, 1, "it is sent");
    let post = rig.shop.post();
    post.deliver().await;
    let dispute = rig.dispute(&intent).await;
    let told = post.deliver().await;
    let failed = told.iter().find(|mail| mail.subject.contains("A refund for order"));
    let failed = failed.expect("staff is told").body();
    assert!(failed.contains("Don’t pay it back yet"), "{failed}");
    assert!(!failed.contains("Pay the money back another way"), "{failed}");
    let browser = rig.site.browser();
    browser.sign_in(&rig.admin.email).await.expect(200);
    let page = async || {
        let page = browser.page(&format!("/admin/orders/{id}")).await;
        page.expect(200).body
    };
    let shown = page().await;
    assert!(shown.contains("hasn’t decided about this payment yet"), "{shown}");
    assert!(!shown.contains("Mark €20.00 as refunded"), "{shown}");
    rig.close(&dispute, DisputeStatus::Lost).await;
    let shown = page().await;
    for words in ["returned by the customer’s bank", "€20.00 no longer to be refunded"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("Mark €20.00 as refunded"), "{shown}");
    let desk = rig.desk(&id).await;
    let kinds = desk.events.iter().map(|event| event.kind);
    assert_eq!(kinds.filter(|kind| *kind == EventKind::RefundByBank).count(), 1);
    let todo = rig.shop.shop().dashboard.todo().await.unwrap();
    assert_eq!((todo.to_hand_over.count, todo.disputed.count), (0, 0));
    let seen = format!("/orders/{}", desk.order.token);
    let seen = rig.site.browser().page(&seen).await.expect(200).body;
    for words in ["Your bank has returned your money", "€20.00 returned by the bank"] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    assert_eq!(post.deliver().await.len(), 0, "nobody is told anything else");
    // Won on appeal after all, it is due again.
    rig.provider.appeal(&dispute);
    rig.provider.quiet().await;
    rig.close(&dispute, DisputeStatus::Won).await;
    let desk = rig.desk(&id).await;
    assert_eq!(desk.order.payment_status, PaymentStatus::Captured);
    let refund = &desk.refunds[0];
    assert_eq!((refund.status, refund.by_bank_minor), (RefundStatus::ByHand, 0));
    let todo = rig.shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 1);
}

async fn what_the_bank_gives_back_in_part_leaves_the_rest_to_staff(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::APPROVES).await;
    let dispute = rig.provider.dispute_part(&intent, 500);
    rig.provider.quiet().await;
    rig.decide(Way::Cancelled, &id).await.unwrap();
    let post = rig.shop.post();
    post.deliver().await;
    rig.close(&dispute, DisputeStatus::Lost).await;
    rig.tidy().await;
    let desk = rig.desk(&id).await;
    let refund = &desk.refunds[0];
    assert_eq!((refund.status, refund.by_shop_minor()), (RefundStatus::ByHand, 1500));
    let told = post.deliver().await;
    assert_eq!(told.len(), 1, "staff is told");
    let told = told[0].body();
    assert!(told.contains("€5.00") && told.contains("€15.00 of the refund remains"), "{told}");
    let browser = rig.site.browser();
    browser.sign_in(&rig.admin.email).await.expect(200);
    let page = browser.page(&format!("/admin/orders/{id}")).await;
    let page = page.expect(200).body;
    for words in ["€5.00 of it returned by the customer’s bank", "Mark €15.00 as refunded"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let order_desk = &rig.shop.shop().order_desk;
    order_desk.paid_back(&rig.admin, &id, 1).await.unwrap();
    let mails = post.deliver().await;
    assert!(mails[0].body().contains("paid €15.00 back"), "{}", mails[0].body());
    assert_eq!(rig.refunded(&intent), 0);
}

async fn a_refund_by_hand_waits_for_a_bank_that_only_asks(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::LOSES_REFUNDS).await;
    rig.decide(Way::Staff, &id).await.unwrap();
    rig.provider.settle_refunds();
    rig.provider.quiet().await;
    let asked = rig.provider.inquire(&intent, "general");
    rig.provider.quiet().await;
    let order_desk = &rig.shop.shop().order_desk;
    let refused = order_desk.paid_back(&rig.admin, &id, 1).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    assert!(refused.message.contains("hasn’t decided"), "{}", refused.message);
    rig.close(&asked, DisputeStatus::WarningClosed).await;
    let paid = order_desk.paid_back(&rig.admin, &id, 1).await.unwrap();
    assert_eq!(paid.payment_status, PaymentStatus::Refunded);
    assert_eq!(rig.desk(&id).await.disputes[0].state, DisputeState::Closed);
}

async fn a_refund_whose_answer_was_lost_is_found_before_the_bank_decides(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::APPROVES).await;
    // As often as it is tried at once.
    rig.provider.plan("POST /v1/refunds", &[Fate::LostAnswer; 3]);
    rig.decide(Way::Cancelled, &id).await.unwrap();
    assert_eq!(rig.desk(&id).await.refunds[0].status, RefundStatus::Owed);
    assert_eq!(rig.refunded(&intent), 2000, "it was sent");
    let dispute = rig.provider.dispute_part(&intent, 500);
    rig.provider.quiet().await;
    rig.close(&dispute, DisputeStatus::Lost).await;
    rig.tidy().await;
    let refund = rig.desk(&id).await.refunds[0].clone();
    assert_eq!((refund.status, refund.by_bank_minor), (RefundStatus::Returned, 0));
    let todo = rig.shop.shop().dashboard.todo().await.unwrap();
    assert_eq!(todo.to_hand_over.count, 0, "nobody is to pay it once more");
    assert_eq!(rig.refunded(&intent), 2000);
}

async fn what_was_sent_while_the_bank_decided_is_nobodys_to_pay(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    for (meanwhile, after) in [
        ("by_hand", RefundStatus::Returned),
        ("by_bank", RefundStatus::Returned),
        ("paid_back", RefundStatus::PaidBack),
    ] {
        let (id, intent) = rig.paid(cards::APPROVES).await;
        let held = rig.provider.hold("POST /v1/refunds");
        let bank = async {
            held.done().await;
            let sql = format!(
                "UPDATE refunds SET status = '{meanwhile}', by_bank_minor = 500 WHERE order_id = '{id}'"
            );
            rig.shop.execute(&sql).await;
            held.let_go();
        };
        let (decided, ()) = tokio::join!(rig.decide(Way::Cancelled, &id), bank);
        decided.unwrap();
        assert_eq!(rig.desk(&id).await.refunds[0].status, after, "{meanwhile}");
        assert_eq!(rig.refunded(&intent), 2000);
    }
}

async fn a_refund_of_nothing_is_no_banks(shop: TestShop) {
    let rig = Rig::new(&shop).await;
    let (id, intent) = rig.paid(cards::APPROVES).await;
    let now = rig.shop.now();
    let sql = format!(
        "INSERT INTO refunds (id, order_id, number, cause, status, amount_minor, shipping_minor, \
         created_at) VALUES ('r0', '{id}', 1, 'staff', 'owed', 0, 0, {now})"
    );
    rig.shop.execute(&sql).await;
    let dispute = rig.dispute(&intent).await;
    rig.close(&dispute, DisputeStatus::Lost).await;
    let refund = async || rig.desk(&id).await.refunds[0].clone();
    assert_eq!(refund().await.status, RefundStatus::Owed);
    rig.tidy().await;
    assert_eq!(refund().await.status, RefundStatus::Returned);
    assert_eq!(rig.refunded(&intent), 0);
}

async fn a_lost_event_of_a_dispute_costs_time_alone(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let admin = shop.admin().await;
    let paid = paid_with((&provider, &shop, &rope), cards::APPROVES).await;
    let id = paid.order.id;
    let intent = provider.accounts()[0].intent.clone();
    let dispute = provider.dispute(&intent, "fraudulent");
    let desk = &shop.shop().order_desk;
    desk.refund(&admin, &id, rest(1)).await.unwrap();
    let owed = async || {
        let refund = desk.order(&id).await.unwrap().refunds[0].clone();
        assert_eq!((refund.status, refund.fault.as_str()), (RefundStatus::Owed, ""));
    };
    let refunds = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'order_refunded'";
    owed().await;
    // It is refused once more, so the provider is asked why.
    for _ in 0..2 {
        shop.clock.advance(2 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
        owed().await;
    }
    let known = desk.order(&id).await.unwrap();
    assert_eq!(known.disputes[0].state, DisputeState::NeedsAnswer);
    assert_eq!(known.order.payment_status, PaymentStatus::Disputed);
    let told = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'payment_trouble'";
    assert_eq!((shop.number(told).await, shop.number(refunds).await), (1, 0));
    provider.close_dispute(&dispute, DisputeStatus::Won);
    for _ in 0..2 {
        shop.clock.advance(61 * MINUTE);
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    let order = desk.order(&id).await.unwrap();
    assert_eq!(order.disputes[0].state, DisputeState::Won);
    assert_eq!(order.refunds[0].status, RefundStatus::Returned);
    assert_eq!(order.order.status, OrderStatus::Refunded);
    assert_eq!(provider.accounts()[0].refunded, 2000);
    assert_eq!(shop.number(refunds).await, 1);
}
