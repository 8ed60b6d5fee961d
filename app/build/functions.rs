//! The functions of a catalogue as Rust, one for each message.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use super::{Key, Kind, Language, Piece};

/// A name as Rust writes it.
pub(super) fn argument(name: &str) -> Result<String, String> {
    let name = name.replace('-', "_");
    let is_plain = name
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    match is_plain {
        true => Ok(name),
        false => Err(format!("{name}: write names in lower case, with hyphens")),
    }
}

/// What is asked of a message, by name.
fn arguments(pieces: &[Piece], found: &mut BTreeMap<String, Kind>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Argument(name) => {
                found.entry(name.clone()).or_insert(Kind::Text);
            }
            Piece::Choice {
                argument,
                kind,
                variants,
                otherwise,
            } => {
                let known = found.entry(argument.clone()).or_insert(*kind);
                if *kind == Kind::Number {
                    *known = Kind::Number;
                }
                for (_, said) in variants {
                    arguments(said, found);
                }
                arguments(otherwise, found);
            }
        }
    }
}

pub(super) fn function(name: &str, languages: &[(Language, &[Piece])]) -> Result<String, String> {
    let mut all = BTreeMap::new();
    let mut by_language = Vec::new();
    for (language, said) in languages {
        let mut own = BTreeMap::new();
        arguments(said, &mut own);
        let names: BTreeSet<_> = own.keys().cloned().collect();
        by_language.push((language.code, names));
        arguments(said, &mut all);
    }
    if let Some((code, _)) = by_language
        .iter()
        .find(|(_, names)| !all.keys().eq(names.iter()))
    {
        return Err(format!(
            "{code}.ftl: {name} has other arguments than elsewhere"
        ));
    }
    let rust = argument(name)?;
    // Rust expects something else of functions that are called so.
    if rust == "from"
        || ["from_", "into_", "as_", "is_"]
            .iter()
            .any(|taken| rust.starts_with(taken))
    {
        return Err(format!("{name}: choose a name that begins otherwise"));
    }
    let parameters = all.iter().map(|(name, kind)| match kind {
        Kind::Text => format!("{name}: &str"),
        Kind::Number => format!("{name}: i64"),
    });
    let parameters: Vec<_> = std::iter::once("self".to_owned())
        .chain(parameters)
        .collect();
    let parameters = parameters.join(", ");
    let Body {
        returned,
        begin,
        said,
        end,
    } = Body::of(languages, &all);
    let mut code =
        format!("    pub fn {rust}({parameters}) -> {returned} {{\n        {begin} {{\n");
    for ((language, _), said) in languages.iter().zip(said) {
        let locale = language.locale;
        put(
            &mut code,
            format_args!("            crate::locale::Locale::{locale} => {said},\n"),
        );
    }
    put(&mut code, format_args!("        }}{end}\n    }}\n\n"));
    Ok(code)
}

/// What a function is made of around its match of the languages.
struct Body {
    returned: &'static str,
    /// Up to the match's brace, and what follows it.
    begin: &'static str,
    end: &'static str,
    /// What is said in each language, as an expression.
    said: Vec<String>,
}

impl Body {
    fn of(languages: &[(Language, &[Piece])], kinds: &BTreeMap<String, Kind>) -> Self {
        let plain: Option<Vec<_>> = languages
            .iter()
            .map(|(_, said)| match said {
                [] => Some("\"\"".to_owned()),
                [Piece::Text(text)] => Some(format!("{text:?}")),
                _ => None,
            })
            .collect();
        match plain {
            Some(said) => Self {
                returned: "&'static str",
                begin: "crate::locale::plain(match self.0",
                end: ")",
                said,
            },
            None => Self {
                returned: "String",
                begin: "let mut said = String::new();\n        match self.0",
                end: "\n        crate::locale::whole(said)",
                said: languages
                    .iter()
                    .map(|(_, said)| block(said, kinds))
                    .collect(),
            },
        }
    }
}

fn block(pieces: &[Piece], kinds: &BTreeMap<String, Kind>) -> String {
    let mut code = "{\n".to_owned();
    statements(pieces, kinds, &mut code);
    code.push('}');
    code
}

fn statements(pieces: &[Piece], kinds: &BTreeMap<String, Kind>, code: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let mut letters = text.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) => put(code, format_args!("said.push({letter:?});\n")),
                    _ => put(code, format_args!("said.push_str({text:?});\n")),
                }
            }
            Piece::Argument(name) => match kinds.get(name) {
                Some(Kind::Number) => {
                    put(
                        code,
                        format_args!("said.push_str(&self.0.number({name}));\n"),
                    );
                }
                _ => put(code, format_args!("said.push_str({name});\n")),
            },
            Piece::Choice {
                argument,
                kind,
                variants,
                otherwise,
            } => {
                match kind {
                    Kind::Number => put(
                        code,
                        format_args!("match ({argument}, self.0.plural({argument})) {{\n"),
                    ),
                    Kind::Text => put(code, format_args!("match {argument} {{\n")),
                }
                for (key, said) in variants {
                    match key {
                        Key::Value(value) => put(code, format_args!("({value}, _) => {{\n")),
                        Key::Plural(category) => put(
                            code,
                            format_args!("(_, crate::locale::Plural::{category}) => {{\n"),
                        ),
                        Key::Word(word) => put(code, format_args!("{word:?} => {{\n")),
                    }
                    statements(said, kinds, code);
                    code.push_str("}\n");
                }
                code.push_str("_ => {\n");
                match otherwise.is_empty() {
                    true => code.push_str("said.push_str(\"\");\n"),
                    false => statements(otherwise, kinds, code),
                }
                code.push_str("}\n}\n");
            }
        }
    }
}

fn put(code: &mut String, text: std::fmt::Arguments<'_>) {
    // A string takes whatever is written to it.
    code.write_fmt(text).unwrap_or_default();
}
