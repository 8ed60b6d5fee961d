//! The site's files: WebAssembly and its script under hashed names, and the assets.

use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    process,
    settings::{Profile, Settings, Workspace},
    site::Site,
    toolchain::Tools,
};

/// Makes them again, unless nothing that they are made of has changed.
pub fn update(workspace: &Workspace, tools: &Tools, site: &Site, wasm: &Path) -> Result<()> {
    let assets = workspace.root.join(&workspace.site.assets_dir);
    let inputs = inputs(workspace, wasm, &assets, site.profile)?;
    let stamp = site.hash_file.with_file_name("site.stamp");
    if is_current(site, &stamp, &inputs) {
        println!("==> the site's files: unchanged");
        return Ok(());
    }
    println!("==> the site's files");
    // Built aside and moved into place whole, for a server that may be running from there.
    let aside = site.root.with_extension("new");
    remove_dir(&aside)?;
    let pkg = aside.join(&workspace.site.site_pkg_dir);
    fs::create_dir_all(&pkg).with_context(|| pkg.display().to_string())?;
    bindgen(&workspace.site, tools, wasm, &pkg)?;
    if site.profile == Profile::Release {
        optimize(&workspace.site, tools, &pkg)?;
    }
    // The CSS is part of the server; cargo-leptos writes this empty sheet without a style-file.
    let style = pkg.join(&workspace.site.output_name).with_extension("css");
    let empty = match site.profile {
        Profile::Debug => "\n",
        Profile::Release => "",
    };
    fs::write(&style, empty).with_context(|| style.display().to_string())?;
    copy_dir(&assets, &aside)?;
    let hashes = hash_names(&workspace.site, &pkg)?;

    let _ = fs::remove_file(&stamp);
    remove_dir(&site.root)?;
    fs::rename(&aside, &site.root).with_context(|| site.root.display().to_string())?;
    fs::write(&site.hash_file, &hashes).with_context(|| site.hash_file.display().to_string())?;
    fs::write(&stamp, inputs + &hashes).with_context(|| stamp.display().to_string())
}

fn bindgen(settings: &Settings, tools: &Tools, wasm: &Path, pkg: &Path) -> Result<()> {
    let name = &settings.output_name;
    let mut bindgen = tools.command("wasm-bindgen");
    bindgen.args(["--target", "web", "--out-name", name, "--out-dir"]);
    process::run(bindgen.arg(pkg).arg(wasm))?;
    // The name that pages ask for.
    let wasm = pkg.join(name).with_extension("wasm");
    fs::rename(pkg.join(format!("{name}_bg.wasm")), &wasm)
        .with_context(|| wasm.display().to_string())
}

fn optimize(settings: &Settings, tools: &Tools, pkg: &Path) -> Result<()> {
    let wasm = pkg.join(&settings.output_name).with_extension("wasm");
    let mut optimize = tools.command("wasm-opt");
    optimize.args([
        "-Oz",
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
    ]);
    process::run(optimize.arg(&wasm).arg("-o").arg(&wasm))?;

    let script = wasm.with_extension("js");
    let mut minify = tools.command("esbuild");
    minify.args([
        "--minify",
        "--format=esm",
        "--log-level=warning",
        "--allow-overwrite",
    ]);
    let outfile = format!("--outfile={}", script.display());
    process::run(minify.arg(&script).arg(outfile))
}

