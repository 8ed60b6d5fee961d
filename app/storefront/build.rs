//! Makes what these pages say of the catalogues, as `app` makes what all share: see `app/build/folders.rs`.

#[path = "../build/catalogue.rs"]
mod catalogue;
#[path = "../build/folders.rs"]
mod folders;

use std::process::ExitCode;

fn main() -> ExitCode {
    folders::build("src", &["../build", "src"])
}
