//! Rows as structs of `desk`, which the pages show: what a row can be read as has to be a struct of this crate.

/// One that was read: see [`from_row!`](crate::db::from_row!).
pub struct Fetched<T>(pub T);

impl<T> Fetched<T> {
    pub fn it(self) -> T {
        self.0
    }
}

pub fn all<T>(fetched: Vec<Fetched<T>>) -> Vec<T> {
    fetched.into_iter().map(Fetched::it).collect()
}
