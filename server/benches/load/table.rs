//! The table that a bench ends with.

use super::{run::Measured, spread::Spread};

/// One line of the table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub what: String,
    /// What was measured, with its unit.
    pub figure: String,
    pub p50_ms: Option<f64>,
    pub p99_ms: Option<f64>,
    pub claims: Vec<Claim>,
    /// What one of those that are counted cost.
    pub each: String,
    pub counts: String,
    /// Cores kept busy while it was measured.
    pub cores: String,
}

/// A figure that something may be asked of.
#[derive(Debug, Clone)]
pub struct Claim {
    value: Spread,
    /// What it is of, behind the number: `× plain transaction`, `ms p99`.
    of: String,
    /// `None` where nothing is asked for.
    bound: Option<Bound>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl Row {
    pub fn new(what: impl Into<String>, figure: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            figure: figure.into(),
            ..Self::default()
        }
    }

    /// A rate of answers with this status, and what came with it.
    pub fn of(what: impl Into<String>, unit: &str, status: u16, measured: &Measured) -> Self {
        Self::of_runs(what, unit, status, std::slice::from_ref(measured))
    }

    /// The same of several runs. Latencies are the medians of theirs.
    pub fn of_runs(what: impl Into<String>, unit: &str, status: u16, runs: &[Measured]) -> Self {
        let of = |value: &dyn Fn(&Measured) -> f64| {
            Spread::of(&runs.iter().map(value).collect::<Vec<_>>())
        };
        let rate = of(&|run| run.rate(status));
        let counted: usize = runs.iter().map(|run| run.count(status)).sum();
        let seconds: f64 = runs.iter().map(|run| run.seconds).sum();
        let mut row = Self {
            what: what.into(),
            figure: format!("{} {unit}", rate.text(thousands)),
            p50_ms: Some(of(&|run| run.within(0.5)).median),
            p99_ms: Some(of(&|run| run.within(0.99)).median),
            counts: format!("{counted} in {seconds:.1} s"),
            ..Self::default()
        };
        let others = runs.iter().map(|run| run.others_than(status));
        let others: Vec<String> = others.filter(|others| !others.is_empty()).collect();
        if !others.is_empty() {
            row.counts
                .push_str(&format!("; also {}", others.join(" / ")));
        }
        // Of the run in the middle, so that the parts belong together.
        if let Some(run) = runs.iter().find(|run| run.rate(status) == rate.median) {
            row.each = run.cpu.each(run.count(status));
            row.cores = run.cpu.cores(run.seconds);
        }
        row
    }

    pub fn against(self, value: f64, to: &str, least: Option<f64>) -> Self {
        self.claim(value, &format!("× {to}"), least.map(Bound::AtLeast))
    }

    pub fn claim(mut self, value: impl Into<Spread>, of: &str, bound: Option<Bound>) -> Self {
        self.claims.push(Claim {
            value: value.into(),
            of: of.to_owned(),
            bound,
        });
        self
    }

    /// Adds to what was counted.
    pub fn note(mut self, note: &str) -> Self {
        append(&mut self.counts, note);
        self
    }

    /// Adds to what each one cost.
    pub fn cost(mut self, cost: &str) -> Self {
        append(&mut self.each, cost);
        self
    }

    fn cells(&self) -> [String; 8] {
        let latency = match (self.p50_ms, self.p99_ms) {
            (Some(p50), Some(p99)) => format!("{p50:.2} / {p99:.2}"),
            _ => String::new(),
        };
        let claims = self.claims.iter().map(Claim::text);
        let verdicts = self.claims.iter().filter_map(Claim::verdict);
        [
            self.what.clone(),
            self.figure.clone(),
            latency,
            claims.collect::<Vec<_>>().join("; "),
            verdicts.collect::<Vec<_>>().join("; "),
            self.each.clone(),
            self.counts.clone(),
            self.cores.clone(),
        ]
    }
}

fn append(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push_str("; ");
    }
    text.push_str(more);
}

impl Claim {
    fn text(&self) -> String {
        let number = |value: f64| match value.abs() < 100.0 {
            true => format!("{value:.2}"),
            false => thousands(value),
        };
        format!("{} {}", self.value.text(number), self.of)
    }

    fn verdict(&self) -> Option<String> {
        let value = self.value.median;
        let (sign, asked, is_met) = match self.bound? {
            Bound::AtLeast(least) => ("≥", least, value >= least),
            Bound::AtMost(most) => ("≤", most, value <= most),
        };
        let word = if is_met { "met" } else { "missed" };
        Some(format!("{sign} {asked}: {word}"))
    }
}

const HEAD: [&str; 8] = [
    "What",
    "Figure",
    "p50 / p99 ms",
    "Ratio",
    "Target",
    "Each cost",
    "Counted",
    "Cores busy",
];

/// Prints a line about a row as soon as it is measured: a bench takes minutes.
pub fn progress(row: &Row) {
    eprintln!("{}", row.cells().join(" | "));
}

/// Prints what was measured on, and the rows as a markdown table.
pub fn print(title: &str, facts: &[String], rows: &[Row]) {
    println!("\n## {title}\n");
    for fact in facts {
        println!("- {fact}");
    }
    println!("\n| {} |", HEAD.join(" | "));
    println!("|{}", " --- |".repeat(HEAD.len()));
    for row in rows {
        println!("| {} |", row.cells().join(" | "));
    }
    println!();
}

/// `12 345`, so that thousands are seen; small numbers keep a digit after the point.
pub fn thousands(number: f64) -> String {
    if number < 100.0 {
        return format!("{number:.1}");
    }
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
