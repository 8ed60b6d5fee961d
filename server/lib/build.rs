//! Makes what mails and refusals say of the catalogues, as `app` does with what pages say.

#[path = "../../app/build/catalogue.rs"]
mod catalogue;
#[path = "../../app/build/folders.rs"]
mod folders;

use std::process::ExitCode;

fn main() -> ExitCode {
    folders::build(".", &["../../app/build", "."])
}
