//! Rings among the modules at the top level of a crate, each with all that is inside of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Graph, Place};

type Edges<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a Place>>;

/// What to cut: for each ring its modules, and one place for each of its edges. The root of the crate,
/// which declares all modules, is none of them.
pub fn rings(graph: &Graph) -> Vec<String> {
    let mut edges = Edges::new();
    for usage in &graph.uses {
        if let (Some(from), Some(to)) = (usage.from.first(), usage.to.first())
            && from != to
        {
            let place = edges.entry(from).or_default().entry(to);
            place.or_insert(&usage.place);
        }
    }
    let reach: BTreeMap<&str, BTreeSet<&str>> = edges
        .keys()
        .map(|module| (*module, reached(&edges, module)))
        .collect();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (module, reached) in &reach {
        if !reached.contains(module) || told.contains(module) {
            continue;
        }
        let is_back = |other: &&str| reach.get(other).is_some_and(|back| back.contains(module));
        let ring: BTreeSet<&str> = reached.iter().copied().filter(is_back).collect();
        found.push(words(&edges, &ring));
        told.extend(ring);
    }
    found
}

fn words(edges: &Edges, ring: &BTreeSet<&str>) -> String {
    let names: Vec<_> = ring.iter().copied().collect();
    let mut text = format!(
        "{} use each other. Move what is lent to where all may use it.",
        names.join(", ")
    );
    for from in ring {
        for (to, place) in edges.get(from).into_iter().flatten() {
            if ring.contains(to) {
                text += &format!("\n    {from} -> {to}: {place}");
            }
        }
    }
    text
}

/// All that a module uses, itself or through others.
fn reached<'a>(edges: &Edges<'a>, module: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut ahead = vec![module];
    while let Some(module) = ahead.pop() {
        for to in edges.get(module).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(*to) {
                ahead.push(to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Sources;

    const LIB: (&str, &str) = ("lib.rs", "mod a; mod b; mod c;");
    const A: (&str, &str) = ("a.rs", "use crate::b;");
    const C: (&str, &str) = ("c.rs", "use crate::a;");

    fn found(b: &str, read: fn(&str, &Sources) -> Graph) -> Vec<String> {
        let files = [
            LIB,
            A,
            C,
            ("b/mod.rs", "mod one; mod two;"),
            ("b/one.rs", b),
        ];
        let sources: Sources = files
            .iter()
            .chain(&[("b/two.rs", "")])
            .map(|(file, text)| (file.to_string(), text.to_string()))
            .collect();
        rings(&read("src", &sources))
    }

    #[test]
    fn modules_that_use_each_other_are_named_with_the_places() {
        assert_eq!(found("use super::two;", Graph::read), Vec::<String>::new());
        assert_eq!(
            found("use crate::a::Thing;", Graph::read),
            [
                "a, b use each other. Move what is lent to where all may use it.\
                 \n    a -> b: src/a.rs:1\n    b -> a: src/b/one.rs:1"
            ]
        );
    }

    #[test]
    fn a_ring_that_a_unit_test_closes_is_one_where_tests_count() {
        let with_test = "#[cfg(test)]\nmod tests { use crate::c; }";
        assert_eq!(found(with_test, Graph::read), Vec::<String>::new());
        assert_eq!(
            found(with_test, Graph::read_with_tests),
            [
                "a, b, c use each other. Move what is lent to where all may use it.\
                 \n    a -> b: src/a.rs:1\n    b -> c: src/b/one.rs:2\n    c -> a: src/c.rs:1"
            ]
        );
    }
}
