//! Rows as structs that the pages show. Those are of `desk`, and what a row can be read as has to be a struct of this
//! crate.

/// One that was read: see [`from_row!`](crate::db::from_row!).
pub struct Shown<T>(pub T);

impl<T> Shown<T> {
    pub fn it(self) -> T {
        self.0
    }
}

/// Those that were read.
pub fn all<T>(read: Vec<Shown<T>>) -> Vec<T> {
    read.into_iter().map(Shown::it).collect()
}
