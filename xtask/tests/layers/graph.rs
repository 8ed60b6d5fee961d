//! A crate's modules and who uses whom, as its sources say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Display},
    fs,
    path::Path,
};

use syn::{Attribute, Ident, Item, ext::IdentExt as _};

use crate::{conditions::only_for_tests, reader};

/// Names from the root of the crate, whose own path is empty.
pub type ModulePath = Vec<String>;

/// The text of each file, by its path below `src`.
pub type Sources = BTreeMap<String, String>;

#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: String,
    /// From 1.
    pub line: usize,
}

impl Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One mention of a module in another.
pub struct Use {
    pub from: ModulePath,
    pub to: ModulePath,
    pub place: Place,
}

pub struct Graph {
    /// Modules that have a file. What is written in `mod name { … }` counts for the file around it.
    pub files: BTreeMap<ModulePath, String>,
    pub uses: Vec<Use>,
}

impl Graph {
    /// What is compiled into a shop. Follows the `mod` declarations from `lib.rs`, so a file that is no
    /// part of the library is not read. `folder` is put before the names of files.
    pub fn read(folder: &str, sources: &Sources) -> Self {
        Self::of(folder, sources, Counted::Shipped)
    }

    /// The same, and what is compiled for unit tests alone.
    pub fn read_with_tests(folder: &str, sources: &Sources) -> Self {
        Self::of(folder, sources, Counted::WithTests)
    }

    fn of(folder: &str, sources: &Sources, counted: Counted) -> Self {
        let mut modules = Modules::new(counted);
        let mut parsed = Vec::new();
        modules.follow(sources, "lib.rs", Vec::new(), &mut parsed);
        for file in modules.files.values_mut() {
            *file = format!("{folder}/{file}");
        }
        let mut uses = Vec::new();
        for (module, items) in &parsed {
            uses.extend(reader::uses(&modules, module, items));
        }
        Self {
            files: modules.files,
            uses,
        }
    }
}

/// Which code counts.
#[derive(Clone, Copy)]
enum Counted {
    Shipped,
    WithTests,
}

pub struct Modules {
    counted: Counted,
    pub files: BTreeMap<ModulePath, String>,
    /// Those with a file and those without.
    all: BTreeSet<ModulePath>,
}

impl Modules {
    fn new(counted: Counted) -> Self {
        Self {
            counted,
            files: BTreeMap::new(),
            all: BTreeSet::new(),
        }
    }

    /// Whether what bears these attributes counts.
    pub fn counts(&self, attributes: &[Attribute]) -> bool {
        match self.counted {
            Counted::Shipped => !only_for_tests(attributes),
            Counted::WithTests => true,
        }
    }

    pub fn contains(&self, path: &[String]) -> bool {
        self.all.contains(path)
    }

    /// The module with a file that a path leads to or into.
    pub fn with_file<'path>(&self, path: &'path [String]) -> &'path [String] {
        let mut length = path.len();
        while length > 0 && !self.files.contains_key(&path[..length]) {
            length -= 1;
        }
        &path[..length]
    }

    fn follow(
        &mut self,
        sources: &Sources,
        file: &str,
        module: ModulePath,
        parsed: &mut Vec<(ModulePath, Vec<Item>)>,
    ) {
        let syntax = syn::parse_file(&sources[file])
            .unwrap_or_else(|error| panic!("{file}:{}: {error}", error.span().start().line));
        if !self.counts(&syntax.attrs) {
            return;
        }
        self.all.insert(module.clone());
        self.files.insert(module.clone(), file.to_owned());
        self.declared(sources, &syntax.items, &module, parsed);
        parsed.push((module, syntax.items));
    }

    fn declared(
        &mut self,
        sources: &Sources,
        items: &[Item],
        module: &[String],
        parsed: &mut Vec<(ModulePath, Vec<Item>)>,
    ) {
        for item in items {
            let Item::Mod(declaration) = item else {
                continue;
            };
            if !self.counts(&declaration.attrs) || is_lent(&declaration.attrs) {
                continue;
            }
            let mut child = module.to_vec();
            child.push(name(&declaration.ident));
            if let Some((_, items)) = &declaration.content {
                self.all.insert(child.clone());
                self.declared(sources, items, &child, parsed);
                continue;
            }
            let stem = child.join("/");
            let file = [format!("{stem}.rs"), format!("{stem}/mod.rs")]
                .into_iter()
                .find(|file| sources.contains_key(file))
                .unwrap_or_else(|| panic!("there is neither {stem}.rs nor {stem}/mod.rs"));
            self.follow(sources, &file, child, parsed);
        }
    }
}

/// Whether the file of a module is another module's: it is read there.
fn is_lent(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("path"))
}

/// Without the mark of a raw identifier.
pub fn name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// All Rust files of a folder.
pub fn sources(folder: &Path) -> Sources {
    let mut sources = Sources::new();
    collect(folder, folder, &mut sources);
    sources
}

fn collect(root: &Path, folder: &Path, sources: &mut Sources) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let file = path.strip_prefix(root).unwrap().to_str().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            sources.insert(file.replace('\\', "/"), text);
        }
    }
}
