//! Fluent catalogues as Rust: a function for each message, with its arguments.
//!
//! Of Fluent it takes text, `{ $argument }`, `{ "literal" }`, references to messages and terms, and
//! choices by an argument: by a number's plural category or value, or by a word.

mod functions;

use std::collections::BTreeMap;

use fluent_syntax::{ast, parser, unicode::unescape_unicode_to_string};
use functions::{argument, function};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Also the name of its catalogues.
    pub code: &'static str,
    /// Its variant of `app::locale::Locale`.
    pub locale: &'static str,
}

/// The first one says which messages there are.
pub const LANGUAGES: [Language; 2] = [
    Language {
        code: "en",
        locale: "En",
    },
    Language {
        code: "de",
        locale: "De",
    },
];

/// A catalogue in one language.
pub struct Source {
    pub language: Language,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    /// Something is chosen by it as a number.
    Number,
}

/// Part of what a message says.
#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Argument(String),
    Choice {
        argument: String,
        kind: Kind,
        variants: Vec<(Key, Vec<Piece>)>,
        otherwise: Vec<Piece>,
    },
}

#[derive(Clone, Debug)]
enum Key {
    Plural(&'static str),
    Value(String),
    Word(String),
}

type Pattern<'a> = &'a ast::Pattern<&'a str>;

/// Messages and, with a hyphen before their names, terms of one language.
struct Entries<'a> {
    messages: BTreeMap<String, Pattern<'a>>,
    terms: BTreeMap<String, Pattern<'a>>,
}

/// How deep messages may hold one another.
const DEEPEST: usize = 8;

/// The code of a module that holds the type `Text`.
pub fn code(sources: &[Source]) -> Result<String, String> {
    let parsed: Vec<_> = sources
        .iter()
        .map(|source| parse(source).map(|resource| (source.language, resource)))
        .collect::<Result<_, _>>()?;
    let mut said: Vec<(Language, BTreeMap<String, Vec<Piece>>)> = Vec::new();
    for (language, resource) in &parsed {
        let of = |error: String| format!("{}.ftl: {error}", language.code);
        said.push((*language, read(resource).map_err(of)?));
    }
    let Some((_, first)) = said.first() else {
        return Err("there is no catalogue".to_owned());
    };
    let mut faults = Vec::new();
    for (language, messages) in &said {
        let code = language.code;
        let missing = first.keys().filter(|name| !messages.contains_key(*name));
        faults.extend(missing.map(|name| format!("{code}.ftl: {name} is missing")));
        let extra = messages.keys().filter(|name| !first.contains_key(*name));
        faults.extend(extra.map(|name| format!("{code}.ftl: {name} is in no other language")));
    }
    if !faults.is_empty() {
        return Err(faults.join("\n"));
    }
    let mut code = String::from(
        "/// What this feature says, in one language.\n\
         #[derive(Debug, Clone, Copy)]\n\
         pub struct Text(crate::locale::Locale);\n\n\
         impl From<crate::locale::Locale> for Text {\n    \
         fn from(locale: crate::locale::Locale) -> Self {\n        Self(locale)\n    }\n}\n\n\
         impl Text {\n",
    );
    for name in first.keys() {
        let languages: Vec<_> = said
            .iter()
            .map(|(language, messages)| (*language, messages[name].as_slice()))
            .collect();
        code.push_str(&function(name, &languages)?);
    }
    code.push_str("}\n");
    Ok(code)
}

fn parse(source: &Source) -> Result<ast::Resource<&str>, String> {
    parser::parse(source.text.as_str()).map_err(|(_, errors)| {
        let errors: Vec<_> = errors
            .iter()
            .map(|error| {
                let start = error
                    .slice
                    .as_ref()
                    .map_or(error.pos.start, |entry| entry.start);
                let before = source.text.get(..start).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                format!("{}.ftl, line {line}: {error}", source.language.code)
            })
            .collect();
        errors.join("\n")
    })
}

/// The messages of a language, in pieces.
fn read<'a>(resource: &'a ast::Resource<&'a str>) -> Result<BTreeMap<String, Vec<Piece>>, String> {
    let mut entries = Entries {
        messages: BTreeMap::new(),
        terms: BTreeMap::new(),
    };
    for entry in &resource.body {
        let (id, value, attributes, all) = match entry {
            ast::Entry::Message(message) => {
                let value = message.value.as_ref();
                let value = value.ok_or_else(|| format!("{} says nothing", message.id.name))?;
                (
                    &message.id,
                    value,
                    &message.attributes,
                    &mut entries.messages,
                )
            }
            ast::Entry::Term(term) => (&term.id, &term.value, &term.attributes, &mut entries.terms),
            _ => continue,
        };
        if !attributes.is_empty() {
            return Err(format!("{}: attributes are not supported", id.name));
        }
        if all.insert(id.name.to_owned(), value).is_some() {
            return Err(format!("{} is there twice", id.name));
        }
    }
    entries
        .messages
        .iter()
        .map(|(name, pattern)| {
            let pieces = pieces(&entries, pattern, 0);
            let pieces = pieces.map_err(|error| format!("{name}: {error}"))?;
            Ok((name.clone(), pieces))
        })
        .collect()
}

