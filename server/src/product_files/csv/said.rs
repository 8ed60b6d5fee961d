//! What a file says of a field.

/// A column that is not there changes nothing; an empty cell of a column that is there empties the
/// field. Whatever a value is empty as, such as `None` or `""`, is then what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Said<T> {
    /// The file has no such column: what is stored stays.
    #[default]
    Nothing,
    This(T),
}

impl<T> Said<T> {
    /// What was said, or what there is.
    pub fn or(self, stored: T) -> T {
        match self {
            Self::This(value) => value,
            Self::Nothing => stored,
        }
    }

    /// Puts what was said, if anything was, where `slot` holds what there is.
    pub fn put(self, slot: &mut T) {
        if let Self::This(value) = self {
            *slot = value;
        }
    }
}
