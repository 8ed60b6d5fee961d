//! What is asked of the index, as each database reads it.

use crate::{
    db::{Dialect, Sql},
    text::words::{Query, SoughtWord},
};

/// In which of its forms a word is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    /// As it was typed, to its end.
    Whole,
    /// As it was typed, or with more behind it.
    Typed,
    /// Also by its stem, as two words, and with a mistake if it has one.
    Any,
}

/// Where words are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Title,
    /// Title, vendor, category, tags and SKUs.
    Names,
    Anywhere,
}

/// A query as the database reads it: all words, in these forms at this place. Words hold letters and
/// digits only, and the mark of forms.
pub fn query(dialect: Dialect, query: &Query, forms: Forms, place: Place) -> String {
    let words = query.words.iter();
    let words: Vec<String> = words
        .map(|wanted| one_of(dialect, wanted, forms, place))
        .collect();
    match dialect {
        Dialect::Sqlite => {
            let all = words.join(" AND ");
            match place {
                Place::Title => format!("{{title}} : ({all})"),
                Place::Names => format!("{{title vendor category tags}} : ({all})"),
                Place::Anywhere => all,
            }
        }
        Dialect::Postgres => words.join(" & "),
    }
}

/// A query for one word in any form, anywhere.
pub fn query_for(dialect: Dialect, wanted: &SoughtWord) -> String {
    one_of(dialect, wanted, Forms::Any, Place::Anywhere)
}

/// 1 if a query finds anything in any language, and 0 if not. A word of what is secret at this time is
/// none that anybody knows.
pub fn push_is_there(sql: &mut Sql, (dialect, now): (Dialect, i64), query: String) {
    sql.push(match dialect {
        Dialect::Sqlite => {
            "CASE WHEN EXISTS (SELECT 1 FROM products_search s CROSS JOIN product_words d ON d.seq = s.rowid \
             CROSS JOIN products p ON p.seq = d.product_seq WHERE products_search MATCH "
        }
        Dialect::Postgres => {
            "CASE WHEN EXISTS (SELECT 1 FROM product_words d JOIN products p ON p.id = d.product_id \
             WHERE d.search @@ CAST("
        }
    });
    sql.text(query).push(match dialect {
        Dialect::Sqlite => "",
        Dialect::Postgres => " AS tsquery)",
    });
    sql.push(" AND p.shown_from <= ")
        .int(now)
        .push(") THEN 1 ELSE 0 END");
}

/// Where a phrase ends.
#[derive(Clone, Copy)]
enum End {
    Whole,
    Open,
}

fn one_of(dialect: Dialect, wanted: &SoughtWord, forms: Forms, place: Place) -> String {
    let phrase = |words: &[String], end| phrase(dialect, words, end, place);
    let word = |word: &String, end| phrase(std::slice::from_ref(word), end);
    let end = match forms {
        Forms::Whole => End::Whole,
        Forms::Typed | Forms::Any => End::Open,
    };
    let mut all: Vec<String> = wanted
        .typed
        .iter()
        .map(|words| phrase(words, end))
        .collect();
    if forms != Forms::Whole {
        all.extend(wanted.joined.iter().map(|joined| word(joined, End::Open)));
    }
    if forms == Forms::Any {
        all.extend(wanted.forms.iter().map(|form| word(form, End::Whole)));
        if wanted.is_mistyped {
            all.extend(wanted.near.iter().map(|form| word(form, End::Whole)));
        }
    }
    match (all.as_slice(), dialect) {
        ([only], _) => only.clone(),
        (_, Dialect::Sqlite) => format!("({})", all.join(" OR ")),
        (_, Dialect::Postgres) => format!("({})", all.join(" | ")),
    }
}

fn phrase(dialect: Dialect, words: &[String], end: End, place: Place) -> String {
    match dialect {
        Dialect::Sqlite => {
            let open = match end {
                End::Whole => "",
                End::Open => "*",
            };
            format!("\"{}\"{open}", words.join(" "))
        }
        Dialect::Postgres => {
            let weights = match place {
                Place::Title => "A",
                Place::Names => "AB",
                Place::Anywhere => "",
            };
            let last = words.len().saturating_sub(1);
            let words = words.iter().enumerate().map(|(at, word)| {
                let open = match end {
                    End::Open if at == last => "*",
                    _ => "",
                };
                match (open, weights) {
                    ("", "") => format!("'{word}'"),
                    _ => format!("'{word}':{open}{weights}"),
                }
            });
            words.collect::<Vec<_>>().join(" <-> ")
        }
    }
}
