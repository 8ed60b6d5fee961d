//! Which module may use which. The arrows between a crate's modules point one way: `server.txt`,
//! `app.txt`, `storefront.txt` and `desk.txt` list the modules bottom first, each with those it uses, and these tests
//! compare the lists with the sources. Between crates it is Cargo that keeps the arrows pointing one way. The server's
//! two crates have one list: the one above uses the modules below by the same paths as its own.
//!
//! ```text
//! open: catalog                  # its modules have lines of their own: catalog::write
//! apart: cart::pages             # has a line of its own, apart from that of the rest of cart
//! everywhere: error, clock       # anybody may use these; they use only those named before them
//!
//! db
//! cart -> db
//! orders -> cart, db             # a module uses only those with an earlier line
//!     payment                    # an indented line goes on with the one above
//! ```
//!
//! A leaf, a feature that nobody uses, needs no line here: it brings its own along, in `layer.txt` in its
//! folder. They are read as if they were at the end of the list, and speak of the leaf alone.
//!
//! A new edge is a decision: add the name, and beside it the reason if it is unusual. So is a new
//! module. An edge that nothing needs any more has to go, too.
//!
//! ```sh
//! LAYERS_PRINT=1 cargo test --package xtask --test layers point_one_way
//! ```
//!
//! prints the tables as the sources have them now, in the order of the present tables as far as
//! the arrows allow. Edges of a ring, for which there is no right place, are printed as comments with
//! the lines of source that make them: these have to be cut first. Comments of the present tables
//! are not repeated.
//!
//! What counts is every path that leads to another module of the crate: in `use`, in code, in
//! attributes and inside of macros, written from `crate`, `self` or `super`, or through a name that
//! was imported. What is compiled for tests alone does not count: items under `#[cfg(test)]`, with
//! the files of such modules, and test functions. (One comparison takes them along: the server's top-level
//! modules, each as one, are free of rings even with their unit tests.) Not seen are calls of methods, and names that a
//! glob import brings from another module's imports.

mod check;
mod conditions;
mod graph;
mod imports;
mod print;
mod reader;
mod reads;
mod rings;
mod services;
mod states;
mod table;
mod tables;
mod units;

use std::{
    env, fs,
    io::{Write, stdout},
    path::{Path, PathBuf},
};

use check::check;
use graph::{Graph, Sources, sources};
use rings::rings;
use table::Table;

/// Both crates of the server, and what they are called here.
const SERVER: [&str; 2] = ["server/src", "server/lib"];
const SERVER_NAME: &str = "server/{src,lib}";

/// The file in a leaf's folder with its lines.
const LEAF: &str = "layer.txt";

#[test]
fn the_modules_of_the_server_point_one_way() {
    holds("server", SERVER_NAME, &SERVER);
}

#[test]
fn the_modules_of_the_app_point_one_way() {
    holds("app", "app/src", &["app/src"]);
}

#[test]
fn the_modules_of_the_storefront_point_one_way() {
    let sources = "app/storefront/src";
    holds("storefront", sources, &[sources]);
}

#[test]
fn the_modules_of_the_desk_point_one_way() {
    holds("desk", "app/desk/src", &["app/desk/src"]);
}

/// The table may cut a module into units, and a ring of modules is then none of units. In the server there
/// is none of modules either.
#[test]
fn the_top_level_modules_of_the_server_form_no_ring_even_with_their_unit_tests() {
    let found = rings(&Graph::read_with_tests(SERVER_NAME, &sources_of(&SERVER)));
    assert!(found.is_empty(), "\n{}\n", found.join("\n\n"));
}

/// The folder of the workspace.
fn root() -> PathBuf {
    // Cargo sets it at each run: the value that was compiled in may be another clone's.
    let xtask = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().unwrap().to_owned()
}

/// The sources of several crates as those of one.
fn sources_of(folders: &[&str]) -> Sources {
    let mut all = Sources::new();
    for folder in folders {
        for (file, text) in sources(&root().join(folder)) {
            // All have a root, which begins with words about it.
            let is_another = all.contains_key(&file);
            let lines = text
                .lines()
                .filter(|line| !(is_another && line.starts_with("//!")));
            let known = all.entry(file).or_default();
            known.extend(lines.flat_map(|line| [line, "\n"]));
        }
    }
    all
}

fn holds(name: &str, sources_in: &str, folders: &[&str]) {
    let table = root()
        .join("xtask/tests/layers")
        .join(format!("{name}.txt"));
    let mut table = Table::parse(&fs::read_to_string(table).unwrap());
    for folder in folders {
        for (leaf, text) in leaves(&root().join(folder), "") {
            table.add_leaf(&leaf, &text);
        }
    }
    let graph = Graph::read(sources_in, &sources_of(folders));
    if env::var_os("LAYERS_PRINT").is_some() {
        let text = format!("\n# {name}.txt\n{}", print::table(&graph, &table));
        // Unlike `print!`, this is shown for tests that pass, too.
        stdout().write_all(text.as_bytes()).unwrap();
    }
    let faults = check(&graph, &table);
    assert!(
        faults.is_empty(),
        "\n{sources_in} and xtask/tests/layers/{name}.txt differ:\n\n{}\n",
        faults.join("\n\n")
    );
}

/// The leaves below a folder, in the order of their names, each with its lines. `prefix` is what the
/// names of modules in the folder begin with.
fn leaves(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    let mut found = Vec::new();
    for path in folders {
        let module = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if let Ok(text) = fs::read_to_string(path.join(LEAF)) {
            found.push((module.clone(), text));
        }
        found.extend(leaves(&path, &format!("{module}::")));
    }
    found
}
