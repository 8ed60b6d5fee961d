//! That cargo-leptos and xtask build the same site.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};

use crate::{bundle, process, settings::Workspace, site::Site, toolchain::Tools};

/// Builds the site a second time, with cargo-leptos, and lists what differs.
pub fn differences(workspace: &Workspace, tools: &Tools, site: &Site) -> Result<Vec<String>> {
    let other = site.root.with_extension("cargo-leptos");
    bundle::remove_dir(&other)?;
    let ours = (
        contents(&site.root)?,
        fs::read(&site.hash_file).with_context(|| site.hash_file.display().to_string())?,
    );
    let mut build = tools.command("cargo-leptos");
    // The server is cargo's work either way, and no part of the site.
    build.args(["leptos", "build", "--frontend-only"]);
    build
        .env("LEPTOS_SITE_ROOT", &other)
        .env("CARGO_TARGET_DIR", &workspace.target);
    process::run(&mut build)?;
    let theirs = (
        contents(&other)?,
        fs::read(&site.hash_file).with_context(|| site.hash_file.display().to_string())?,
    );
    bundle::remove_dir(&other)?;

    let mut found = compare(&ours.0, &theirs.0);
    if ours.1 != theirs.1 {
        found.push(format!("{} differs", workspace.site.hash_file));
    }
    Ok(found)
}

type Contents = BTreeMap<String, Vec<u8>>;

fn contents(dir: &Path) -> Result<Contents> {
    let read = |file: std::path::PathBuf| {
        let name = file
            .strip_prefix(dir)
            .with_context(|| file.display().to_string())?
            .display()
            .to_string();
        Ok((
            name,
            fs::read(&file).with_context(|| file.display().to_string())?,
        ))
    };
    bundle::files(dir)?.into_iter().map(read).collect()
}

fn compare(ours: &Contents, theirs: &Contents) -> Vec<String> {
    let only = |one: &Contents, other: &Contents, whose: &str| -> Vec<String> {
        one.keys()
            .filter(|name| !other.contains_key(*name))
            .map(|name| format!("{name}: only {whose}"))
            .collect()
    };
    let mut found = only(ours, theirs, "xtask's");
    found.extend(only(theirs, ours, "cargo-leptos'"));
    let both = ours
        .iter()
        .filter_map(|(name, content)| Some((name, content, theirs.get(name)?)));
    found.extend(
        both.filter(|(_, one, other)| one != other)
            .map(|(name, ..)| format!("{name}: differs")),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_named() {
        let ours = Contents::from([
            ("a".into(), vec![1]),
            ("b".into(), vec![2]),
            ("c".into(), vec![3]),
        ]);
        let theirs = Contents::from([
            ("b".into(), vec![2]),
            ("c".into(), vec![4]),
            ("d".into(), vec![5]),
        ]);
        assert_eq!(
            compare(&ours, &theirs),
            ["a: only xtask's", "d: only cargo-leptos'", "c: differs"]
        );
        assert!(compare(&ours, &ours).is_empty());
    }
}
