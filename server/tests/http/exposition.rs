//! Prometheus' text format, as far as we write it.

use std::collections::BTreeMap;

/// A line of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    pub value: f64,
}

pub fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `name{label="value",…} number`. Our own values hold neither quotes nor commas.
pub fn series(line: &str) -> Option<Series> {
    let (series, value) = line.rsplit_once(' ')?;
    let (name, labels) = match series.split_once('{') {
        Some((name, rest)) => (name, rest.strip_suffix('}')?),
        None => (series, ""),
    };
    let labels: Option<BTreeMap<_, _>> = labels
        .split(',')
        .filter(|label| !label.is_empty())
        .map(|label| {
            let (name, value) = label.split_once('=')?;
            let value = value.strip_prefix('"')?.strip_suffix('"')?;
            (is_name(name) && !value.contains('"')).then(|| (name.to_owned(), value.to_owned()))
        })
        .collect();
    let (labels, value) = (labels?, value.parse().ok()?);
    is_name(name).then(|| Series {
        name: name.to_owned(),
        labels,
        value,
    })
}

/// The sum of all series of this name that have these labels.
pub fn total(series: &[Series], name: &str, labels: &[(&str, &str)]) -> f64 {
    let has = |series: &Series| {
        let mut labels = labels.iter();
        labels.all(|(name, value)| series.labels.get(*name).is_some_and(|is| is == value))
    };
    let found = series.iter().filter(|s| s.name == name && has(s));
    found.map(|s| s.value).sum()
}
