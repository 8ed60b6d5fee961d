//! Makes what the shop and its back office both say: see `build/folders.rs`.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/folders.rs"]
mod folders;

use std::process::ExitCode;

fn main() -> ExitCode {
    folders::build("src", &["build", "src"])
}
