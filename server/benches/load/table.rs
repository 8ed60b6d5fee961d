//! The table that a bench ends with.

use super::run::Measured;

/// One line of the table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub what: String,
    /// What was measured, with its unit.
    pub figure: String,
    pub p50_ms: Option<f64>,
    pub p99_ms: Option<f64>,
    pub ratios: Vec<Ratio>,
    pub counts: String,
    /// Cores kept busy while it was measured.
    pub cores: String,
}

#[derive(Debug, Clone)]
pub struct Ratio {
    pub value: f64,
    pub to: String,
    /// `None` where nothing is asked for.
    pub least: Option<f64>,
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
        let mut counts = format!("{} in {:.1} s", measured.count(status), measured.seconds);
        let others = measured.others_than(status);
        if !others.is_empty() {
            counts.push_str(&format!("; also {others}"));
        }
        Self {
            what: what.into(),
            figure: format!("{} {unit}", thousands(measured.rate(status))),
            p50_ms: Some(measured.within(0.5)),
            p99_ms: Some(measured.within(0.99)),
            ratios: Vec::new(),
            counts,
            cores: measured.cpu.cores(measured.seconds),
        }
    }

    pub fn against(mut self, value: f64, to: &str, least: Option<f64>) -> Self {
        self.ratios.push(Ratio {
            value,
            to: to.to_owned(),
            least,
        });
        self
    }

    /// Adds to what was counted.
    pub fn note(mut self, note: &str) -> Self {
        if !note.is_empty() {
            if !self.counts.is_empty() {
                self.counts.push_str("; ");
            }
            self.counts.push_str(note);
        }
        self
    }

    fn cells(&self) -> [String; 8] {
        let ms = |value: Option<f64>| value.map_or(String::new(), |ms| format!("{ms:.2}"));
        let ratio = self.ratios.iter().map(Ratio::text);
        let target = self.ratios.iter().filter_map(Ratio::verdict);
        [
            self.what.clone(),
            self.figure.clone(),
            ms(self.p50_ms),
            ms(self.p99_ms),
            ratio.collect::<Vec<_>>().join("; "),
            target.collect::<Vec<_>>().join("; "),
            self.counts.clone(),
            self.cores.clone(),
        ]
    }
}

impl Ratio {
    fn text(&self) -> String {
        format!("{:.2} × {}", self.value, self.to)
    }

    fn verdict(&self) -> Option<String> {
        let least = self.least?;
        let word = if self.value >= least { "met" } else { "missed" };
        Some(format!("≥ {least}: {word}"))
    }
}

const HEAD: [&str; 8] = [
    "What",
    "Figure",
    "p50 ms",
    "p99 ms",
    "Ratio",
    "Target",
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
