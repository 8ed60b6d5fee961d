//! Compiles the server again when a migration is added or removed: the compiler watches the files that
//! it has read, but not their folder.

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
}
