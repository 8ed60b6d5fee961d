//! What both benches share: a client that costs little, and what it measures.
#![allow(dead_code, reason = "each bench uses its part of this")]

pub mod carts;
pub mod client;
pub mod cpu;
pub mod machine;
pub mod run;
pub mod table;

/// Whether this part of a bench is wanted: all are, unless some are named on the command line.
pub fn is_wanted(part: &str) -> bool {
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    named.is_empty() || named.iter().any(|name| name == part)
}

/// Whether `cargo bench` runs this, and not `cargo test --all-targets`: a bench takes minutes and
/// tells nothing about a build for tests.
pub fn is_bench() -> bool {
    std::env::args().any(|word| word == "--bench")
}
