//! Fluent catalogues become functions; what does not fit together ends the build.

#[path = "../build/catalogue.rs"]
mod catalogue;

use catalogue::{LANGUAGES, Source, code};

fn made(english: &str, german: &str) -> Result<String, String> {
    let sources: Vec<_> = LANGUAGES
        .into_iter()
        .zip([english, german])
        .map(|(language, text)| Source {
            language,
            text: text.to_owned(),
        })
        .collect();
    code(&sources)
}

#[test]
fn a_message_is_a_function_of_its_arguments() {
    let code = made(
        "hello = Hello\nitems = { $count ->\n    [one] { $count } item\n   *[other] { $count } items of { $shop }\n}\n",
        "hello = Hallo\nitems = { $count } Artikel von { $shop }\n",
    );
    let code = code.unwrap();
    for part in [
        "pub fn hello(self) -> &'static str {",
        "crate::locale::Locale::De => \"Hallo\",",
        "pub fn items(self, count: i64, shop: &str) -> String {",
        "(_, crate::locale::Plural::One) => {",
        "said.push_str(&self.0.number(count));",
        // Tests see by their marks what comes from here.
        "crate::locale::plain(match self.0 {",
        "crate::locale::whole(said)",
    ] {
        assert!(code.contains(part), "{part} in {code}");
    }
}

#[test]
fn lines_references_and_literals_run_on() {
    let code = made(
        "-brand = Knot\none = It is\n    { -brand } { \"{\" }\ntwo = { one }!\n",
        "-brand = Knoten\none = Es ist { -brand }\ntwo = { one }!\n",
    );
    let code = code.unwrap();
    assert!(code.contains("\"It is Knot {\""), "{code}");
    assert!(code.contains("\"Es ist Knoten!\""), "{code}");
}

#[test]
fn what_one_language_lacks_is_named() {
    for (english, german, fault) in [
        ("a = A\nb = B\n", "a = A\n", "de.ftl: b is missing"),
        (
            "a = A\n",
            "a = A\nc = C\n",
            "de.ftl: c is in no other language",
        ),
        (
            "a = { $x }\n",
            "a = A\n",
            "a has other arguments than elsewhere",
        ),
        (
            "a = { $x }\n",
            "a = { $y }\n",
            "a has other arguments than elsewhere",
        ),
        ("a = A\na = B\n", "a = A\n", "a is there twice"),
        ("a = { b }\n", "a = A\n", "there is no message b"),
        ("a = { a }\n", "a = A\n", "messages hold one another"),
        ("a = { NUMBER($x) }\n", "a = { $x }\n", "not supported"),
        ("a = A\nb = { $x\n", "a = A\n", "en.ftl, line 2"),
    ] {
        let refused = made(english, german).unwrap_err();
        assert!(refused.contains(fault), "{fault:?} in {refused:?}");
    }
}
