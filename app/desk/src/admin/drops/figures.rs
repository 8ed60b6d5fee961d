//! What a drop came to, and the text that its digest is of: made of the figures alone, the same on every server.

use std::collections::{BTreeMap, HashMap};

use app::{drops::refusals::DropRefusal, ui::date::iso};

app::words! {
    /// How a drop ended.
    pub enum End {
        OnTime = "on_time",
        CalledOff = "called_off",
    }
}

app::words! {
    /// Whether two books say the same of a drop.
    pub enum Books {
        Agree = "agree",
        Differ = "differ",
        /// Nobody has compared them since the drop ended.
        NotCompared = "not_compared",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub title: String,
    pub slug: String,
    pub currency: String,
    /// Times are in milliseconds since 1970.
    pub opens_at: i64,
    pub ended_at: i64,
    pub end: End,
    pub variants: Vec<VariantFigures>,
    pub orders: OrderFigures,
    /// Orders that were refused, of all nodes.
    pub refusals: BTreeMap<DropRefusal, i64>,
    /// Orders of whatever goods that were refused for want of time while the drop was near.
    pub busy: i64,
    /// `None` if it has no waiting room.
    pub room: Option<RoomFigures>,
    /// From a place to its order; `None` if nobody has ordered with one, or it is forgotten.
    pub waits: Option<Waits>,
    /// `None` if nobody was on its waiting list, or it is forgotten.
    pub list: Option<ListFigures>,
    pub households: Households,
    /// The ledger of units, beside the drop's lines and its orders.
    pub ledger: Books,
    /// What came in of its orders, beside what providers say.
    pub payments: Books,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantFigures {
    pub name: String,
    /// Units that the drop had.
    pub units: i64,
    /// In orders, of which some came back.
    pub ordered: i64,
    pub back: i64,
    /// Not sold.
    pub left: i64,
}

impl VariantFigures {
    pub const fn sold(&self) -> i64 {
        self.ordered - self.back
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderFigures {
    pub placed: i64,
    /// Of these.
    pub cancelled: i64,
    /// What units of the drop came to in orders that stand, before refunds.
    pub amount_minor: i64,
    /// From the start to the first and to the last, in milliseconds.
    pub first_ms: Option<i64>,
    pub last_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomFigures {
    pub arrivals: i64,
    pub let_in: i64,
}

/// People on its waiting list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListFigures {
    pub joined: i64,
    /// Of these, whom a unit was offered to that came back, and who ordered it.
    pub offered: i64,
    pub ordered: i64,
}

/// In milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    pub counted: i64,
    pub median_ms: i64,
    /// Of twenty, nineteen waited no longer.
    pub most_ms: i64,
    pub longest_ms: i64,
}

impl Waits {
    pub fn of(mut waits: Vec<i64>) -> Option<Self> {
        waits.sort_unstable();
        let at = |share: usize| waits.get((waits.len() * share / 100).min(waits.len() - 1));
        let longest_ms = *waits.last()?;
        Some(Self {
            counted: i64::try_from(waits.len()).unwrap_or(i64::MAX),
            median_ms: *at(50)?,
            most_ms: *at(95)?,
            longest_ms,
        })
    }
}

/// Buyers by their postal address in one spelling, or their mailbox where there is none; of orders that stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Households {
    pub count: i64,
    /// With one unit of the drop, with two, and with more.
    pub with_one: i64,
    pub with_two: i64,
    pub with_more: i64,
    /// The most units of one.
    pub most: i64,
}

impl Households {
    /// Of the units of each.
    pub fn of(units: impl Iterator<Item = i64>) -> Self {
        let mut all = Self::default();
        for units in units.filter(|units| *units > 0) {
            all.count += 1;
            all.most = all.most.max(units);
            match units {
                1 => all.with_one += 1,
                2 => all.with_two += 1,
                _ => all.with_more += 1,
            }
        }
        all
    }
}

/// In place of a figure that nobody knows any more.
const UNKNOWN: &str = "unknown";
const HEAD: &str = "holdfast drop report 1";

impl Figures {
    pub fn ordered(&self) -> i64 {
        self.variants.iter().map(|one| one.ordered).sum()
    }

    pub fn back(&self) -> i64 {
        self.variants.iter().map(|one| one.back).sum()
    }

    /// Names and values, in their order.
    fn lines(&self) -> Vec<(String, String)> {
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut say = |name: &str, value: String| lines.push((name.to_owned(), value));
        say("title", plain(&self.title));
        say("address", plain(&self.slug));
        say("begins", iso(self.opens_at));
        say("ended", iso(self.ended_at));
        say("end", self.end.as_str().to_owned());
        say("currency", plain(&self.currency));
        for (at, one) in (1..).zip(&self.variants) {
            let VariantFigures {
                units,
                ordered,
                back,
                left,
                ..
            } = one;
            say(&format!("variant_{at}"), plain(&one.name));
            let figures = format!("{units} {ordered} {back} {left}");
            say(&format!("variant_{at}_units_ordered_back_left"), figures);
        }
        say("orders", self.orders.placed.to_string());
        say("orders_cancelled", self.orders.cancelled.to_string());
        say("units_ordered", self.ordered().to_string());
        say("units_back", self.back().to_string());
        say("amount_minor", self.orders.amount_minor.to_string());
        say("first_order_ms", known(self.orders.first_ms));
        say("last_order_ms", known(self.orders.last_ms));
        for reason in DropRefusal::ALL {
            let count = self.refusals.get(&reason).copied().unwrap_or_default();
            say(&format!("refused_{}", reason.as_str()), count.to_string());
        }
        say("refused_busy", self.busy.to_string());
        say("room_arrivals", known(self.room.map(|room| room.arrivals)));
        say("room_let_in", known(self.room.map(|room| room.let_in)));
        let wait = |of: fn(Waits) -> i64| known(self.waits.map(of));
        say("waits", wait(|waits| waits.counted));
        say("wait_median_ms", wait(|waits| waits.median_ms));
        say("wait_95_percent_ms", wait(|waits| waits.most_ms));
        say("wait_longest_ms", wait(|waits| waits.longest_ms));
        say("list_joined", known(self.list.map(|list| list.joined)));
        say("list_offered", known(self.list.map(|list| list.offered)));
        say("list_ordered", known(self.list.map(|list| list.ordered)));
        let households = &self.households;
        say("households", households.count.to_string());
        say("households_with_1", households.with_one.to_string());
        say("households_with_2", households.with_two.to_string());
        say("households_with_more", households.with_more.to_string());
        say("household_most_units", households.most.to_string());
        say("ledger", self.ledger.as_str().to_owned());
        say("payments", self.payments.as_str().to_owned());
        lines
    }

    /// What the digest is of: a line for each figure, its name, a tab and its value.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (name, value) in self.lines() {
            text.push_str(&format!("{name}\t{value}\n"));
        }
        text
    }

    /// What a text that was kept says otherwise. What nobody knows any more, and what nobody has compared lately, differs from
    /// nothing.
    pub fn differences(&self, kept: &str) -> Vec<Difference> {
        let before: HashMap<&str, &str> = kept
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let now = self.lines();
        let is_gone = |name: &str| now.iter().all(|(known, _)| known != name);
        let gone = kept.lines().filter_map(|line| line.split_once('\t'));
        let gone = gone.filter(|(name, _)| is_gone(name));
        let gone = gone.map(|(name, value)| Difference {
            name: name.to_owned(),
            kept: value.to_owned(),
            now: String::new(),
        });
        let changed = now.iter().filter_map(|(name, value)| {
            let kept = before.get(name.as_str()).copied().unwrap_or_default();
            (kept != value && !is_open(value)).then(|| Difference {
                name: name.clone(),
                kept: kept.to_owned(),
                now: value.clone(),
            })
        });
        changed.chain(gone).collect()
    }
}

