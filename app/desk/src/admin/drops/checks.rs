//! What has to be right before a drop starts, and whether it is: a function of what was found.

use app::{
    answers::Tally,
    drops::{room::RoomSwitch, types::DropState},
    shop::{Opening, PaymentMode},
};

const HOUR_MINUTES: i64 = 60;

/// A drop with all that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    pub id: String,
    pub title: String,
    pub all: Vec<Check>,
}

impl Checks {
    /// The worst of all.
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.all.iter().map(Check::verdict);
        verdicts.max().unwrap_or(Verdict::Good)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Good,
    /// It works, but may not be what the owner means.
    Look,
    /// The drop sells nothing, or less than it is to.
    Wrong,
}

/// How orders are paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paying {
    pub opening: Opening,
    pub mode: PaymentMode,
    /// Methods that are on and that this shop can have, as orders call them.
    pub methods: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// Whether it takes place, and when.
    Start {
        state: DropState,
        /// Whether that time has not come.
        is_ahead: bool,
        opens_at: i64,
        closes_at: Option<i64>,
    },
    /// Whether what is in it can be bought.
    Goods {
        lines: i64,
        /// Names of what is not on sale in the shop.
        not_on_sale: Vec<String>,
    },
    /// Whether its units are set aside, or can be.
    Units {
        units: i64,
        set_aside: i64,
        /// Names of what there is too little of.
        short: Vec<String>,
    },
    Payment(Paying),
    /// Names of what one customer may buy all of.
    Limits {
        without: Vec<String>,
    },
    Room {
        switch: RoomSwitch,
        per_minute: i64,
    },
    Mails {
        waiting: Tally,
        /// Within the last seven days.
        failed: Tally,
        /// How many it brings: to those who want to be reminded, and for each unit an order at most.
        coming: i64,
        /// The most that were sent within a minute lately; `None` if too few were to tell.
        per_minute: Option<i64>,
    },
    /// Connections to the database.
    Connections {
        of_a_node: i64,
        /// How many the database lets in; `None` if it has no such bound.
        allowed: Option<i64>,
    },
}

impl Check {
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Start {
                state: DropState::CalledOff,
                ..
            } => Verdict::Wrong,
            Self::Start {
                state: DropState::Draft,
                is_ahead,
                ..
            } => match is_ahead {
                true => Verdict::Look,
                false => Verdict::Wrong,
            },
            Self::Start {
                state: DropState::Planned,
                ..
            } => Verdict::Good,
            Self::Goods { lines: 0, .. } => Verdict::Wrong,
            Self::Goods { not_on_sale, .. } => look_unless(not_on_sale.is_empty()),
            Self::Units { short, .. } => match short.is_empty() {
                true => Verdict::Good,
                false => Verdict::Wrong,
            },
            Self::Payment(paying) => paying.verdict(),
            Self::Limits { without } => look_unless(without.is_empty()),
            Self::Room { switch, .. } => look_unless(*switch == RoomSwitch::On),
            Self::Mails {
                waiting,
                failed,
                per_minute,
                ..
            } => {
                let lags = waiting.is_more || per_minute.is_some_and(|most| waiting.count > most);
                let takes_long = self.mail_minutes().is_none_or(|took| took > HOUR_MINUTES);
                look_unless(!lags && failed.count == 0 && !takes_long)
            }
            Self::Connections { allowed: None, .. } => Verdict::Good,
            Self::Connections { .. } => match self.nodes() {
                Some(0) => Verdict::Wrong,
                // A new version is started beside the old one.
                Some(1) => Verdict::Look,
                _ => Verdict::Good,
            },
        }
    }

    /// How many nodes the database has connections for; `None` where that is not counted.
    pub fn nodes(&self) -> Option<i64> {
        match self {
            Self::Connections {
                of_a_node,
                allowed: Some(allowed),
            } => Some(allowed / (*of_a_node).max(1)),
            _ => None,
        }
    }

    /// How long its e-mails take at the rate that was reached; `None` where no rate is known.
    pub fn mail_minutes(&self) -> Option<i64> {
        match self {
            Self::Mails {
                coming,
                per_minute: Some(rate),
                ..
            } => Some((coming + rate - 1) / (*rate).max(1)),
            _ => None,
        }
    }
}

impl Paying {
    fn verdict(&self) -> Verdict {
        match (self.opening, self.mode, self.methods.is_empty()) {
            (Opening::Preparing, ..) | (.., true) => Verdict::Wrong,
            (Opening::Open, PaymentMode::Real, false) => Verdict::Good,
            (Opening::Demo, ..) | (_, PaymentMode::Test | PaymentMode::Demo, _) => Verdict::Look,
        }
    }
}

const fn look_unless(is_good: bool) -> Verdict {
    match is_good {
        true => Verdict::Good,
        false => Verdict::Look,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connections(allowed: Option<i64>) -> Check {
        Check::Connections {
            of_a_node: 30,
            allowed,
        }
    }

    #[test]
    fn a_database_has_to_let_a_second_node_in() {
        let verdicts = [Some(29), Some(59), Some(60), None].map(|most| connections(most).verdict());
        let expected = [Verdict::Wrong, Verdict::Look, Verdict::Good, Verdict::Good];
        assert_eq!(verdicts, expected);
    }

    #[test]
    fn mails_are_looked_at_by_the_rate_that_was_reached() {
        let mails = |coming, per_minute| Check::Mails {
            waiting: Tally::default(),
            failed: Tally::default(),
            coming,
            per_minute,
        };
        assert_eq!(mails(601, Some(10)).mail_minutes(), Some(61));
        assert_eq!(mails(601, Some(10)).verdict(), Verdict::Look);
        assert_eq!(mails(600, Some(10)).verdict(), Verdict::Good);
        assert_eq!(mails(1, None).verdict(), Verdict::Look);
    }

    #[test]
    fn a_shop_that_takes_no_money_is_said_to() {
        let paying = |opening, mode, methods: &[&str]| Paying {
            opening,
            mode,
            methods: methods.iter().map(|name| (*name).to_owned()).collect(),
        };
        let verdict = |opening, mode, methods: &[&str]| paying(opening, mode, methods).verdict();
        let card = ["card"];
        assert_eq!(
            verdict(Opening::Open, PaymentMode::Real, &card),
            Verdict::Good
        );
        assert_eq!(
            verdict(Opening::Open, PaymentMode::Test, &card),
            Verdict::Look
        );
        assert_eq!(
            verdict(Opening::Open, PaymentMode::Real, &[]),
            Verdict::Wrong
        );
        assert_eq!(
            verdict(Opening::Preparing, PaymentMode::Real, &card),
            Verdict::Wrong
        );
    }

    #[test]
    fn the_worst_is_told_of_all() {
        let checks = Checks {
            id: String::new(),
            title: String::new(),
            all: vec![
                connections(None),
                connections(Some(1)),
                connections(Some(59)),
            ],
        };
        assert_eq!(checks.verdict(), Verdict::Wrong);
    }
}
