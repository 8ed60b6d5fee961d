//! What is taken for a new password: long enough, and not what anybody would try first.

use app::{
    account::types::{MAX_PASSWORD, MIN_PASSWORD},
    error::FieldError,
    locale::locale,
};
use zxcvbn::{Entropy, Score, feedback::Warning, matching::patterns::MatchPattern, zxcvbn};

use super::{
    password::{apart, is_too_long, opaque},
    text::Text,
};
use crate::error::Result;

/// How much of a password is judged, in characters: the time that takes grows with the square.
const JUDGED: usize = 64;
/// Symbols that are also read as letters, such as `@` for `a`. Each kind multiplies what is tried.
const LETTER_LIKE: &str = "@({[<!|$+%";
/// Kinds of these that are read so; the others count as signs that mean nothing.
const MOST_LETTER_LIKE: usize = 4;
/// Signs that stand in for those others, one for each.
const MEANINGLESS: [char; 10] = ['§', '¬', '¶', '±', '»', '¿', '÷', '×', 'ð', 'þ'];
/// Shorter parts of names and addresses say nothing.
const SHORTEST_PART: usize = 3;

/// What someone who knows the person and the shop would try.
#[derive(Debug, Clone, Default)]
pub struct Context(Vec<String>);

impl Context {
    pub fn of(email: &str, name: &str, shop: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut add = |word: &str| {
            if word.chars().count() >= SHORTEST_PART && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        };
        for text in [email, name, shop, "holdfast"] {
            let text = opaque(text).to_lowercase();
            add(&text);
            for piece in text.split('@') {
                add(piece);
                // Also written as one word, and each word alone.
                add(&piece.replace(|c: char| !c.is_alphanumeric(), ""));
                piece
                    .split(|c: char| !c.is_alphanumeric())
                    .for_each(&mut add);
            }
        }
        Self(words)
    }
}

/// What is wrong with a password someone wants to have; `field` is what it is called in the form.
pub async fn check(field: &str, password: &str, context: Context) -> Result<Option<FieldError>> {
    let form = opaque(password);
    let text = Text::from(locale());
    let message = if is_too_long(password) {
        Some(text.password_too_long(&MAX_PASSWORD.to_string()))
    } else if form.chars().count() < MIN_PASSWORD {
        Some(text.password_too_short(&MIN_PASSWORD.to_string()))
    } else if form.chars().any(char::is_control) {
        Some(text.password_signs().to_owned())
    } else {
        // As costly as hashing at worst.
        let weakness = apart(move || weakness(&form, &context)).await?;
        weakness.map(|why| text.easy_to_guess(why.as_str()))
    };
    Ok(message.map(|message| FieldError {
        field: field.to_owned(),
        message,
    }))
}

/// Why a password is guessed soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weakness {
    /// It holds the person's name or address, or the shop's name.
    OfContext,
    Keys,
    Repeats,
    Common,
    Sequence,
    Date,
    Word,
    Name,
    Regular,
}

impl Weakness {
    /// As the catalogues choose by it.
    const fn as_str(self) -> &'static str {
        match self {
            Self::OfContext => "context",
            Self::Keys => "keys",
            Self::Repeats => "repeats",
            Self::Common => "common",
            Self::Sequence => "sequence",
            Self::Date => "date",
            Self::Word => "word",
            Self::Name => "name",
            Self::Regular => "regular",
        }
    }
}

/// Why a password is guessed soon; `None` if it is not.
fn weakness(password: &str, context: &Context) -> Option<Weakness> {
    let words: Vec<&str> = context.0.iter().map(String::as_str).collect();
    let entropy = zxcvbn(&judged(password), &words);
    (entropy.score() < Score::Three).then(|| reason(&entropy, &words))
}

/// The part of a password that is judged, in a form that is judged quickly.
fn judged(password: &str) -> String {
    let mut kinds: Vec<char> = Vec::new();
    let mut form = String::new();
    for sign in password.chars().take(JUDGED) {
        if !LETTER_LIKE.contains(sign) {
            form.push(sign);
            continue;
        }
        if !kinds.contains(&sign) {
            kinds.push(sign);
        }
        let kind = kinds.iter().position(|kind| *kind == sign).unwrap_or(0);
        form.push(match kind < MOST_LETTER_LIKE {
            true => sign,
            false => MEANINGLESS[kind],
        });
    }
    form
}

fn reason(entropy: &Entropy, context: &[&str]) -> Weakness {
    let is_of_context = entropy.sequence().iter().any(|part| match &part.pattern {
        MatchPattern::Dictionary(word) => context.contains(&word.matched_word.as_str()),
        _ => false,
    });
    if is_of_context {
        return Weakness::OfContext;
    }
    let warning = entropy.feedback().and_then(|feedback| feedback.warning());
    match warning {
        Some(
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess,
        ) => Weakness::Keys,
        Some(
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess,
        ) => Weakness::Repeats,
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => Weakness::Common,
        Some(Warning::SequencesLikeAbcAreEasyToGuess) => Weakness::Sequence,
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => {
            Weakness::Date
        }
        Some(Warning::AWordByItselfIsEasyToGuess) => Weakness::Word,
        Some(
            Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess,
        ) => Weakness::Name,
        None => Weakness::Regular,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(password: &str) -> Option<Weakness> {
        let context = Context::of("kim.larch@mill-pond.example", "Kim Larch", "Ropes & Co");
        weakness(password, &context)
    }

    #[test]
    fn what_anybody_would_try_first_is_weak() {
        for (password, why) in [
            ("1234567890", Some(Weakness::Common)),
            ("qwertyuiop", Some(Weakness::Common)),
            ("password12", Some(Weakness::Common)),
            ("aaaaaaaaaa", Some(Weakness::Repeats)),
            ("holdfast12", Some(Weakness::OfContext)),
            ("kim.larch@mill-pond.example", Some(Weakness::OfContext)),
            ("larchlarch", None),
            ("kim.larch1", Some(Weakness::OfContext)),
            ("KimLarch99", Some(Weakness::OfContext)),
            ("ropes & co 1", Some(Weakness::OfContext)),
            ("hcralmik99", None),
        ] {
            let reason = weak(password).unwrap_or_else(|| panic!("{password} is weak"));
            assert!(
                why.is_none_or(|why| why == reason),
                "{password}: {reason:?}"
            );
        }
        for strong in [
            "correct horse battery",
            "seven lanterns in the harbour",
            "pässwörd am Hafen",
            "x9#Qv!t7@Lz2$w",
            "@({[<!|$+%",
        ] {
            assert_eq!(weak(strong), None, "{strong}");
        }
    }

    #[test]
    fn a_password_made_to_be_slow_is_not() {
        let all = "4@8({[<3691!|70$5+7%2".repeat(20);
        let judged = judged(&all);
        let read = judged.chars().filter(|c| LETTER_LIKE.contains(*c));
        let kinds: std::collections::BTreeSet<char> = read.collect();
        assert_eq!(kinds.len(), MOST_LETTER_LIKE);
        assert_eq!(judged.chars().count(), JUDGED);
    }
}
