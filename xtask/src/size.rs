//! What a browser has to load.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{bundle, process, settings::Workspace, site::Site, toolchain::Tools};

/// Node.js is there for wasm-opt, and compresses faster than an unoptimised build of a crate would.
const COMPRESS: &str = "
const zlib = require('zlib');
const data = require('fs').readFileSync(process.argv[1]);
const quality = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } };
console.log(data.length, zlib.gzipSync(data, { level: 9 }).length, zlib.brotliCompressSync(data, quality).length);
";

pub fn print(workspace: &Workspace, tools: &Tools, site: &Site) -> Result<()> {
    println!(
        "\n{:<12} {:>9} {:>9} {:>9}",
        "bytes", "raw", "gzip -9", "brotli 11"
    );
    let mut total = [0; 3];
    for (label, file) in [
        ("WebAssembly", built(site, "wasm")?),
        ("JavaScript", built(site, "js")?),
        ("CSS", style(workspace)?),
    ] {
        let answer = process::output(tools.command("node").args(["-e", COMPRESS]).arg(&file))?;
        let sizes: Vec<u64> = answer
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let sizes: [u64; 3] = sizes
            .try_into()
            .ok()
            .context("node did not answer with three sizes")?;
        row(label, sizes);
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    row("together", total);
    Ok(())
}

fn row(label: &str, [raw, gzip, brotli]: [u64; 3]) {
    println!("{label:<12} {raw:>9} {gzip:>9} {brotli:>9}");
}

fn built(site: &Site, extension: &str) -> Result<PathBuf> {
    let found = bundle::files(&site.root)?.into_iter().find(|file| {
        file.extension().is_some_and(|found| found == extension)
            && !file.components().any(|part| part.as_os_str() == "snippets")
    });
    found.with_context(|| format!("the site has no .{extension} file"))
}

/// The style sheet: all files of `style/`. The app puts them together in another order, which
/// changes what they compress to by a few bytes.
fn style(workspace: &Workspace) -> Result<PathBuf> {
    let mut css = String::new();
    for file in bundle::files(&workspace.root.join("style"))? {
        if file.extension().is_some_and(|found| found == "css") {
            css.push_str(&fs::read_to_string(&file).with_context(|| file.display().to_string())?);
        }
    }
    let file = workspace.target.join("size.css");
    fs::write(&file, css).with_context(|| file.display().to_string())?;
    Ok(file)
}
