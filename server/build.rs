//! Has the server compiled again when a migration comes or goes. Of those that are there the compiler
//! knows; the folder it does not watch by itself.

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
}