fn pieces(entries: &Entries<'_>, pattern: Pattern<'_>, depth: usize) -> Result<Vec<Piece>, String> {
    if depth > DEEPEST {
        return Err("messages hold one another".to_owned());
    }
    let mut found: Vec<Piece> = Vec::new();
    for element in &pattern.elements {
        let more = match element {
            // Lines are for those who write; what is read runs on.
            ast::PatternElement::TextElement { value } => {
                vec![Piece::Text(value.replace('\n', " "))]
            }
            ast::PatternElement::Placeable { expression } => placed(entries, expression, depth)?,
        };
        for piece in more {
            if let (Piece::Text(text), Some(Piece::Text(before))) = (&piece, found.last_mut()) {
                before.push_str(text);
                continue;
            }
            found.push(piece);
        }
    }
    Ok(found)
}

fn placed(
    entries: &Entries<'_>,
    expression: &ast::Expression<&str>,
    depth: usize,
) -> Result<Vec<Piece>, String> {
    let inline = match expression {
        ast::Expression::Select { selector, variants } => {
            return Ok(vec![choice(entries, selector, variants, depth)?]);
        }
        ast::Expression::Inline(inline) => inline,
    };
    match inline {
        ast::InlineExpression::StringLiteral { value } => {
            let text = unescape_unicode_to_string(value);
            Ok(vec![Piece::Text(text.into_owned())])
        }
        ast::InlineExpression::NumberLiteral { value } => {
            Ok(vec![Piece::Text((*value).to_owned())])
        }
        ast::InlineExpression::VariableReference { id } => {
            Ok(vec![Piece::Argument(argument(id.name)?)])
        }
        ast::InlineExpression::MessageReference {
            id,
            attribute: None,
        } => match entries.messages.get(id.name) {
            Some(pattern) => pieces(entries, pattern, depth + 1),
            None => Err(format!("there is no message {}", id.name)),
        },
        ast::InlineExpression::TermReference {
            id,
            attribute: None,
            arguments: None,
        } => match entries.terms.get(id.name) {
            Some(pattern) => pieces(entries, pattern, depth + 1),
            None => Err(format!("there is no term -{}", id.name)),
        },
        ast::InlineExpression::Placeable { expression } => placed(entries, expression, depth),
        _ => Err("functions and attributes are not supported".to_owned()),
    }
}

fn choice(
    entries: &Entries<'_>,
    selector: &ast::InlineExpression<&str>,
    variants: &[ast::Variant<&str>],
    depth: usize,
) -> Result<Piece, String> {
    let ast::InlineExpression::VariableReference { id } = selector else {
        return Err("only an argument can be chosen by".to_owned());
    };
    let is_number = variants.iter().any(|variant| match &variant.key {
        ast::VariantKey::NumberLiteral { .. } => true,
        ast::VariantKey::Identifier { name } => plural(name).is_some(),
    });
    let (mut keyed, mut otherwise) = (Vec::new(), Vec::new());
    for variant in variants {
        let said = pieces(entries, &variant.value, depth)?;
        if variant.default {
            otherwise = said;
            continue;
        }
        let key = match &variant.key {
            ast::VariantKey::NumberLiteral { value } => Key::Value((*value).to_owned()),
            ast::VariantKey::Identifier { name } if is_number => {
                let category = plural(name);
                let category = category.ok_or_else(|| format!("{name} is no plural category"))?;
                Key::Plural(category)
            }
            ast::VariantKey::Identifier { name } => Key::Word((*name).to_owned()),
        };
        keyed.push((key, said));
    }
    if keyed.is_empty() {
        return Err("a choice needs two variants".to_owned());
    }
    // A number itself wins over its category.
    keyed.sort_by_key(|(key, _)| !matches!(key, Key::Value(_)));
    Ok(Piece::Choice {
        argument: argument(id.name)?,
        kind: match is_number {
            true => Kind::Number,
            false => Kind::Text,
        },
        variants: keyed,
        otherwise,
    })
}

/// The variant of ICU's `PluralCategory`.
fn plural(name: &str) -> Option<&'static str> {
    Some(match name {
        "zero" => "Zero",
        "one" => "One",
        "two" => "Two",
        "few" => "Few",
        "many" => "Many",
        "other" => "Other",
        _ => return None,
    })
}
