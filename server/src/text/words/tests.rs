//! Texts as words of an index and of a search.

use unicode_normalization::UnicodeNormalization;

use super::*;

fn indexed(text: &str) -> String {
    shown(&Words::of(text))
}

fn shown(words: &Words) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.unwrap_or("|")).collect();
    words.join(" ")
}

/// Phrases in brackets, spellings with a stroke between them.
fn asked(text: &str) -> String {
    let Some(query) = Query::of(text, None) else {
        return String::new();
    };
    let wanted: Vec<String> = query
        .words
        .iter()
        .map(|wanted| {
            let typed = wanted.typed.iter();
            let phrases: Vec<String> = typed.map(|words| words.join(" ")).collect();
            format!("[{}]", phrases.join("|"))
        })
        .collect();
    wanted.concat()
}

#[test]
fn joined_words_are_held_and_asked_for_split_and_as_one() {
    assert_eq!(
        indexed("A T-Shirt, men’s"),
        "| a t shirt men s | mens | tshirt"
    );
    assert_eq!(asked("T‑shirt"), "[t shirt|tshirt]");
    assert_eq!(asked("tshirt"), "[tshirt]");
    assert_eq!(asked("L'Oréal"), "[l oreal|loreal]");
    assert_eq!(asked("L´Oréal"), "[l oreal|loreal]");
    assert_eq!(asked("rock 'n' roll -- it"), "[rock][n][roll][it]");
    assert_eq!(asked("Rain-jacket \" OR *"), "[rain jacket|rainjacket][or]");
    assert_eq!(asked("cel·la"), "[cel la|cella]");
}

#[test]
fn scripts_without_blanks_are_held_in_pairs() {
    assert_eq!(indexed("香港罗汉果"), "| 香港 港罗 罗汉 汉果 果");
    assert_eq!(asked("罗汉果"), "[罗汉 汉果]");
    assert_eq!(asked("茶"), "[茶]");
    assert_eq!(asked("شاي"), "[شا اي]");
    assert_eq!(indexed("الشاي"), "| ال لش شا اي ي");
    assert_eq!(indexed("iPhoneケース"), "| iphone ケー ース ス");
    assert_eq!(asked("ケースiPhone"), "[ケー ース ス iphone]");
    assert_eq!(asked("第2回"), "[第 2 回]");
    let thai = indexed("น้ำมะพร้าวสด");
    let wanted = asked("มะพร้าว");
    assert!(
        thai.contains(wanted.trim_matches(['[', ']'])),
        "{thai} {wanted}"
    );
    let korean: String = "배추 추김 김치 치".nfd().collect();
    assert_eq!(indexed("배추김치"), format!("| {korean}"));
    let typed = asked("추기");
    let begun = typed.trim_matches(['[', ']']);
    assert!(korean.split(' ').any(|pair| pair.starts_with(begun)));
}

#[test]
fn letters_with_two_dots_are_known_in_two_letters_too() {
    assert_eq!(indexed("Müller"), "| muller | mueller");
    assert_eq!(asked("mueller"), "[mueller]");
    assert_eq!(asked("Müller"), "[muller|mueller]");
    assert_eq!(indexed("Smørrebrød"), "| smorrebrod | smoerrebroed");
    assert_eq!(indexed("Straße ΣΊΣΥΦΟΣ"), "| strasse σισυφοσ");
}

#[test]
fn a_sku_is_known_by_its_parts() {
    let sku = |text: &str| {
        let mut words = Words::default();
        words.add_sku(text);
        shown(&words)
    };
    assert_eq!(sku("HF-BP-01"), "| hf bp 01 | 01 | hfbp | hfbp01");
    assert_eq!(sku("00417"), "| 00417 | 00417 | 417");
    assert_eq!(sku("A.12/7X"), "| a 12 7x | 127 | a127x");
    assert_eq!(sku("--"), "|");
}

#[test]
fn names_are_held_with_their_forms_and_texts_with_their_stems() {
    let document = Document::of(&Texts {
        title: "Regen Jacken 緑茶",
        body: "Regen Jacken",
        skus: vec!["ROCKS-LAMPEN"],
        languages: &[Locale::De],
        ..Texts::default()
    });
    let forms = |words: &Words| words.forms().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        forms(&document.title),
        ["ß2regenjacken", "ßdejack", "ßdereg", "ßderegenjack"]
    );
    assert_eq!(forms(&document.body), ["ßdejack", "ßdereg"]);
    assert_eq!(forms(&document.tags), [""; 0]);
    assert!(document.title.near().any(|form| form == "ß1jackn"));
    assert_eq!(document.body.near().count(), 0);
    assert_eq!(document.tags.near().count(), 0);
}

#[test]
fn signs_and_marks_are_no_words() {
    for nothing in ["", "!!! ()", "😀", "\u{301}", "™", "'-'", "❤\u{fe0f}"] {
        assert_eq!(Query::of(nothing, None), None, "{nothing}");
    }
    assert_eq!(asked("Foo™ 5㎏"), "[foo][5kg]");
    assert_eq!(asked(&"r".repeat(1000)), format!("[{}]", "r".repeat(64)));
    let endless = Query::of(&"a ".repeat(100), None).unwrap();
    assert_eq!(endless.words.len(), 8);
    let endless = Words::of(&"word ".repeat(50_000));
    assert!(endless.iter().count() <= MAX_WORDS + 1);
}
