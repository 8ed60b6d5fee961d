//! Of each folder `text` among the sources, with a Fluent catalogue for each language, a type with a function
//! for each message. A message that one language lacks, or that has other arguments there, ends the
//! build.
//!
//! The builds of the crates of pages use it, too, and the server's, whose catalogues hold what mails and refusals say.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::catalogue;

/// What a build script does, again when something in these folders has changed. `sources` is that of the modules, from
/// that of the manifest.
pub fn build(sources: &str, watched: &[&str]) -> ExitCode {
    for folder in watched {
        println!("cargo::rerun-if-changed={folder}");
    }
    match write_all(sources) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write_all(sources: &str) -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
    let root = Path::new(sources);
    let mut folders = Vec::new();
    find(root, &mut folders)?;
    for folder in folders {
        let of = |error: String| format!("{}: {error}", folder.display());
        let code = catalogue::code(&catalogues(&folder).map_err(of)?).map_err(of)?;
        let feature = folder.parent().unwrap_or(root);
        let names: Vec<_> = feature
            .strip_prefix(root)
            .unwrap_or(feature)
            .iter()
            .map(|name| name.to_string_lossy())
            .collect();
        let file = Path::new(&out).join(format!("{}_text.rs", names.join("_")));
        // Written only if it says something else, so that nothing is compiled again for nothing.
        if fs::read_to_string(&file).ok().as_deref() != Some(code.as_str()) {
            fs::write(&file, code).map_err(|error| of(error.to_string()))?;
        }
    }
    Ok(())
}

/// The folders called `text` below one that hold catalogues.
fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let of = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(of)? {
        let path = entry.map_err(of)?.path();
        if !path.is_dir() {
            continue;
        }
        match path.file_name().is_some_and(|name| name == "text") && holds_catalogues(&path) {
            true => found.push(path),
            false => find(&path, found)?,
        }
    }
    Ok(())
}

/// A feature may also have a module of this name.
fn holds_catalogues(folder: &Path) -> bool {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .map(|file| file.path())
        .any(|path| path.extension().is_some_and(|ending| ending == "ftl"))
}

/// The catalogues of a folder, each with its language: `de.ftl` is German.
fn catalogues(folder: &Path) -> Result<Vec<catalogue::Source>, String> {
    catalogue::LANGUAGES
        .into_iter()
        .map(|language| {
            let name = format!("{}.ftl", language.code);
            match fs::read_to_string(folder.join(&name)) {
                Ok(text) => Ok(catalogue::Source { language, text }),
                Err(error) => Err(format!("{name}: {error}")),
            }
        })
        .collect()
}
