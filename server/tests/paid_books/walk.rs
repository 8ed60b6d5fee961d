//! Walking a course: what people do with an order one after the other, whatever answers get lost.

use app::orders::types::OrderStatus;
use async_trait::async_trait;
use server::ids::new_secret;

use super::super::provider::{Asked, Provider, Visit, books::DisputeStatus, cards};
use super::courses::{Course, Courses, Dealt};

/// How often someone tries again. Far more than any run needs.
const TRIES: usize = 1000;

/// What someone wants done with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    CancelByShopper,
    CancelByStaff,
    /// One unit goes back, by the refund with this number.
    RefundUnit(i64),
    Capture,
    Release,
}

/// What the shop says to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Done,
    /// It cannot be done as the order is.
    Refused,
    /// Nobody knows: it is asked for again.
    Unclear(String),
}

/// An order as those meet it who have to do with it.
#[async_trait]
pub trait Errand: Send + Sync {
    /// Goes on to pay: the page, if there is one.
    async fn page(&self) -> Option<String>;
    /// Comes back from the page.
    async fn come_back(&self);
    async fn status(&self) -> OrderStatus;
    /// Sends a form with this key.
    async fn ask(&self, wish: Wish, key: &str) -> Said;
    /// Before it is tried again.
    async fn pause(&self);
}

/// How far a course came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// Something was quicker, such as an event.
    CutShort,
}

/// Lets an order that was placed go its course. `page` is where it is paid, if that was told.
pub async fn walk(
    order: &dyn Errand,
    provider: &Provider,
    courses: &Courses,
    page: Option<String>,
) {
    let dealt = courses.deal();
    let walk = Walk { order, provider };
    let page = match page {
        Some(page) => page,
        None => walk.page_after("").await,
    };
    if walk.to_its_end(dealt, page).await == End::Whole {
        courses.note(dealt.course);
    }
}

struct Walk<'a> {
    order: &'a dyn Errand,
    provider: &'a Provider,
}

