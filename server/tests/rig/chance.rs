//! Randomness that can be had again.

use std::ops::Range;

use rand::{Rng, SeedableRng, rngs::StdRng};

/// Set to a number, it is the seed of every test.
const SEED: &str = "HOLDFAST_TEST_SEED";

/// A random source whose seed is told when the test fails.
pub struct Chance {
    pub seed: u64,
    rng: StdRng,
}

impl Chance {
    /// Seeded again in each run.
    pub fn new() -> Self {
        let asked = std::env::var(SEED).ok().and_then(|text| text.parse().ok());
        Self::of(asked.unwrap_or_else(|| rand::rng().random()))
    }

    pub fn of(seed: u64) -> Self {
        Self {
            seed,
            rng: StdRng::seed_from_u64(seed),
        }
    }

    /// Another source that follows from this one.
    pub fn branch(&mut self) -> StdRng {
        StdRng::from_rng(&mut self.rng)
    }

    pub fn pick(&mut self, range: Range<usize>) -> usize {
        self.rng.random_range(range)
    }

    pub fn millis(&mut self, range: Range<u64>) -> std::time::Duration {
        std::time::Duration::from_millis(self.rng.random_range(range))
    }
}

impl Drop for Chance {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- to see this again: {SEED}={}", self.seed);
        }
    }
}
