//! Which of an order's declined tries are counted, as it is written beside who pays.

/// What is counted of an order's tries that were declined, attempt by attempt. A provider's list of an attempt's tries
/// only grows, also when another attempt has taken its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counted {
    attempts: Vec<OfAttempt>,
    /// The last that was counted, from before they were numbered.
    unnumbered: Option<String>,
}

/// How many of an attempt's tries are counted, and the last of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfAttempt {
    pub attempt: i64,
    pub tries: usize,
    pub last: String,
}

impl OfAttempt {
    /// As it is written: `2 3 ch_1`.
    fn read(line: &str) -> Option<Self> {
        let mut words = line.splitn(3, ' ');
        let attempt = words.next()?.parse().ok()?;
        let tries = words.next()?.parse().ok()?;
        let last = words.next()?.to_owned();
        Some(Self {
            attempt,
            tries,
            last,
        })
    }
}

impl Counted {
    /// As it is written: a line for each attempt. Before they were numbered, the last was written alone.
    pub fn read(written: &str) -> Self {
        let attempts: Vec<OfAttempt> = written.lines().filter_map(OfAttempt::read).collect();
        let unnumbered = attempts.is_empty() && !written.is_empty();
        Self {
            attempts,
            unnumbered: unnumbered.then(|| written.to_owned()),
        }
    }

    pub fn written(&self) -> String {
        let lines = self.attempts.iter().map(|of| {
            let OfAttempt {
                attempt,
                tries,
                last,
            } = of;
            format!("{attempt} {tries} {last}")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn of(&self, attempt: i64) -> Option<&OfAttempt> {
        self.attempts.iter().find(|of| of.attempt == attempt)
    }

    /// The last that is counted of an attempt.
    pub fn last_of(&self, attempt: i64) -> Option<&str> {
        let numbered = self.of(attempt).map(|of| of.last.as_str());
        numbered.or(self.unnumbered.as_deref())
    }

    /// How many at the head of this list of an attempt's tries are counted.
    pub fn of_list(&self, attempt: i64, called: &[&str]) -> usize {
        match (self.of(attempt), &self.unnumbered) {
            (Some(of), _) => of.tries.min(called.len()),
            (None, Some(last)) => {
                let last = called.iter().position(|called| called == last);
                last.map_or(0, |at| at + 1)
            }
            (None, None) => 0,
        }
    }

    /// The same once all of this list is counted.
    pub fn with(&self, now: OfAttempt) -> Self {
        let others = self.attempts.iter().filter(|of| of.attempt != now.attempt);
        let mut attempts: Vec<OfAttempt> = others.cloned().collect();
        attempts.push(now);
        Self {
            attempts,
            unnumbered: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attempt: i64, tries: usize, last: &str) -> OfAttempt {
        OfAttempt {
            attempt,
            tries,
            last: last.to_owned(),
        }
    }

    #[test]
    fn each_try_of_an_attempt_is_counted_once() {
        let counted = Counted::read("2 3 ch_3");
        assert_eq!(counted.written(), "2 3 ch_3");
        let tries = ["ch_1", "ch_2", "ch_3", "ch_4", "ch_5"];
        for (listed, known) in [(5, 3), (3, 3), (2, 2), (0, 0)] {
            assert_eq!(counted.of_list(2, &tries[..listed]), known, "{listed}");
        }
        assert_eq!(counted.last_of(2), Some("ch_3"));
        assert_eq!(counted.of_list(3, &["ch_6"]), 0);
        assert_eq!(Counted::read("").of_list(1, &tries), 0);
        assert_eq!(Counted::read("").last_of(1), None);
    }

    #[test]
    fn what_is_found_of_an_earlier_attempt_is_counted_after_the_next_has_begun() {
        let counted = Counted::read("2 3 ch_3");
        assert_eq!(counted.of_list(1, &["ch_a", "ch_b"]), 0);
        let both = counted.with(of(1, 2, "ch_b"));
        assert_eq!(both.written(), "2 3 ch_3\n1 2 ch_b");
        let both = Counted::read(&both.written());
        assert_eq!(both.of_list(1, &["ch_a", "ch_b", "ch_c"]), 2);
        assert_eq!(both.of_list(2, &["ch_1", "ch_2", "ch_3", "ch_4"]), 3);
        assert_eq!(both.with(of(2, 4, "ch_4")).written(), "1 2 ch_b\n2 4 ch_4");
    }

    #[test]
    fn a_try_that_was_counted_before_they_were_numbered_is_counted_no_more() {
        let counted = Counted::read("ch_2");
        assert_eq!(counted.last_of(1), Some("ch_2"));
        assert_eq!(counted.of_list(1, &["ch_1", "ch_2", "ch_3"]), 2);
        assert_eq!(counted.of_list(1, &["ch_4"]), 0);
        assert_eq!(counted.with(of(1, 3, "ch_3")).written(), "1 3 ch_3");
    }
}
