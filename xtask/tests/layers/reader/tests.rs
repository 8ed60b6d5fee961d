use crate::graph::{Graph, Sources};

/// What a file `a.rs` uses in a crate that also has the modules b, b::deep and c, with the lines.
fn uses(text: &str) -> Vec<String> {
    read(&[("a.rs", text)])
}

fn read(changed: &[(&str, &str)]) -> Vec<String> {
    let files = [
        ("lib.rs", "pub mod a; pub mod b; pub mod c;"),
        ("a.rs", ""),
        ("b/mod.rs", "pub mod deep;"),
        ("b/deep.rs", ""),
        ("c.rs", ""),
    ];
    let sources: Sources = files
        .iter()
        .chain(changed)
        .map(|(file, text)| (file.to_string(), text.to_string()))
        .collect();
    let mut uses: Vec<_> = Graph::read("src", &sources)
        .uses
        .iter()
        .map(|usage| {
            let (from, to) = (usage.from.join("::"), usage.to.join("::"));
            format!("{from} -> {to} at {}", usage.place)
        })
        .collect();
    uses.sort();
    uses
}

const B: [&str; 1] = ["a -> b at src/a.rs:1"];
const DEEP: [&str; 2] = ["a -> b at src/a.rs:1", "a -> b::deep at src/a.rs:2"];
const NONE: [&str; 0] = [];

#[test]
fn every_form_of_use_is_read() {
    assert_eq!(uses("use crate::b::Thing;"), B);
    assert_eq!(uses("pub use crate::b::{self as other};"), B);
    assert_eq!(uses("use crate::b::Trait as _;"), B);
    assert_eq!(uses("use super::b::*;"), B);
    assert_eq!(uses("use self::super::b;"), B);
    assert_eq!(uses("fn f() { use crate::b::call; }"), B);
    assert_eq!(
        uses("use crate::{\n    b::{self, deep::{Thing, Other as Mine}},\n    c::*,\n};"),
        [
            "a -> b at src/a.rs:2",
            "a -> b::deep at src/a.rs:2",
            "a -> b::deep at src/a.rs:2",
            "a -> c at src/a.rs:3",
        ]
    );
}

#[test]
fn paths_in_code_are_read() {
    assert_eq!(uses("fn f() { crate::b::call() }"), B);
    assert_eq!(uses("fn f() { let g = |x: crate::b::X| x; }"), B);
    assert_eq!(uses("fn f(x: &Vec<crate::b::X>) {}"), B);
    assert_eq!(uses("fn f() -> impl Iterator<Item = crate::b::X> {}"), B);
    assert_eq!(uses("impl crate::b::Trait for X {}"), B);
    assert_eq!(uses("impl<T: super::b::Trait> X<T> {}"), B);
    assert_eq!(uses("fn f() { <u8 as crate::b::Trait>::call() }"), B);
    assert_eq!(uses("fn f() { match x { crate::b::MAX => 1, _ => 2 } }"), B);
    assert_eq!(uses("fn f() { crate::b::Thing { x: 1 } }"), B);
    assert_eq!(uses("const X: u8 = crate::b::deep::MAX;").len(), 1);
    assert_eq!(uses("struct X { b: crate::b::X }"), B);
    assert_eq!(uses("#[crate::b::page] fn f() {}"), B);
    assert_eq!(uses("#[page(of = crate::b::X)] fn f() {}"), B);
    assert_eq!(
        uses("struct X {\n    #[serde(with = \"crate::b::text\")]\n    x: u8,\n}").len(),
        1
    );
}

#[test]
fn paths_inside_of_macros_are_read() {
    assert_eq!(uses("fn f() { assert!(matches!(x, crate::b::MAX)) }"), B);
    assert_eq!(uses("crate::b::declare!();"), B);
    assert_eq!(uses("macro_rules! m { () => { $crate::b::call() }; }"), B);
    assert_eq!(
        uses("tokens! { use crate::{b::X, c}; }"),
        ["a -> b at src/a.rs:1", "a -> c at src/a.rs:1"]
    );
    assert_eq!(
        uses(
            "fn f() {\n  view! {\n    <crate::b::Link on:click=move |_| go()/>\n    {super::c::x()}\n  }\n}"
        ),
        ["a -> b at src/a.rs:3", "a -> c at src/a.rs:4"]
    );
}

