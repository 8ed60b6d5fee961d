//! The site as cargo-leptos builds it: server, WebAssembly and its script.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    bundle,
    error::Result,
    process,
    settings::Workspace,
    toolchain::{Tools, WASM},
};

pub struct Site {
    pub server: PathBuf,
    pub root: PathBuf,
    pub hash_file: PathBuf,
    pub release: bool,
}

pub fn build(workspace: &Workspace, tools: &Tools, release: bool) -> Result<Site> {
    let settings = &workspace.site;
    println!("==> the browser's half");
    let profile = if release {
        &settings.lib_profile_release
    } else {
        &settings.lib_profile_dev
    };
    let front = workspace.front_target();
    let mut cargo = cargo_build(workspace, tools, &settings.lib_package, release);
    cargo
        .args(["--lib", "--target", WASM, "--target-dir"])
        .arg(&front);
    match profile {
        Some(profile) => cargo.args(["--profile", profile]),
        None if release => cargo.arg("--release"),
        None => &mut cargo,
    };
    process::run(&mut cargo)?;

    println!("==> the server");
    let mut cargo = cargo_build(workspace, tools, &settings.bin_package, release);
    cargo
        .args(["--bin", &settings.bin_package, "--target-dir"])
        .arg(&workspace.target);
    cargo.args(release.then_some("--release"));
    process::run(&mut cargo)?;

    let default_profile = if release { "release" } else { "debug" };
    let bin_dir = workspace.target.join(default_profile);
    let wasm = front
        .join(WASM)
        .join(profile.as_deref().map_or(default_profile, profile_dir))
        .join(settings.lib_package.replace('-', "_"))
        .with_extension("wasm");
    let site = Site {
        server: bin_dir.join(&settings.bin_package),
        root: workspace.site_root(),
        hash_file: bin_dir.join(&settings.hash_file),
        release,
    };
    bundle::update(workspace, tools, &site, &wasm)?;
    Ok(site)
}

fn cargo_build(workspace: &Workspace, tools: &Tools, package: &str, release: bool) -> Command {
    let mut cargo = tools.cargo(&["build", "--package", package, "--no-default-features"]);
    cargo.envs(
        workspace
            .site
            .environment(Path::new(&workspace.site.site_root), release),
    );
    cargo
}

fn profile_dir(profile: &str) -> &str {
    match profile {
        "dev" | "test" => "debug",
        "bench" => "release",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_have_other_directories() {
        assert_eq!(profile_dir("dev"), "debug");
        assert_eq!(profile_dir("wasm-release"), "wasm-release");
    }
}
