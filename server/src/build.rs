//! Compiles the server again when a migration is added or removed: the compiler watches the files that
//! it has read, but not their folder. Makes what refusals say of the catalogues, as `app` does with what
//! pages say.

#[path = "../../app/build/catalogue.rs"]
mod catalogue;
#[path = "../../app/build/folders.rs"]
mod folders;

use std::process::ExitCode;

fn main() -> ExitCode {
    folders::build(".", &["../../migrations", "../../app/build", "."])
}
