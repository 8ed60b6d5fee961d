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
    let mut code = String::new();
    let plain: Option<Vec<_>> = languages
        .iter()
        .map(|(language, said)| match said {
            [] => Some((language, "")),
            [Piece::Text(text)] => Some((language, text.as_str())),
            _ => None,
        })
        .collect();
    if let Some(plain) = plain {
        put(
            &mut code,
            format_args!("    pub fn {rust}(self) -> &'static str {{\n"),
        );
        code.push_str("        crate::locale::plain(match self.0 {\n");
        for (language, text) in plain {
            let locale = language.locale;
            put(
                &mut code,
                format_args!("            crate::locale::Locale::{locale} => {text:?},\n"),
            );
        }
        code.push_str("        })\n    }\n\n");
        return Ok(code);
    }
    let parameters: Vec<_> = all
        .iter()
        .map(|(name, kind)| match kind {
            Kind::Text => format!("{name}: &str"),
            Kind::Number => format!("{name}: i64"),
        })
        .collect();
    let parameters = parameters.join(", ");
    put(
        &mut code,
        format_args!("    pub fn {rust}(self, {parameters}) -> String {{\n"),
    );
    code.push_str("        let mut said = String::new();\n        match self.0 {\n");
    for (language, pieces) in languages {
        let locale = language.locale;
        put(
            &mut code,
            format_args!("            crate::locale::Locale::{locale} => {{\n"),
        );
        statements(pieces, &all, &mut code);
        code.push_str("            }\n");
    }
    code.push_str("        }\n        crate::locale::whole(said)\n    }\n\n");
    Ok(code)
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
