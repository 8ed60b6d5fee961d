//! What the benches share: a client that costs little, and what it measures.
#![allow(dead_code, reason = "each bench uses its part of this")]

pub mod carts;
pub mod client;
pub mod cpu;
pub mod events;
pub mod machine;
pub mod open;
pub mod run;
pub mod slow_wire;
pub mod spread;
pub mod table;

/// Whether this part of a bench is wanted: all are, unless some are named on the command line.
pub fn is_wanted(part: &str) -> bool {
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    named.is_empty() || named.iter().any(|name| name == part)
}

/// A number named on the command line, as in `--orders=1000`.
pub fn number(name: &str) -> Option<usize> {
    std::env::args().find_map(|word| {
        let named = word.strip_prefix("--")?.strip_prefix(name)?;
        named.strip_prefix('=')?.parse().ok()
    })
}

/// Whether the command line has a word, such as `--short`.
pub fn is_set(word: &str) -> bool {
    std::env::args().any(|said| said == word)
}

/// Whether `cargo bench` runs this, and not `cargo test --all-targets`: a bench takes minutes and
/// tells nothing about a build for tests.
pub fn is_bench() -> bool {
    is_set("--bench")
}
