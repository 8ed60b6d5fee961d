//! The text of a report, which its digest is of, and what differs between two.

use std::collections::HashMap;

use app::{drops::refusals::DropRefusal, ui::date::iso};

use super::{Books, Figures, VariantFigures, Waits};

/// In place of a figure that nobody knows any more.
const UNKNOWN: &str = "unknown";
const HEAD: &str = "holdfast drop report 1";

impl Figures {
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
