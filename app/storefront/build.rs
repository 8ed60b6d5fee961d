//! Makes what these pages say of the catalogues, as `app` makes what all share: see `app/build/folders.rs`.

#[path = "../build/catalogue.rs"]
mod catalogue;
#[path = "../build/folders.rs"]
mod folders;

use std::process::ExitCode;

fn main() -> ExitCode {
    for watched in ["../build", "src"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    match folders::write_all("src") {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
