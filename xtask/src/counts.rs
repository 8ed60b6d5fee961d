//! How many tests passed, read from what the runners print.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
    /// Of those that passed: only when tried again.
    pub retried: u32,
}

impl Counts {
    /// Of a check that only says yes or no.
    pub fn of(passed: bool) -> Self {
        Self {
            passed: u32::from(passed),
            failed: u32::from(!passed),
            ..Self::default()
        }
    }

    /// From the lines `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub fn from_cargo_test(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines().filter_map(|line| {
            plain(line)
                .split_once("test result: ")
                .map(|(_, rest)| rest.to_owned())
        }) {
            // The first part begins with the verdict: "ok. 3 passed".
            for part in line.split(';') {
                let mut words = part.split_whitespace().rev();
                if let (Some(word), Some(Ok(number))) = (words.next(), words.next().map(str::parse))
                {
                    counts.add(word, number);
                }
            }
        }
        counts
    }

    /// From Playwright's last lines: `  12 passed (5.3s)`.
    pub fn from_playwright(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines().map(plain) {
            let Some((number, what)) = line.trim().split_once(' ') else {
                continue;
            };
            let what = what.split(" (").next().unwrap_or_default();
            if let Ok(number) = number.parse() {
                counts.add(what, number);
            }
        }
        counts
    }

    /// With a runner's verdict taken into account: a failure that no count shows, such as a
    /// compiler error, is one failure, and so is success without any test.
    pub fn judged(mut self, success: bool) -> Self {
        if self.failed == 0 && (!success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }

    fn add(&mut self, what: &str, number: u32) {
        match what {
            "passed" => self.passed += number,
            "flaky" => {
                self.passed += number;
                self.retried += number;
            }
            "failed" | "interrupted" => self.failed += number,
            "ignored" | "skipped" | "did not run" => self.skipped += number,
            _ => {}
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.retried += other.retried;
    }
}

/// Without colours.
pub fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut parts = line.split('\u{1b}');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        text.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_test_results_add_up() {
        let output = "running 4 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
            noise: 9 failed\n\
            test result: \u{1b}[31mFAILED\u{1b}[0m. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(
            Counts::from_cargo_test(output),
            Counts {
                passed: 5,
                failed: 1,
                skipped: 1,
                retried: 0
            }
        );
    }

    #[test]
    fn playwright_results_add_up() {
        let output = "  ✓  1 [chromium] › cart.spec.ts:3:1 › 7 passed (1s)\n\
            \n  1 failed\n    [chromium] › cart.spec.ts:9:1\n  2 flaky\n  1 skipped\n  3 did not run\n  \
            \u{1b}[32m  12 passed\u{1b}[39m (1.3m)\n";
        assert_eq!(
            Counts::from_playwright(output),
            Counts {
                passed: 14,
                failed: 1,
                skipped: 4,
                retried: 2
            }
        );
    }

    #[test]
    fn a_failure_is_never_lost() {
        assert_eq!(Counts::default().judged(false).failed, 1);
        assert_eq!(Counts::default().judged(true).failed, 1);
        assert_eq!(
            Counts {
                passed: 3,
                failed: 2,
                ..Counts::default()
            }
            .judged(false)
            .failed,
            2
        );
        assert_eq!(
            Counts {
                passed: 3,
                ..Counts::default()
            }
            .judged(true)
            .failed,
            0
        );
    }
}
