//! What is said of a rehearsal, to people and to programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{
    figures::{Figures, Times},
    findings::{Finding, Weight, spelled},
};

/// What the figures know nothing of.
const NOT_REHEARSED: &str = "the network to your shoppers, a proxy in front, the payment provider (buyers pay on \
     delivery), the mail server, other nodes, sign-in and the steps of the checkout before its last, pictures and \
     scripts, brakes on one network, and what your tables hold besides the drop. The buyers were played by this \
     machine and took a part of its processors.";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its title.
    pub drop: String,
    pub figures: Figures,
    /// What is wrong first.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Things that would go wrong.
    pub fn faults(&self) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|finding| finding.weight() == Weight::Fault)
            .count()
    }

    pub fn text(&self) -> String {
        let figures = &self.figures;
        let mut text = String::new();
        let mut line = |words: String| {
            // A text takes whatever is written.
            let _ = writeln!(text, "{words}");
        };
        line(format!(
            "\"{}\", rehearsed with {} buyers for {} units, who came within {}",
            self.drop,
            figures.buyers,
            figures.units,
            spelled(figures.came_within_ms)
        ));
        line(String::new());
        line(format!(
            "orders       {} placed, {} told that it is sold out, {} gave up, {} failed",
            figures.placed,
            figures.sold_out,
            figures.gave_up,
            figures.failures()
        ));
        let sold = match figures.sold >= figures.wanted && figures.wanted == figures.units {
            true => "sold out in",
            false => "last order after",
        };
        line(format!(
            "units        {} sold, {sold} {}",
            figures.sold,
            spelled(figures.sold_in_ms)
        ));
        if let Some(room) = &figures.room {
            line(format!(
                "room         {} places given out, {} let in, {}, {} still waiting",
                room.places,
                room.let_in,
                times(&room.wait),
                room.waiting
            ));
        }
        line(format!("order        {}", times(&figures.order)));
        line(format!("page         {}", times(&figures.page)));
        line(format!(
            "e-mails      {} written {} after the start, sent to nobody",
            figures.mails.written,
            spelled(figures.mails.written_in_ms)
        ));
        for pool in &figures.pools {
            line(format!(
                "connections  {} of {} in use at most in the pool \"{}\", all of them for {} % of the time",
                pool.most_used,
                pool.max,
                pool.name,
                pool.full_percent()
            ));
        }
        line(String::new());
        for finding in &self.findings {
            let mark = match finding.weight() {
                Weight::Fault => "FAULT",
                Weight::Note => "note",
            };
            line(format!("{mark:<6} {}", finding.words()));
        }
        line(match self.faults() {
            0 => "ok     the drop went well".to_owned(),
            _ => "       as it is set up now, this drop would not go well".to_owned(),
        });
        line(String::new());
        line(format!("Not rehearsed: {NOT_REHEARSED}"));
        text
    }

    pub fn json(&self) -> Value {
        let findings = self.findings.iter().map(|finding| {
            json!({
                "weight": match finding.weight() {
                    Weight::Fault => "fault",
                    Weight::Note => "note",
                },
                "words": finding.words(),
            })
        });
        json!({
            "drop": self.drop,
            "figures": self.figures,
            "findings": findings.collect::<Vec<_>>(),
            "not_rehearsed": NOT_REHEARSED,
        })
    }
}

fn times(times: &Times) -> String {
    format!(
        "half within {}, p99 {}, longest {}",
        spelled(times.median_ms),
        spelled(times.p99_ms),
        spelled(times.longest_ms)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearsal::figures::RoomFigures;

    fn report(findings: Vec<Finding>) -> Report {
        Report {
            drop: "Summer".to_owned(),
            figures: Figures {
                buyers: 5000,
                units: 500,
                wanted: 500,
                sold: 500,
                placed: 500,
                sold_out: 4500,
                sold_in_ms: 1800,
                order: Times {
                    median_ms: 80,
                    p99_ms: 240,
                    longest_ms: 300,
                },
                ..Figures::default()
            },
            findings,
        }
    }

    #[test]
    fn it_says_what_happened_and_what_it_did_not_try() {
        let well = report(Vec::new());
        let text = well.text();
        for words in [
            "sold out in 1.8 s",
            "p99 240 ms",
            "4500 told that it is sold out",
            "the drop went well",
            "Not rehearsed: the network",
        ] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert_eq!(well.faults(), 0);
        assert!(!text.contains("let in"), "it was left out: {text}");
        let json = well.json();
        assert_eq!(json["figures"]["order"]["p99_ms"], 240);
    }

    #[test]
    fn it_says_how_people_came_through_the_waiting_room() {
        let mut with_room = report(Vec::new());
        with_room.figures.room = Some(RoomFigures {
            places: 5000,
            let_in: 500,
            wait: Times {
                median_ms: 25_000,
                p99_ms: 49_500,
                longest_ms: 50_000,
            },
            waiting: 0,
        });
        let text = with_room.text();
        let words =
            "room         5000 places given out, 500 let in, half within 25.0 s, p99 49.5 s";
        assert!(text.contains(words), "{text}");
    }

    #[test]
    fn a_fault_is_marked_and_counted() {
        let bad = report(vec![
            Finding::Unsold { left: 3 },
            Finding::MailsUntried { written: 500 },
        ]);
        assert_eq!(bad.faults(), 1);
        let text = bad.text();
        assert!(
            text.contains("FAULT  3 units were asked for and not sold"),
            "{text}"
        );
        assert!(text.contains("would not go well"), "{text}");
        let json = bad.json();
        assert_eq!(json["findings"][1]["weight"], "note");
    }
}
