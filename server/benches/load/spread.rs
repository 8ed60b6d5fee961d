//! What a figure was over several runs.

/// The middle one of all runs, and how far they were apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub median: f64,
    pub least: f64,
    pub most: f64,
    runs: usize,
}

impl Spread {
    /// Of two in the middle the lower one: nothing is told that was not measured.
    pub fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |n: usize| sorted.get(n).copied().unwrap_or(f64::NAN);
        Self {
            median: at(sorted.len().saturating_sub(1) / 2),
            least: at(0),
            most: at(sorted.len().saturating_sub(1)),
            runs: sorted.len(),
        }
    }

    /// Each of `values` divided by that of the same run.
    pub fn of_ratios(values: &[f64], bases: &[f64]) -> Self {
        let ratios: Vec<f64> = values
            .iter()
            .zip(bases)
            .map(|(value, base)| value / base)
            .collect();
        Self::of(&ratios)
    }

    /// `3.5 (3.2–3.9)`; of a single run only the first.
    pub fn text(&self, number: impl Fn(f64) -> String) -> String {
        match self.runs {
            1 => number(self.median),
            _ => format!(
                "{} ({}–{})",
                number(self.median),
                number(self.least),
                number(self.most)
            ),
        }
    }
}

impl From<f64> for Spread {
    fn from(value: f64) -> Self {
        Self::of(&[value])
    }
}