fn is_open(value: &str) -> bool {
    [UNKNOWN, Books::NotCompared.as_str()].contains(&value)
}

fn known(figure: Option<i64>) -> String {
    figure.map_or_else(|| UNKNOWN.to_owned(), |figure| figure.to_string())
}

/// On one line, and without what parts its columns.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter.is_control() {
            true => ' ',
            false => letter,
        })
        .collect()
}

/// A figure that a report says otherwise than the one that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub name: String,
    /// Empty if it is not there.
    pub kept: String,
    pub now: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        Figures {
            title: "Summer\tnight".to_owned(),
            slug: "summer".to_owned(),
            currency: "EUR".to_owned(),
            opens_at: 1_760_000_000_000,
            ended_at: 1_760_003_600_000,
            end: End::OnTime,
            variants: vec![VariantFigures {
                name: "Rope".to_owned(),
                units: 5,
                ordered: 4,
                back: 1,
                left: 2,
            }],
            orders: OrderFigures {
                placed: 3,
                cancelled: 1,
                amount_minor: 6000,
                first_ms: Some(12),
                last_ms: Some(900),
            },
            refusals: BTreeMap::from([(DropRefusal::SoldOut, 7)]),
            busy: 0,
            room: None,
            waits: Waits::of(vec![30, 10, 20]),
            list: Some(ListFigures {
                joined: 9,
                offered: 2,
                ordered: 1,
            }),
            households: Households::of([1, 2, 3].into_iter()),
            ledger: Books::Agree,
            payments: Books::NotCompared,
        }
    }

    /// The digest of a report that was kept must come out again with every later version.
    #[test]
    fn the_text_of_a_report_does_not_change() {
        let text = figures().text();
        let expected = "holdfast drop report 1\n\
            title\tSummer night\n\
            address\tsummer\n\
            begins\t2025-10-09T08:53:20Z\n\
            ended\t2025-10-09T09:53:20Z\n\
            end\ton_time\n\
            currency\tEUR\n\
            variant_1\tRope\n\
            variant_1_units_ordered_back_left\t5 4 1 2\n\
            orders\t3\n\
            orders_cancelled\t1\n\
            units_ordered\t4\n\
            units_back\t1\n\
            amount_minor\t6000\n\
            first_order_ms\t12\n\
            last_order_ms\t900\n\
            refused_sold_out\t7\n\
            refused_too_few_left\t0\n\
            refused_not_yet\t0\n\
            refused_not_let_in\t0\n\
            refused_limit_reached\t0\n\
            refused_not_on_sale\t0\n\
            refused_price_changed\t0\n\
            refused_total_changed\t0\n\
            refused_other\t0\n\
            refused_busy\t0\n\
            room_arrivals\tunknown\n\
            room_let_in\tunknown\n\
            waits\t3\n\
            wait_median_ms\t20\n\
            wait_95_percent_ms\t30\n\
            wait_longest_ms\t30\n\
            list_joined\t9\n\
            list_offered\t2\n\
            list_ordered\t1\n\
            households\t3\n\
            households_with_1\t1\n\
            households_with_2\t1\n\
            households_with_more\t1\n\
            household_most_units\t3\n\
            ledger\tagree\n\
            payments\tnot_compared\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn what_is_forgotten_differs_from_nothing_and_what_changed_is_named() {
        let kept = figures().text();
        assert!(figures().differences(&kept).is_empty());
        let forgotten = Figures {
            waits: None,
            list: None,
            ..figures()
        };
        assert!(forgotten.differences(&kept).is_empty());
        let refunded = Figures {
            variants: vec![VariantFigures {
                back: 2,
                ..figures().variants[0].clone()
            }],
            ..figures()
        };
        let names = |differences: Vec<Difference>| -> Vec<String> {
            differences.into_iter().map(|one| one.name).collect()
        };
        let changed = refunded.differences(&kept);
        assert_eq!(
            (changed[0].kept.as_str(), changed[0].now.as_str()),
            ("5 4 1 2", "5 4 2 2")
        );
        let expected = ["variant_1_units_ordered_back_left", "units_back"];
        assert_eq!(names(changed), expected);
        let emptied = Figures {
            variants: Vec::new(),
            ..figures()
        };
        assert!(names(emptied.differences(&kept)).contains(&"variant_1".to_owned()));
    }

    #[test]
    fn waits_are_told_by_their_middle_and_their_end() {
        let waits = Waits::of((1..=100).rev().collect()).unwrap();
        assert_eq!(
            (waits.median_ms, waits.most_ms, waits.longest_ms),
            (51, 96, 100)
        );
        assert_eq!(Waits::of(Vec::new()), None);
        assert_eq!(Waits::of(vec![7]).unwrap().most_ms, 7);
    }
}
