//! A crate's graph between the units that its table speaks of.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::{Graph, Place},
    table::Table,
};

/// What `lib.rs` is called in a table. It needs a line only when it uses something or is used.
const ROOT: &str = "lib";

pub struct Units<'a> {
    pub files: BTreeMap<String, &'a str>,
    /// Who uses whom, and where.
    pub edges: BTreeMap<(String, String), BTreeSet<&'a Place>>,
}

impl<'a> Units<'a> {
    pub fn of(graph: &'a Graph, table: &Table) -> Self {
        let mut edges = BTreeMap::<_, BTreeSet<_>>::new();
        for usage in &graph.uses {
            let (from, to) = (unit(table, &usage.from), unit(table, &usage.to));
            if from != to {
                edges.entry((from, to)).or_default().insert(&usage.place);
            }
        }
        let mut files = BTreeMap::new();
        for (module, file) in &graph.files {
            // A module comes before those inside of it.
            files.entry(unit(table, module)).or_insert(file.as_str());
        }
        if !edges.keys().any(|(from, to)| from == ROOT || to == ROOT) {
            files.remove(ROOT);
        }
        Self { files, edges }
    }

    /// What a unit uses apart from what is used everywhere.
    pub fn used_by(&self, unit: &str, table: &Table) -> Vec<&str> {
        self.edges
            .keys()
            .filter(|(from, to)| from == unit && !table.is_everywhere(to))
            .map(|(_, to)| to.as_str())
            .collect()
    }
}

fn unit(table: &Table, module: &[String]) -> String {
    let inside = |apart: &&String| {
        let names: Vec<&str> = apart.split("::").collect();
        module.len() >= names.len() && module.iter().zip(&names).all(|(a, b)| a == b)
    };
    if let Some(apart) = table.apart.iter().find(inside) {
        return apart.clone();
    }
    let Some((first, inner)) = module.split_first() else {
        return ROOT.to_owned();
    };
    let mut unit = first.clone();
    for name in inner {
        if !table.open.contains(&unit) {
            break;
        }
        unit = format!("{unit}::{name}");
    }
    unit
}
