//! Makes what the shop and its back office both say: see `build/folders.rs`.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/folders.rs"]
mod folders;

use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src");
    match folders::write_all("src") {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
