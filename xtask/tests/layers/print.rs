//! A table as the sources have it now.

use std::collections::{BTreeMap, BTreeSet};

use crate::{LEAF, graph::Graph, table::Table, units::Units};

const WIDTH: usize = 100;

/// In the order of the present table as far as the arrows allow. What has no right place, because
/// of a ring, is a comment. The lines of leaves come last, each under the name of its file.
pub fn table(graph: &Graph, table: &Table) -> String {
    let units = Units::of(graph, table);
    let open: Vec<_> = table.open.iter().map(String::as_str).collect();
    let everywhere: Vec<_> = table
        .everywhere
        .iter()
        .map(String::as_str)
        .filter(|unit| units.files.contains_key(*unit))
        .collect();
    let mut text = String::new();
    for (mark, names) in [("open:", &open), ("everywhere:", &everywhere)] {
        if !names.is_empty() {
            text += &(wrapped(mark, names) + "\n");
        }
    }
    text += "\n";
    let mut below = BTreeSet::new();
    for unit in &everywhere {
        below.insert(*unit);
        let used = units.edges.keys().filter(|(from, _)| from == unit);
        let used = used.map(|(_, to)| to.as_str());
        text += &against(&units, unit, used.filter(|to| !below.contains(to)));
    }
    let mut leaves = BTreeMap::<&str, String>::new();
    for unit in order(&units, table) {
        let (right, wrong): (Vec<_>, Vec<_>) = units
            .used_by(unit, table)
            .into_iter()
            .partition(|used| below.contains(used));
        let text = match table.leaf_of(unit) {
            Some(leaf) => leaves.entry(leaf).or_default(),
            None => &mut text,
        };
        *text += &(row(unit, &right) + "\n");
        *text += &against(&units, unit, wrong.into_iter());
        below.insert(unit);
    }
    for (leaf, lines) in leaves {
        text += &format!("\n# {}/{LEAF}\n{lines}", leaf.replace("::", "/"));
    }
    text
}

/// The line of one unit.
pub fn row(unit: &str, uses: &[&str]) -> String {
    match uses {
        [] => unit.to_owned(),
        _ => wrapped(&format!("{unit} ->"), uses),
    }
}

fn wrapped(begin: &str, names: &[&str]) -> String {
    let mut text = String::new();
    let mut line = begin.to_owned();
    for (index, name) in names.iter().enumerate() {
        let comma = if index + 1 < names.len() { "," } else { "" };
        if line.len() + name.len() + 2 > WIDTH {
            text += &(line + "\n");
            line = "   ".to_owned();
        }
        line += &format!(" {name}{comma}");
    }
    text + &line
}

fn against<'a>(units: &Units, unit: &str, uses: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for used in uses {
        text += &format!("# {unit} -> {used} is part of a ring:\n");
        for place in &units.edges[&(unit.to_owned(), used.to_owned())] {
            text += &format!("#     {place}\n");
        }
    }
    text
}

/// Bottom first: always one that uses nothing of what is left. Where only rings are left, of the
/// lowest ring the one with the fewest lines that use what is left.
fn order<'u>(units: &'u Units, table: &Table) -> Vec<&'u str> {
    let mut left: Vec<&str> = units
        .files
        .keys()
        .map(String::as_str)
        .filter(|unit| !table.is_everywhere(unit))
        .collect();
    left.sort_by_key(|unit| table.position(unit).unwrap_or(usize::MAX));
    let mut order = Vec::new();
    while !left.is_empty() {
        let reach: BTreeMap<&str, BTreeSet<&str>> = left
            .iter()
            .map(|unit| (*unit, reached(units, unit, &left)))
            .collect();
        let lowest = left.iter().enumerate().filter(|(_, unit)| {
            let mut reached = reach[*unit].iter();
            reached.all(|other| reach[other].contains(*unit))
        });
        let Some((index, _)) = lowest.min_by_key(|(_, unit)| lines(units, unit, &left)) else {
            break;
        };
        order.push(left.remove(index));
    }
    order
}

/// All that a unit uses, itself or through others that are left.
fn reached<'u>(units: &'u Units, unit: &'u str, left: &[&str]) -> BTreeSet<&'u str> {
    let mut reached = BTreeSet::new();
    let mut ahead = vec![unit];
    while let Some(unit) = ahead.pop() {
        for (from, to) in units.edges.keys() {
            if from == unit && left.contains(&to.as_str()) && reached.insert(to.as_str()) {
                ahead.push(to);
            }
        }
    }
    reached
}

fn lines(units: &Units, unit: &str, left: &[&str]) -> usize {
    let edges = units.edges.iter();
    edges
        .filter(|((from, to), _)| from == unit && left.contains(&to.as_str()))
        .map(|(_, places)| places.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check::check, graph::Sources};

    fn graph(files: &[(&str, &str)]) -> Graph {
        let sources: Sources = files
            .iter()
            .map(|(file, text)| (file.to_string(), text.to_string()))
            .collect();
        Graph::read("src", &sources)
    }

    #[test]
    fn a_printed_table_is_right() {
        let graph = graph(&[
            ("lib.rs", "mod a; mod b; mod c; mod error;"),
            ("a.rs", "use crate::{b, c::inner, error};"),
            ("b.rs", "use crate::{c, error};"),
            ("c/mod.rs", "mod inner; use crate::error;"),
            ("c/inner.rs", "use crate::error;"),
            ("error.rs", ""),
        ]);
        let old = Table::parse("open: c\neverywhere: error, gone\n");
        let printed = table(&graph, &old);
        assert_eq!(
            printed,
            "open: c\neverywhere: error\n\nc\nb -> c\nc::inner\na -> b, c::inner\n"
        );
        assert!(check(&graph, &Table::parse(&printed)).is_empty());
    }

    #[test]
    fn a_printed_table_keeps_its_order() {
        let graph = graph(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", ""),
            ("b.rs", "use crate::c;"),
            ("c.rs", ""),
        ]);
        let printed = table(&graph, &Table::parse("c\nb\na\n"));
        assert_eq!(printed, "\nc\nb -> c\na\n");
    }

    #[test]
    fn lines_of_leaves_are_printed_for_their_files() {
        let graph = graph(&[
            ("lib.rs", "mod a; mod b;"),
            ("a/mod.rs", "use crate::b;"),
            ("b.rs", ""),
        ]);
        let mut old = Table::parse("b\n");
        old.add_leaf("a", "a\n");
        assert_eq!(table(&graph, &old), "\nb\n\n# a/layer.txt\na -> b\n");
    }

    #[test]
    fn edges_of_a_ring_are_printed_as_comments() {
        let graph = graph(&[
            ("lib.rs", "mod a; mod b; mod c; mod db;"),
            (
                "a.rs",
                "use crate::db;\nuse crate::b::One;\nuse crate::b::Two;",
            ),
            ("b.rs", "use crate::c;"),
            (
                "c.rs",
                "use crate::a;\nuse crate::a::One;\nuse crate::a::Two;",
            ),
            ("db.rs", ""),
        ]);
        assert_eq!(
            table(&graph, &Table::default()),
            "\ndb\nb\n# b -> c is part of a ring:\n#     src/b.rs:1\na -> b, db\nc -> a\n"
        );
    }

    #[test]
    fn long_lines_are_wrapped_as_they_are_read() {
        let names: Vec<_> = (0..30).map(|number| format!("module_{number}")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let text = row("http", &names);
        assert!(text.lines().count() > 1);
        assert!(text.lines().all(|line| line.len() <= WIDTH));
        let table = Table::parse(&text);
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.rows[0].uses, names);
    }
}
