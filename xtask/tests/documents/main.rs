//! The documents: links lead somewhere, and what is said about the code is true of it. And what the
//! code says to shoppers: that it is in the catalogues.

mod code;
mod links;
mod markdown;
mod refusals;
mod texts;
mod words;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Where the tests run, not where they were compiled: clones may share a target folder.
fn root() -> PathBuf {
    let folder = env::var("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&folder).parent().unwrap().to_owned()
}

struct Document {
    /// From the root of the repository.
    name: String,
    text: String,
}

impl Document {
    fn read(name: &str) -> Self {
        let path = root().join(name);
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self {
            name: name.to_owned(),
            text,
        }
    }

    /// All of them: at the top level, in `docs` and in `docs/api`.
    fn all() -> Vec<Self> {
        let names = ["", "docs/", "docs/api/"].map(|folder| {
            let names = files(&root().join(folder));
            let pages = names.into_iter().filter(|name| name.ends_with(".md"));
            pages.map(move |name| format!("{folder}{name}"))
        });
        let all: Vec<_> = names
            .into_iter()
            .flatten()
            .map(|name| Self::read(&name))
            .collect();
        assert!(all.len() > 8, "only {} documents were found", all.len());
        all
    }
}

/// The names of a folder's files, sorted.
fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = entries(folder)
        .into_iter()
        .filter(|path| path.is_file())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

/// The text of every file below a folder.
fn texts_below(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            texts.extend(texts_below(&path));
        } else if let Ok(text) = fs::read_to_string(&path) {
            texts.push(text);
        }
    }
    texts
}

/// The files of this name below a folder, with their texts.
fn texts_of(folder: &Path, name: &str) -> Vec<(PathBuf, String)> {
    let mut texts = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            texts.extend(texts_of(&path, name));
        } else if path.file_name().is_some_and(|own| own == name) {
            let text = fs::read_to_string(&path).unwrap();
            texts.push((path, text));
        }
    }
    texts
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}
