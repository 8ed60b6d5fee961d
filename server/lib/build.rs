//! Makes what mails and refusals say of the catalogues, as `app` does with what pages say.

#[path = "../../app/build/catalogue.rs"]
mod catalogue;
#[path = "../../app/build/folders.rs"]
mod folders;

use std::process::ExitCode;

fn main() -> ExitCode {
    for watched in ["../../app/build", "."] {
        println!("cargo::rerun-if-changed={watched}");
    }
    match folders::write_all(".") {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
