//! What can be measured, by name, and for how long.

use std::time::Duration;

use crate::load::{is_set, number};

/// Rows that are measured together. The numbers are those of the issues and of `docs/benchmarks.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Hot,
    Cards,
    Provider,
    Spread,
    Nodes,
    Arrivals,
    Large,
    Mails,
    Network,
    Flushes,
    PlainHttp,
    Desk,
    Journey,
    Drop,
    Sqlite,
    Refusals,
    Room,
}

impl Part {
    const ALL: [Self; 17] = [
        Self::Hot,
        Self::Cards,
        Self::Provider,
        Self::Spread,
        Self::Nodes,
        Self::Arrivals,
        Self::Large,
        Self::Mails,
        Self::Network,
        Self::Flushes,
        Self::PlainHttp,
        Self::Desk,
        Self::Journey,
        Self::Drop,
        Self::Sqlite,
        Self::Refusals,
        Self::Room,
    ];

    /// What it is called, the numbers it is known by, and what it measures.
    const fn words(self) -> (&'static str, &'static [&'static str], &'static str) {
        match self {
            Self::Hot => ("hot", &["B1"], "everybody orders one variant, on delivery"),
            Self::Cards => (
                "cards",
                &["B2", "B3"],
                "the same by test card, with declines, and on SQLite",
            ),
            Self::Provider => (
                "provider",
                &["B2", "B3"],
                "the same at the page of the tests' payment provider",
            ),
            Self::Spread => ("spread", &["B4"], "10 000 variants, one and three lines"),
            Self::Nodes => ("nodes", &["B5"], "three nodes, with cold orders beside"),
            Self::Arrivals => ("arrivals", &["B6"], "orders that come when they come"),
            Self::Large => ("large", &["B7"], "order tables of years; only by its name"),
            Self::Mails => ("mails", &["B8"], "with all e-mails sent"),
            Self::Network => ("network", &["B9"], "a slow wire to the database"),
            Self::Flushes => ("flushes", &["B9"], "a slow disk under the database"),
            Self::PlainHttp => ("plain-http", &["B10"], "the plain shop behind HTTP"),
            Self::Desk => (
                "desk",
                &["B15"],
                "the back office of years; only by its name",
            ),
            Self::Journey => ("journey", &["B18"], "shoppers from the page to the order"),
            Self::Drop => (
                "drop",
                &[],
                "the same variant in a drop, and a page that is kept until it ends",
            ),
            Self::Sqlite => ("sqlite", &["B19"], "one file, on this disk and a slow one"),
            Self::Refusals => ("refusals", &[], "what is sold out"),
            Self::Room => (
                "room",
                &[],
                "the waiting room of a drop, and orders from it",
            ),
        }
    }

    /// These fill tables for minutes to hours, and a disk: nobody gets them without asking.
    const fn is_by_name(self) -> bool {
        matches!(self, Self::Large | Self::Desk)
    }

    fn is_called(self, word: &str) -> bool {
        let (name, numbers, _) = self.words();
        // Names of before: all rows on Postgres, and the sale.
        let old = match self {
            Self::Hot | Self::Spread | Self::Refusals => "postgres",
            Self::Journey => "sale",
            _ => name,
        };
        name == word
            || old == word
            || numbers
                .iter()
                .any(|number| number.eq_ignore_ascii_case(word))
    }

    /// Those that the command line asks for.
    ///
    /// # Errors
    /// What to write instead of a word that is none.
    pub fn wanted() -> Result<Vec<Self>, String> {
        let words: Vec<String> = std::env::args()
            .skip(1)
            .filter(|word| !word.starts_with("--"))
            .collect();
        let unknown = words
            .iter()
            .find(|word| !Self::ALL.iter().any(|part| part.is_called(word)));
        if let Some(unknown) = unknown {
            return Err(format!("There is no row {unknown}.\n{}", Self::list()));
        }
        let is_wanted = |part: &Self| match words.is_empty() {
            true => !part.is_by_name(),
            false => words.iter().any(|word| part.is_called(word)),
        };
        Ok(Self::ALL.into_iter().filter(is_wanted).collect())
    }

    /// What can be asked for.
    pub fn list() -> String {
        let mut list = "Rows, by name or number:\n".to_owned();
        for part in Self::ALL {
            let (name, numbers, about) = part.words();
            list.push_str(&format!("  {name:<11}{:<7}{about}\n", numbers.join(" ")));
        }
        list.push_str(
            "--short ends soon and says little; --runs=3, --seconds=3, --long=60, \
             --orders=10000000 and --streams=15000 say how much is measured.\n",
        );
        list
    }
}

/// For how long, and how often.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub runs: usize,
    /// Of a row.
    pub time: Duration,
    /// Of a row that must see what happens once in a while: checkpoints, e-mails, pauses.
    pub long: Duration,
    /// In the tables of years.
    pub orders: usize,
}

impl Pace {
    pub fn asked() -> Self {
        let (runs, time, long, orders) = match is_set("--short") {
            true => (1, 1, 2, 20_000),
            false => (3, 3, 60, 10_000_000),
        };
        let seconds = |name, usual| Duration::from_secs(number(name).map_or(usual, |n| n as u64));
        Self {
            runs: number("runs").unwrap_or(runs).max(1),
            time: seconds("seconds", time).max(Duration::from_secs(1)),
            long: seconds("long", long).max(Duration::from_secs(1)),
            orders: number("orders").unwrap_or(orders).max(1_000),
        }
    }

    pub fn words(&self) -> String {
        let times = match self.runs {
            1 => "once".to_owned(),
            runs => format!(
                "{runs} times in turn; figures and ratios are the medians, with the least and the most"
            ),
        };
        format!(
            "Each row: {} s after a warm-up, long ones {} s, {times}; each ratio is to the base of the \
             same turn",
            self.time.as_secs(),
            self.long.as_secs()
        )
    }
}
