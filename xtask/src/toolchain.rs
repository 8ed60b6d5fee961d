//! The one Rust toolchain that builds server and wasm alike, and the commands found beside it.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Error, Result, anyhow};

use crate::{process, settings::Workspace};

pub const WASM: &str = "wasm32-unknown-unknown";
/// rustup's name for Debian's toolchain in /usr.
pub const LINKED: &str = "holdfast-web";
pub const CARGO_LEPTOS: &str = "0.3.11";
/// Views without their types: pages compile in a third of the time, for pages with a comment more behind
/// some elements. Releases keep the types, and so do lints, so that both are compiled.
const ERASED: &str = "--cfg erase_components";
/// For releases: wasm-opt, and what makes the script small.
pub const NPM_PACKAGES: [&str; 2] = ["binaryen@132.0.0", "esbuild@0.28.2"];

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Toolchain {
    /// Whatever `cargo` means in this directory.
    Active,
    /// Debian's, through rustup.
    Linked,
    /// Debian's, where there is no rustup.
    System,
}

impl Toolchain {
    pub fn find() -> Option<Self> {
        let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
        let sysroot = PathBuf::from(sysroot.trim());
        if sysroot != Path::new("/usr") && has_wasm(&sysroot) {
            return Some(Self::Active);
        }
        Self::debian().filter(|_| has_system_wasm())
    }

    /// Debian's toolchain, as far as it is known to rustup if there is one.
    fn debian() -> Option<Self> {
        match process::output(Command::new("rustup").args(["toolchain", "list"])) {
            Ok(list) => list
                .lines()
                .any(|line| line.split(' ').next() == Some(LINKED))
                .then_some(Self::Linked),
            Err(_) => Some(Self::System),
        }
    }
}

/// Which toolchain and which installed tools the commands of this run use.
pub struct Tools {
    pub toolchain: Toolchain,
    path: OsString,
    root: PathBuf,
    output_name: String,
}

impl Tools {
    pub fn new(workspace: &Workspace, toolchain: Toolchain) -> Result<Self> {
        let dir = tools_dir()?;
        let bindgen = workspace.locked_version("wasm-bindgen")?;
        let mut bins = vec![
            bindgen_root(&dir, &bindgen).join("bin"),
            cargo_leptos_root(&dir).join("bin"),
            npm_root(&dir).join("bin"),
        ];
        if toolchain == Toolchain::System {
            bins.push("/usr/bin".into());
        }
        let inherited = env::var_os("PATH").unwrap_or_default();
        bins.extend(env::split_paths(&inherited));
        let path = env::join_paths(bins).context("PATH")?;
        Ok(Self {
            toolchain,
            path,
            root: workspace.root.clone(),
            output_name: workspace.site.output_name.clone(),
        })
    }

    /// A command that runs in the workspace and finds the project's tools first.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            if is_of_xtask(&name) {
                command.env_remove(name);
            }
        }
        command.env("PATH", &self.path).current_dir(&self.root);
        if self.toolchain == Toolchain::Linked {
            command.env("RUSTUP_TOOLCHAIN", LINKED);
        }
        command
    }

    pub fn cargo(&self, args: &[&str]) -> Command {
        let mut command = self.command("cargo");
        // leptos compiles it in: with tests and site of one mind it is compiled once.
        command
            .args(args)
            .env("LEPTOS_OUTPUT_NAME", &self.output_name);
        command
    }

    /// cargo for debug builds of the shop, with the flag that cargo-leptos adds to them.
    pub fn cargo_debug(&self, args: &[&str]) -> Command {
        let own = env::var("RUSTFLAGS").ok();
        let flags = [own.as_deref().unwrap_or_default(), ERASED].join(" ");
        let mut command = self.cargo(args);
        command.env("RUSTFLAGS", flags.trim_start());
        command
    }

    pub fn which(&self, program: &str) -> Option<PathBuf> {
        env::split_paths(&self.path)
            .map(|dir| dir.join(program))
            .find(|file| file.is_file())
    }

    pub fn answers(&self, program: &str, args: &[&str]) -> Option<String> {
        process::output(self.command(program).args(args)).ok()
    }
}

/// What cargo tells a program of its package. A cargo that xtask starts must not hear it: build scripts that read
/// such a word, as ring's does, would run again whenever a clone has another place, and everything that needs what
/// they build would be compiled again.
fn is_of_xtask(name: &OsStr) -> bool {
    let own = [
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
    ];
    name.to_str()
        .is_some_and(|name| name.starts_with("CARGO_PKG_") || own.contains(&name))
}

/// Where installed tools stay, across clones and target directories.
pub fn tools_dir() -> Result<PathBuf> {
    let dir = match env::var_os("HOLDFAST_TOOLS") {
        Some(dir) => PathBuf::from(dir),
        None => cache_dir()?.join("tools"),
    };
    std::path::absolute(&dir).with_context(|| dir.display().to_string())
}

pub fn cache_dir() -> Result<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|dir| dir.is_absolute());
    let cache = cache.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")));
    Ok(cache
        .context("set HOME, XDG_CACHE_HOME or HOLDFAST_TOOLS: there is no place for tools")?
        .join("holdfast"))
}

pub fn bindgen_root(tools: &Path, version: &str) -> PathBuf {
    tools.join(format!("wasm-bindgen-{version}"))
}

pub fn cargo_leptos_root(tools: &Path) -> PathBuf {
    tools.join(format!("cargo-leptos-{CARGO_LEPTOS}"))
}

pub fn npm_root(tools: &Path) -> PathBuf {
    tools.join(NPM_PACKAGES.join("-"))
}

fn has_wasm(sysroot: &Path) -> bool {
    let Ok(entries) = fs::read_dir(wasm_libraries(sysroot)) else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

fn wasm_libraries(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(WASM).join("lib")
}

/// Beside libraries that set-up built: with which rustc, for an upgrade makes them useless.
pub const MARK: &str = "built-with.txt";

pub fn debian_rustc_version() -> Result<String> {
    process::output(Command::new("/usr/bin/rustc").arg("-vV"))
}

fn has_system_wasm() -> bool {
    let usr = Path::new("/usr");
    let built_with = fs::read_to_string(wasm_libraries(usr).join(MARK));
    has_wasm(usr)
        && built_with
            .ok()
            .is_none_or(|version| debian_rustc_version().is_ok_and(|now| now == version))
}

pub fn missing_toolchain() -> Error {
    anyhow!("no Rust toolchain with the wasm target is set up: run `cargo xtask setup`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xtask_starts_is_not_told_of_its_package() {
        for name in [
            "CARGO_MANIFEST_DIR",
            "CARGO_PKG_NAME",
            "CARGO_PKG_VERSION_MAJOR",
        ] {
            assert!(is_of_xtask(name.as_ref()), "{name}");
        }
        for name in [
            "CARGO",
            "CARGO_HOME",
            "CARGO_TARGET_DIR",
            "CARGO_INCREMENTAL",
            "PATH",
        ] {
            assert!(!is_of_xtask(name.as_ref()), "{name}");
        }
    }
}
