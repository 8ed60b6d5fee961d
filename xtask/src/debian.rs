//! Debian's packages, and its second Rust as a toolchain that builds for wasm.

use std::{fs, process::Command};

use anyhow::{Context, Result, anyhow, bail};

use crate::{
    process,
    toolchain::{self, LINKED, WASM},
};

/// The way to a wasm toolchain where only packages can be downloaded: a Rust that comes with its
/// library's source, from which the library is built for wasm.
pub fn install() -> Result<()> {
    apt_install(&["rustc-web", "cargo-web", "rust-web-src"])?;
    let version = toolchain::debian_rustc_version()?;
    let field = |name: &str| {
        version
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(str::trim)
    };
    let llvm = field("LLVM version:").and_then(|version| version.split('.').next());
    let llvm = llvm.context("rustc does not tell its LLVM version")?;
    let host = field("host:").context("rustc does not tell its host")?;
    let lld = format!("lld-{llvm}");
    apt_install(&[&lld])?;

    let bin = format!("/usr/lib/rustlib/{host}/bin");
    as_root(&["mkdir", "-p", &bin])?;
    as_root(&[
        "ln",
        "-sf",
        &format!("/usr/bin/{lld}"),
        &format!("{bin}/rust-lld"),
    ])?;
    build_std(&version)?;
    if process::output(Command::new("rustup").arg("--version")).is_ok() {
        process::run(Command::new("rustup").args(["toolchain", "link", LINKED, "/usr"]))?;
    }
    Ok(())
}

fn build_std(rustc_version: &str) -> Result<()> {
    let scratch = tempfile::Builder::new().prefix("holdfast-std-").tempdir()?;
    let scratch = scratch.path();
    fs::create_dir_all(scratch.join("src")).with_context(|| scratch.display().to_string())?;
    let manifest =
        "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n";
    fs::write(scratch.join("Cargo.toml"), manifest)
        .with_context(|| scratch.display().to_string())?;
    fs::write(scratch.join("src/lib.rs"), "").with_context(|| scratch.display().to_string())?;

    let mut cargo = Command::new("/usr/bin/cargo");
    cargo.args([
        "build",
        "--release",
        "-Zbuild-std=std,panic_abort,panic_unwind",
        "--target",
        WASM,
    ]);
    cargo
        .current_dir(scratch)
        .env("CARGO_TARGET_DIR", scratch.join("target"));
    cargo
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("RUSTFLAGS");
    process::run(&mut cargo)?;

    let libraries = scratch.join("lib");
    fs::create_dir(&libraries).with_context(|| libraries.display().to_string())?;
    let built = scratch.join("target").join(WASM).join("release/deps");
    for entry in fs::read_dir(&built)
        .with_context(|| built.display().to_string())?
        .flatten()
    {
        let (path, name) = (entry.path(), entry.file_name());
        if path
            .extension()
            .is_some_and(|extension| extension == "rlib")
            && !name.to_string_lossy().starts_with("libscratch-")
        {
            fs::copy(&path, libraries.join(name)).with_context(|| path.display().to_string())?;
        }
    }
    let mark = libraries.join(toolchain::MARK);
    fs::write(&mark, rustc_version).with_context(|| mark.display().to_string())?;

    let target = format!("/usr/lib/rustlib/{WASM}");
    let aside = format!("{target}.new");
    as_root(&["rm", "-rf", &target, &aside])?;
    as_root(&["mkdir", "-p", &aside])?;
    as_root(&[
        "cp",
        "-r",
        libraries
            .to_str()
            .with_context(|| libraries.display().to_string())?,
        &aside,
    ])?;
    // Whole or not at all, should this be interrupted.
    as_root(&["mv", &aside, &target])
}

pub fn apt_install(packages: &[&str]) -> Result<()> {
    let words = packages.join(" ");
    if process::output(Command::new("apt-get").arg("--version")).is_err() {
        bail!(
            "these are missing, and there is no apt-get to install them: {words}. \
             Install them in your system's way, then run the command again"
        );
    }
    // Never at the cost of a package that is there.
    let mut install = vec![
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-y",
        "--no-install-recommends",
        "--no-remove",
    ];
    install.extend(packages);
    if as_root(&install).is_ok() {
        return Ok(());
    }
    process::check_interrupted()?;
    println!("setup: the package lists may be missing or old: fetching them and trying again");
    as_root(&["apt-get", "update"])?;
    as_root(&install)
}

fn as_root(command: &[&str]) -> Result<()> {
    let root = unsafe { libc::geteuid() } == 0;
    let words: Vec<_> = if root {
        command.to_vec()
    } else {
        [&["sudo", "-n"], command].concat()
    };
    process::run(Command::new(words[0]).args(&words[1..])).map_err(|error| {
        if root {
            return error;
        }
        anyhow!(
            "{error:#}\nIt needs to be root. Run it yourself, then try again: sudo {}",
            command.join(" ")
        )
    })
}