impl Walk<'_> {
    async fn to_its_end(&self, dealt: Dealt, page: String) -> End {
        let Dealt { course, roll } = dealt;
        match course {
            Course::Leaves => End::Whole,
            Course::PaysAndComesBack => {
                self.pay(page).await;
                self.order.come_back().await;
                End::Whole
            }
            Course::PaysAndClosesThePage => {
                self.pay(page).await;
                End::Whole
            }
            Course::IsDeclinedAndLeaves => {
                self.declined_on(page).await;
                End::Whole
            }
            Course::IsDeclinedAndPays => {
                let page = self.declined_on(page).await;
                self.pay(page).await;
                End::Whole
            }
            Course::IsAskedAndPays => {
                let question = self.asked_on(page).await;
                let visit = self.provider.answer(&question, "yes").await;
                assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
                End::Whole
            }
            Course::IsAskedAndRefuses => {
                let question = self.asked_on(page).await;
                let visit = self.provider.answer(&question, "no").await;
                assert!(matches!(visit, Visit::Again(_)), "{visit:?}");
                End::Whole
            }
            Course::IsAskedAndClosesThePage => {
                self.asked_on(page).await;
                End::Whole
            }
            Course::CancelsAndPays => {
                self.ask(Wish::CancelByShopper, &new_secret()).await;
                // The page has ended, or what is paid there goes back.
                self.provider.pay(&page, cards::APPROVES).await;
                self.whole_if_cancelled().await
            }
            Course::PaysWhileStaffCancels => {
                self.pay(page).await;
                self.ask(Wish::CancelByStaff, &new_secret()).await;
                self.whole_if_cancelled().await
            }
            Course::IsRefundedByStaff => {
                self.buy(page).await;
                // One of the two units, or one after the other. Each form is sent twice.
                let refunds = 1 + i64::from(roll % 2);
                for number in 1..=refunds {
                    let key = new_secret();
                    for _ in 0..2 {
                        let said = self.ask(Wish::RefundUnit(number), &key).await;
                        assert_eq!(said, Said::Done, "refund {number}");
                    }
                }
                End::Whole
            }
            Course::IsRefundedAtTheProvider => {
                let page = self.buy(page).await;
                let intent = self.intent_on(&page);
                match roll % 2 {
                    0 => self.provider.refund(&intent),
                    _ => self.provider.refund_part(&intent, i64::from(roll % 99) + 1),
                }
                End::Whole
            }
            Course::IsDisputed => {
                let page = self.buy(page).await;
                let dispute = self.provider.dispute(&self.intent_on(&page), "fraudulent");
                match roll % 3 {
                    0 => self.provider.close_dispute(&dispute, DisputeStatus::Won),
                    1 => self.provider.close_dispute(&dispute, DisputeStatus::Lost),
                    // The bank has not decided yet.
                    _ => {}
                }
                End::Whole
            }
            Course::IsCapturedByHand => {
                let page = self.pay_unheard(page).await;
                if roll % 2 == 0 {
                    self.provider.be_away(&page, Asked::Look);
                }
                let key = new_secret();
                let said = self.ask(Wish::Capture, &key).await;
                let again = self.ask(Wish::Capture, &key).await;
                assert_eq!(again, said, "the same form");
                match said {
                    Said::Done => End::Whole,
                    Said::Refused | Said::Unclear(_) => End::CutShort,
                }
            }
            Course::IsReleasedByHand => {
                let page = self.pay_unheard(page).await;
                match roll % 3 {
                    0 => self.provider.be_away(&page, Asked::Look),
                    1 => self.provider.be_away(&page, Asked::Cancel),
                    _ => {}
                }
                if self.ask(Wish::Release, &new_secret()).await == Said::Done {
                    self.wait_for_release(&page).await;
                }
                self.pay_once_more(page).await
            }
            Course::IsLetGo => {
                let page = self.pay_unheard(page).await;
                self.provider.cancel(&self.intent_on(&page));
                self.pay_once_more(page).await
            }
        }
    }

    /// The page to pay on after another.
    async fn page_after(&self, before: &str) -> String {
        for _ in 0..TRIES {
            match self.order.page().await {
                Some(page) if page != before => return page,
                Some(_) | None => self.order.pause().await,
            }
        }
        let status = self.order.status().await;
        panic!("there is no page to pay on: {status:?}")
    }

    /// Types a card, on the next page if this one has ended; with the page.
    async fn try_card(&self, mut page: String, card: &str) -> (String, Visit) {
        loop {
            match self.provider.pay(&page, card).await {
                Visit::Ended => page = self.page_after(&page).await,
                visit => return (page, visit),
            }
        }
    }

    async fn pay(&self, page: String) -> String {
        let (page, visit) = self.try_card(page, cards::APPROVES).await;
        assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
        page
    }

    async fn declined_on(&self, page: String) -> String {
        let (page, visit) = self.try_card(page, cards::DECLINES).await;
        assert!(matches!(visit, Visit::Again(_)), "{visit:?}");
        page
    }

    /// Where the card's bank asks.
    async fn asked_on(&self, page: String) -> String {
        match self.try_card(page, cards::ASKS).await {
            (_, Visit::Asked(question)) => question,
            (_, other) => panic!("{other:?}"),
        }
    }

    /// Pays, and no event tells of it.
    async fn pay_unheard(&self, page: String) -> String {
        self.provider.hush(&page);
        self.pay(page).await
    }

    /// Pays, and comes back until the order is paid.
    async fn buy(&self, page: String) -> String {
        let page = self.pay(page).await;
        for _ in 0..TRIES {
            self.order.come_back().await;
            if self.order.status().await == OrderStatus::Paid {
                return page;
            }
            self.order.pause().await;
        }
        let status = self.order.status().await;
        panic!("it is paid and stays {status:?}")
    }

    /// A release that is written down is done once someone looks, unless a capture was decided before it was asked for.
    async fn wait_for_release(&self, page: &str) {
        for _ in 0..TRIES {
            let is_decided = self.order.status().await != OrderStatus::PendingPayment;
            if is_decided || self.provider.is_let_go(page) {
                return;
            }
            self.order.pause().await;
            self.order.come_back().await;
        }
        panic!("a release was asked for and is not done")
    }

    /// What was paid on a page was let go: the order waits to be paid on another.
    async fn pay_once_more(&self, page: String) -> End {
        if !self.provider.is_let_go(&page) {
            return End::CutShort;
        }
        let next = self.page_after(&page).await;
        self.pay(next).await;
        self.order.come_back().await;
        End::Whole
    }

    async fn whole_if_cancelled(&self) -> End {
        match self.order.status().await {
            OrderStatus::Cancelled => End::Whole,
            _ => End::CutShort,
        }
    }

    fn intent_on(&self, page: &str) -> String {
        let intent = self.provider.intent_on(page);
        intent.expect("a card was typed there")
    }

    /// Asks until there is an answer.
    async fn ask(&self, wish: Wish, key: &str) -> Said {
        let mut last = String::new();
        for _ in 0..TRIES {
            match self.order.ask(wish, key).await {
                Said::Unclear(words) => last = words,
                said => return said,
            }
            self.order.pause().await;
        }
        panic!("{wish:?} is not answered: {last}")
    }
}
