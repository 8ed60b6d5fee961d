//! Which suites there are, what each needs, and in which order they run.

use anyhow::{Context, Result};

use crate::{browsers::Specs, needs::Needs};

#[derive(Clone, Copy, PartialEq)]
pub enum Suite {
    Format,
    Clippy,
    Rust,
    Build,
    Parity,
    Browser(Specs),
}

use Suite::*;

/// What runs at a time.
#[derive(Clone, Copy)]
pub enum Turn {
    Alone(Suite, &'static str),
    /// Suites of browser tests. Those with one browser alone leave much of the processors to the others.
    Together([(Specs, &'static str); 3]),
}

/// Once tests run, nothing is compiled but what the lints are told of.
pub const TURNS: [Turn; 7] = [
    Turn::Alone(Format, "format"),
    Turn::Alone(Build, "build"),
    Turn::Alone(Parity, "parity"),
    Turn::Alone(Rust, "rust"),
    Turn::Alone(Browser(Specs::All), "browser-sqlite"),
    Turn::Together([
        (Specs::Data, "browser-postgres"),
        (Specs::Texts, "browser-texts"),
        (Specs::New, "browser-new"),
    ]),
    Turn::Alone(Clippy, "clippy"),
];

/// Run only when they are named.
const BY_NAME: [(Suite, &str); 1] = [(Browser(Specs::WebKit), "browser-webkit")];

impl Turn {
    fn suites(self) -> Vec<(Suite, &'static str)> {
        match self {
            Self::Alone(suite, name) => vec![(suite, name)],
            Self::Together(all) => all.map(|(specs, name)| (Browser(specs), name)).to_vec(),
        }
    }
}

/// All suites with their names, also those that run only when they are named.
pub fn all() -> impl Iterator<Item = (Suite, &'static str)> {
    TURNS.into_iter().flat_map(Turn::suites).chain(BY_NAME)
}

impl Suite {
    pub fn named(name: &str) -> Result<Self> {
        all()
            .find(|(_, known)| *known == name)
            .map(|(suite, _)| suite)
            .with_context(|| {
                let names: Vec<_> = all().map(|(_, name)| name).collect();
                let names = names.join(", ");
                format!("no suite is called `{name}`; there are {names}")
            })
    }

    pub fn needs(only: Option<Self>) -> Needs {
        let Some(suite) = only else {
            return Needs::TEST;
        };
        Needs {
            lints: matches!(suite, Format | Clippy),
            optimizers: false,
            cargo_leptos: suite == Parity,
            services: matches!(suite, Rust | Browser(Specs::Data)),
            browser: matches!(suite, Browser(_)),
            webkit: suite == Browser(Specs::WebKit),
            nginx: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_suite_can_be_named_and_the_help_names_it() {
        let mut count = 0;
        for (suite, name) in all() {
            assert!(Suite::named(name).unwrap() == suite, "{name}");
            assert!(crate::HELP.contains(name), "{name}");
            count += 1;
        }
        assert_eq!(count, 10);
        let unknown = Suite::named("browser").err().map(|error| error.to_string());
        assert!(unknown.is_some_and(|words| words.contains("browser-new, clippy")));
    }
}
