//! Enums whose variants each have one word, the same in the database, in JSON and in forms.

/// What all such enums can, for code that serves several of them.
pub trait Words: Copy + Eq + 'static {
    /// In the order they are declared in.
    fn all() -> &'static [Self];
    fn word(self) -> &'static str;
    fn of_word(text: &str) -> Option<Self>;
}

/// Declares such an enum with its words: they are here and nowhere else. What is read as
/// something else than one of them is refused.
///
/// ```ignore
/// words! {
///     /// What became of a letter.
///     pub enum LetterState {
///         Waiting = "waiting",
///         /// It is on its way.
///         Sent = "sent",
///     }
/// }
/// ```
#[macro_export]
macro_rules! words {
    (
        $(#[$of_enum:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$of_variant:meta])* $variant:ident = $word:literal),+ $(,)?
        }
    ) => {
        $(#[$of_enum])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, ::serde::Serialize, ::serde::Deserialize,
        )]
        $visibility enum $name {
            $($(#[$of_variant])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// As stored, in JSON and in forms.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|known| known.as_str() == text)
            }
        }

        impl $crate::words::Words for $name {
            fn all() -> &'static [Self] {
                &Self::ALL
            }

            fn word(self) -> &'static str {
                self.as_str()
            }

            fn of_word(text: &str) -> Option<Self> {
                Self::parse(text)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    words! {
        /// With an order of its own.
        #[derive(PartialOrd, Ord)]
        enum Size {
            Small = "s",
            /// Fits most.
            Medium = "m",
            ExtraLarge = "extra_large",
        }
    }

    #[test]
    fn a_word_is_the_same_in_the_database_and_in_json() {
        assert_eq!(Size::ALL, [Size::Small, Size::Medium, Size::ExtraLarge]);
        for size in Size::ALL {
            assert_eq!(Size::parse(size.as_str()), Some(size));
            let json = serde_json::to_value(size).unwrap();
            assert_eq!(json, size.as_str());
            assert_eq!(serde_json::from_value::<Size>(json).unwrap(), size);
        }
        assert!(Size::Small < Size::ExtraLarge);
    }

    #[test]
    fn what_is_no_word_is_refused() {
        for text in ["", "S", "small", "Small", "ExtraLarge", " m"] {
            assert_eq!(Size::parse(text), None, "{text:?}");
            assert!(serde_json::from_value::<Size>(text.into()).is_err());
        }
    }
}