/// Puts each file's hash into its name, as cargo-leptos does, and returns what its hash file says.
fn hash_names(settings: &Settings, pkg: &Path) -> Result<String> {
    let mut renamed = Vec::new();
    for path in files(pkg)? {
        let relative = path
            .strip_prefix(pkg)
            .with_context(|| path.display().to_string())?
            .to_owned();
        // wasm-bindgen's script imports these by their plain names.
        if relative.starts_with("snippets") {
            continue;
        }
        let content = fs::read(&path).with_context(|| path.display().to_string())?;
        let hash = URL_SAFE_NO_PAD.encode(md5::compute(content).0);
        let hashed = hashed_name(&relative, &hash)?;
        fs::rename(&path, pkg.join(&hashed)).with_context(|| path.display().to_string())?;
        renamed.push((
            relative.display().to_string(),
            hashed.display().to_string(),
            hash,
        ));
    }
    let find = |extension: &str| {
        let name = format!("{}.{extension}", settings.output_name);
        let found = renamed.iter().find(|(old, ..)| *old == name);
        found.with_context(|| format!("wasm-bindgen wrote no {name}"))
    };
    let (_, script, _) = find("js")?;
    let script = pkg.join(script);
    let mut text = fs::read_to_string(&script).with_context(|| script.display().to_string())?;
    for (old, new, _) in &renamed {
        text = text.replace(old, new);
    }
    fs::write(&script, text).with_context(|| script.display().to_string())?;
    let lines =
        ["js", "wasm", "css"].map(|extension| Ok(format!("{extension}: {}\n", find(extension)?.2)));
    lines.into_iter().collect()
}

fn hashed_name(path: &Path, hash: &str) -> Result<PathBuf> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let extension = path.extension().and_then(|extension| extension.to_str());
    let (Some(stem), Some(extension)) = (stem, extension) else {
        bail!("{} needs a name and an extension", path.display());
    };
    Ok(path.with_file_name(format!("{stem}.{hash}.{extension}")))
}

/// Everything the bundle is made of, in short: the same text means the same bundle.
fn inputs(workspace: &Workspace, wasm: &Path, assets: &Path, profile: Profile) -> Result<String> {
    let bindgen = workspace.locked_version("wasm-bindgen")?;
    let mut text = format!(
        "{:?}\nwasm-bindgen {bindgen}\n{profile:?}\n",
        workspace.site
    );
    for path in files(assets)?.iter().map(PathBuf::as_path).chain([wasm]) {
        let metadata = path
            .metadata()
            .with_context(|| path.display().to_string())?;
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        text.push_str(&format!(
            "{} {} {modified:?}\n",
            path.display(),
            metadata.len()
        ));
    }
    Ok(text)
}

/// Whether the bundle that is there was made from these inputs, and by nobody else since.
fn is_current(site: &Site, stamp: &Path, inputs: &str) -> bool {
    let Ok(stamp) = fs::read_to_string(stamp) else {
        return false;
    };
    let Ok(hashes) = fs::read_to_string(&site.hash_file) else {
        return false;
    };
    let Ok(files) = files(&site.root) else {
        return false;
    };
    stamp.strip_prefix(inputs) == Some(&hashes)
        && hashes
            .lines()
            .filter_map(|line| line.split_once(": "))
            .all(|(_, hash)| {
                files
                    .iter()
                    .any(|file| file.to_string_lossy().contains(hash))
            })
}

/// All files below a directory, sorted; none where there is no such directory.
pub fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut dirs = vec![dir.to_owned()];
    while let Some(dir) = dirs.pop() {
        if !dir.exists() {
            continue;
        }
        for entry in fs::read_dir(&dir)
            .with_context(|| dir.display().to_string())?
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                dirs.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    Ok(found)
}

fn copy_dir(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let target = to.join(
            file.strip_prefix(from)
                .with_context(|| file.display().to_string())?,
        );
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        fs::copy(&file, &target).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

pub fn remove_dir(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| dir.display().to_string())
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_goes_before_the_last_extension() {
        let name = hashed_name(Path::new("sub/holdfast_bg.wasm.d.ts"), "abc").unwrap();
        assert_eq!(name, Path::new("sub/holdfast_bg.wasm.d.abc.ts"));
        assert!(hashed_name(Path::new("LICENSE"), "abc").is_err());
    }

    #[test]
    fn hashes_are_written_as_cargo_leptos_writes_them() {
        // The MD5 of nothing, base64 for URLs, no padding.
        assert_eq!(
            URL_SAFE_NO_PAD.encode(md5::compute("").0),
            "1B2M2Y8AsgTpgAmY7PhCfg"
        );
    }
}
