//! What tests send to each server function: in `tests/requests`, a file per feature, which is called
//! as the feature is.

use std::{env, fs, path::Path, sync::LazyLock};

use serde::Deserialize;

/// What is sent to a function, and what comes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    pub path: String,
    /// Form fields, with placeholders for ids.
    #[serde(default)]
    pub sent: String,
    /// What those get who may.
    pub gets: Gets,
    /// What takes away what others are sent comes after them: later turns come later.
    #[serde(default)]
    pub turn: u8,
    /// Requests to spoil: without any there is nothing in one that could be wrong.
    #[serde(default)]
    pub spoil: Vec<Spoil>,
    /// That it takes nothing, or nothing that could not be right: names, secrets, what to do.
    #[serde(default)]
    pub nothing_to_spoil: bool,
    /// Name of the feature.
    #[serde(skip)]
    pub feature: String,
}

/// The status of the answer.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub enum Gets {
    Each(u16),
    /// It can be done once.
    FirstAndLater(u16, u16),
}

/// What a good request would say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spoil {
    pub fields: Vec<String>,
    /// Any of these, spoilt, makes the request one that must be refused.
    pub needed: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    function: Vec<Sample>,
}

/// All of them, as they may be sent one after the other.
pub static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    // Cargo sets it at each run: the value that was compiled in may be another clone's.
    let server = env::var("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    let folder = Path::new(&server).join("tests/requests");
    let files = fs::read_dir(&folder).expect("the folder is there");
    let mut paths: Vec<_> = files
        .map(|file| file.expect("it can be read").path())
        .collect();
    paths.sort();
    let mut samples: Vec<Sample> = paths.iter().flat_map(|path| read(path)).collect();
    samples.sort_by_key(|sample| sample.turn);
    samples
});

fn read(path: &Path) -> Vec<Sample> {
    let text = fs::read_to_string(path).expect("the file can be read");
    let file: File =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_stem().expect("it has a name").to_string_lossy();
    let feature = name.replace('-', "::");
    let mut samples = file.function;
    for sample in &mut samples {
        sample.feature.clone_from(&feature);
    }
    samples
}
