use super::*;
use crate::text::words::{Query, Texts};

#[test]
fn words_have_places_and_weights() {
    let document = Document::of(&Texts {
        title: "Wi-Fi cup",
        body: "cups",
        languages: &[Locale::En],
        ..Texts::default()
    });
    assert_eq!(
        names(&document),
        "'wi':2A 'fi':3A 'cup':4A 'wifi':6A 'ß2ficup':7A 'ß2wifi':7A 'ßenficup':7A \
         'ßenwifi':7A "
    );
    let all = vector(&document);
    assert!(all.starts_with(&names(&document)), "{all}");
    assert!(all.contains("'ß1wifi':8A "), "{all}");
    assert!(all.contains("'cups':18D 'ßencup':19D "), "{all}");
    let columns = columns_of(&Indexed {
        product_id: "p".to_owned(),
        language: None,
        document,
    });
    assert_eq!(
        columns["title"],
        "ß wi fi cup ß wifi ß2ficup ß2wifi ßenficup ßenwifi ß1wifi"
    );
    assert_eq!(columns["body"], "ß cups ßencup");
    assert_eq!(columns["language"], "");
}

fn asked(dialect: Dialect, text: &str, forms: Forms, place: Place) -> String {
    let all = Query::of(text, Some(Locale::En)).expect("there are words in it");
    query(dialect, &all, forms, place)
}

#[test]
fn searches_are_made_of_letters_and_digits_only() {
    let typed = |dialect, text| asked(dialect, text, Forms::Typed, Place::Anywhere);
    assert_eq!(
        typed(Dialect::Sqlite, "Rain-jacket \" OR *"),
        "(\"rain jacket\"* OR \"rainjacket\"*) AND \"or\"*"
    );
    assert_eq!(
        typed(Dialect::Postgres, "café & ! <-> 5"),
        "('cafe':* | 'cafe5':*) & ('5':* | 'cafe5':*)"
    );
    assert_eq!(
        typed(Dialect::Postgres, "T-shirt's"),
        "('t' <-> 'shirt' <-> 's':* | 'tshirts':*)"
    );
}

#[test]
fn a_place_is_asked_for_as_the_database_names_it() {
    for (dialect, forms, place, text) in [
        (
            Dialect::Sqlite,
            Forms::Whole,
            Place::Title,
            "{title} : (\"cups\")",
        ),
        (
            Dialect::Sqlite,
            Forms::Any,
            Place::Names,
            "{title vendor category tags} : ((\"cups\"* OR \"ß2cups\" OR \"ßencup\" OR \"cup\"))",
        ),
        (Dialect::Postgres, Forms::Whole, Place::Title, "'cups':A"),
        (Dialect::Postgres, Forms::Typed, Place::Names, "'cups':*AB"),
        (
            Dialect::Postgres,
            Forms::Any,
            Place::Anywhere,
            "('cups':* | 'ß2cups' | 'ßencup' | 'cup')",
        ),
    ] {
        assert_eq!(asked(dialect, "cups", forms, place), text);
    }
}

#[test]
fn a_mistake_is_asked_for_where_there_is_one() {
    let cups = Query::of("cupz", None).expect("it is a word");
    let any = |all: &Query| query(Dialect::Postgres, all, Forms::Any, Place::Anywhere);
    assert!(!any(&cups).contains("ß1"));
    assert!(any(&cups.with_mistakes(&[0])).contains("'ß1cupz'"));
}