#[test]
fn super_is_counted_from_where_it_is_written() {
    assert_eq!(uses("mod inside { use super::super::b::X; }"), B);
    assert_eq!(
        uses("mod inside { mod more { fn f() { super::super::super::b::x() } } }"),
        B
    );
    assert_eq!(uses("mod inside { use super::b::X; }"), NONE);
    let deep = [(
        "b/deep.rs",
        "use super::{super::c, Own};\nuse super::super::a;",
    )];
    assert_eq!(
        read(&deep),
        [
            "b::deep -> a at src/b/deep.rs:2",
            "b::deep -> b at src/b/deep.rs:1",
            "b::deep -> c at src/b/deep.rs:1",
        ]
    );
}

#[test]
fn an_imported_name_leads_on_to_the_modules_inside() {
    assert_eq!(uses("use crate::b;\nfn f() { b::deep::call() }"), DEEP);
    assert_eq!(
        uses("use crate::b as other;\nuse other::deep::Thing;"),
        DEEP
    );
    assert_eq!(uses("use crate::b::*;\nfn f() { deep::call() }"), DEEP);
    assert_eq!(uses("use crate::b;\nfn f() { m!(b::deep::MAX) }"), DEEP);
    // What it leads to counts at the import.
    assert_eq!(uses("use crate::b::Thing;\nfn f() { Thing::new() }"), B);
    assert_eq!(uses("use crate::b;\nfn f() { b::call() }"), B);
    // A name is known in its block, and not in a module inside.
    assert_eq!(
        uses("fn f() { use crate::b; m(b::deep::X) }\nfn g() { b::deep::x() }"),
        ["a -> b at src/a.rs:1", "a -> b::deep at src/a.rs:1"]
    );
    assert_eq!(
        uses("use crate::b;\nmod inside { fn f() { b::deep::x() } }"),
        B
    );
    let own = [(
        "b/mod.rs",
        "mod deep;\npub use deep::Thing;\nfn f() { deep::call() }",
    )];
    assert_eq!(
        read(&own),
        [
            "b -> b::deep at src/b/mod.rs:2",
            "b -> b::deep at src/b/mod.rs:3",
        ]
    );
}

#[test]
fn other_crates_and_words_are_no_edges() {
    assert_eq!(
        uses("use b::Thing; fn f() { b::call(); ::b::call() }"),
        NONE
    );
    assert_eq!(
        uses("use ::b; use std::fmt as b;\nfn f() { b::deep::x() }"),
        NONE
    );
    assert_eq!(
        uses("// crate::b::X\nconst X: &str = \"crate::b::X\";"),
        NONE
    );
    assert_eq!(
        uses("/// [`crate::b::X`]\npub(in crate::b) fn f() {}"),
        NONE
    );
    assert_eq!(
        uses("fn f() { m!(a.b::<u8>(), x::crate::b::c, $b::deep::x) }"),
        NONE
    );
    assert_eq!(
        uses("mod inside { pub fn f() {} } fn g() { inside::f(); self::inside::f() }"),
        NONE
    );
}

#[test]
fn what_is_compiled_for_tests_alone_does_not_count() {
    assert_eq!(uses("#[cfg(test)] mod tests { use crate::b::X; }"), NONE);
    assert_eq!(uses("#[cfg(all(test, unix))] use crate::b::X;"), NONE);
    assert_eq!(
        uses("#[cfg(any(test, all(test, unix)))] use crate::b::X;"),
        NONE
    );
    assert_eq!(uses("#[tokio::test] async fn f() { crate::b::x() }"), NONE);
    assert_eq!(
        uses("impl X { #[cfg(test)] fn f() { crate::b::x() } }"),
        NONE
    );
    assert_eq!(uses("#![cfg(test)] use crate::b::X;"), NONE);
    let file = [
        ("a.rs", "#[cfg(test)]\nmod tests;"),
        ("a/tests.rs", "use crate::b::X;"),
    ];
    assert_eq!(read(&file), NONE);
    assert_eq!(uses("#[cfg(not(test))] use crate::b::X;"), B);
    assert_eq!(uses("#[cfg(any(test, unix))] use crate::b::X;"), B);
    assert_eq!(uses("#[cfg(feature = \"test\")] use crate::b::X;"), B);
}

#[test]
fn a_file_that_is_no_part_of_the_crate_is_not_read() {
    assert_eq!(read(&[("main.rs", "use crate::b; fn main() {")]), NONE);
}
