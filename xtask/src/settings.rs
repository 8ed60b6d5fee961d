//! The site's settings, from the one place that cargo-leptos reads too: the workspace's Cargo.toml.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
    pub site: Settings,
}

impl Workspace {
    pub fn load() -> Result<Self> {
        // cargo sets it again at each run: with a shared target directory the compiled-in value
        // may be another clone's.
        let manifest_dir = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest_dir
            .parent()
            .context("xtask lies outside of a workspace")?
            .to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => std::path::absolute(dir).context("CARGO_TARGET_DIR")?,
            None => root.join("target"),
        };
        let site = Settings::read(&root.join("Cargo.toml"))?;
        Ok(Self { root, target, site })
    }

    /// Each profile has a site of its own, or a debug build would take script and wasm away from a
    /// release that is being served. `site-root` is the debug build's; the release's is beside it.
    /// Both move along when the target directory is elsewhere.
    pub fn site_root(&self, profile: Profile) -> PathBuf {
        let site = Path::new(&self.site.site_root).with_file_name(profile.folder());
        match site.strip_prefix("target") {
            Ok(rest) => self.target.join(rest),
            Err(_) => self.root.join(site),
        }
    }

    /// Where the browser's half is compiled. Inside the target directory itself it shares build
    /// scripts and macros with the server; on its own it does not.
    pub fn front_target(&self) -> PathBuf {
        match self.site.front_target_dir.as_deref() {
            Some("CARGO_TARGET_DIR") => self.target.clone(),
            Some(dir) => self.root.join(dir),
            None => self.target.join("front"),
        }
    }

    /// The exact version that Cargo.lock has of a package.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        locked_version(&text, package)
            .with_context(|| format!("Cargo.lock has no package {package}"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Profile {
    Debug,
    Release,
}

impl Profile {
    /// In which cargo puts what it builds, and xtask the site.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// `[[workspace.metadata.leptos]]`: what xtask needs of it.
#[derive(Debug, PartialEq)]
pub struct Settings {
    pub output_name: String,
    pub bin_package: String,
    pub lib_package: String,
    pub site_root: String,
    pub site_pkg_dir: String,
    pub assets_dir: String,
    pub site_addr: String,
    pub reload_port: String,
    pub end2end_dir: String,
    pub hash_file: String,
    pub front_target_dir: Option<String>,
    pub lib_profile_dev: Option<String>,
    pub lib_profile_release: Option<String>,
}

/// What xtask's own build takes for granted.
const FIXED: &[(&str, bool, &str)] = &[
    (
        "hash-files",
        true,
        "files are cached for ever under their hashed names",
    ),
    (
        "disable-erase-components",
        false,
        "both builds of a debug site leave the types of views out",
    ),
];

impl Settings {
    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        Self::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> Result<Self> {
        let table = leptos_table(text)?;
        let optional = |key: &str| {
            table
                .get(key)
                .and_then(toml::Value::as_str)
                .map(str::to_owned)
        };
        let text = |key: &str| {
            optional(key)
                .with_context(|| format!("[[workspace.metadata.leptos]] lacks the text `{key}`"))
        };
        let flag = |key: &str| table.get(key).and_then(toml::Value::as_bool);
        for (key, wanted, why) in FIXED {
            if flag(key) != Some(*wanted) {
                bail!("`{key}` must be {wanted}: {why}");
            }
        }
        let site_root = text("site-root")?;
        if !Path::new(&site_root).ends_with(Profile::Debug.folder()) {
            bail!("`site-root` must end in `debug`: the release's site is beside it");
        }
        Ok(Self {
            output_name: text("output-name")?,
            bin_package: text("bin-package")?,
            lib_package: text("lib-package")?,
            site_root,
            site_pkg_dir: text("site-pkg-dir")?,
            assets_dir: text("assets-dir")?,
            site_addr: text("site-addr")?,
            reload_port: table
                .get("reload-port")
                .and_then(toml::Value::as_integer)
                .context("[[workspace.metadata.leptos]] lacks the number `reload-port`")?
                .to_string(),
            end2end_dir: text("end2end-dir")?,
            hash_file: optional("hash-file-name").unwrap_or_else(|| "hash.txt".to_owned()),
            front_target_dir: optional("front-target-dir"),
            lib_profile_dev: optional("lib-profile-dev"),
            lib_profile_release: optional("lib-profile-release"),
        })
    }

    /// The environment that cargo-leptos gives to both builds and to the server.
    pub fn environment(&self, site_root: &Path, profile: Profile) -> Vec<(&'static str, String)> {
        vec![
            ("LEPTOS_OUTPUT_NAME", self.output_name.clone()),
            ("LEPTOS_SITE_ROOT", site_root.display().to_string()),
            ("LEPTOS_SITE_PKG_DIR", self.site_pkg_dir.clone()),
            ("LEPTOS_SITE_ADDR", self.site_addr.clone()),
            ("LEPTOS_RELOAD_PORT", self.reload_port.clone()),
            ("LEPTOS_LIB_DIR", self.lib_package.clone()),
            ("LEPTOS_BIN_DIR", self.bin_package.clone()),
            (
                "LEPTOS_JS_MINIFY",
                (profile == Profile::Release).to_string(),
            ),
            ("LEPTOS_HASH_FILES", "true".to_owned()),
            ("LEPTOS_HASH_FILE_NAME", self.hash_file.clone()),
        ]
    }
}

fn leptos_table(text: &str) -> Result<toml::Table> {
    let manifest = text.parse::<toml::Table>().context("not valid TOML")?;
    manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("metadata")?.get("leptos")?.get(0)?.as_table())
        .cloned()
        .context("there is no [[workspace.metadata.leptos]]")
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let lock: toml::Table = lock.parse().ok()?;
    let packages = lock.get("package")?.as_array()?;
    let found = packages
        .iter()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))?;
    Some(found.get("version")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> String {
        // Where the tests run, not where they were compiled: clones may share a target folder.
        let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap();
        let root = Path::new(&folder).parent().unwrap();
        fs::read_to_string(root.join(name)).unwrap()
    }

    #[test]
    fn the_workspace_settings_are_complete() {
        let settings = Settings::parse(&file("Cargo.toml")).unwrap();
        assert_eq!(settings.output_name, "holdfast");
        assert_eq!(settings.hash_file, "hash.txt");
    }

    /// A deployed server reads Leptos.toml, cargo-leptos and xtask read Cargo.toml.
    #[test]
    fn leptos_toml_is_in_step_with_cargo_toml() {
        let read = |name| leptos_table(&file(name)).unwrap();
        let (mut deployed, mut built) = (read("Leptos.toml"), read("Cargo.toml"));
        let site_root = |table: &mut toml::Table| {
            let found = table.remove("site-root").unwrap();
            PathBuf::from(found.as_str().unwrap())
        };
        let (release, debug) = (site_root(&mut deployed), site_root(&mut built));
        assert_eq!(release, debug.with_file_name("release"));
        assert_eq!(deployed, built);
    }

    #[test]
    fn each_profile_has_a_site_of_its_own() {
        let mut workspace = Workspace {
            root: "/shop".into(),
            target: "/cache".into(),
            site: Settings::parse(&file("Cargo.toml")).unwrap(),
        };
        let roots = |workspace: &Workspace| {
            [Profile::Debug, Profile::Release].map(|profile| workspace.site_root(profile))
        };
        let expected = ["/cache/site/debug", "/cache/site/release"].map(PathBuf::from);
        assert_eq!(roots(&workspace), expected);
        workspace.site.site_root = "public/debug".to_owned();
        let expected = ["/shop/public/debug", "/shop/public/release"].map(PathBuf::from);
        assert_eq!(roots(&workspace), expected);
    }

    #[test]
    fn a_site_that_a_release_would_share_is_refused() {
        let text = file("Cargo.toml").replace("target/site/debug", "target/site");
        let error = Settings::parse(&text).unwrap_err();
        assert!(error.to_string().contains("site-root"), "{error}");
    }

    #[test]
    fn a_missing_setting_is_named() {
        let text = file("Cargo.toml").replace("output-name", "other-name");
        let error = Settings::parse(&text).unwrap_err();
        assert!(error.to_string().contains("output-name"), "{error}");
    }

    #[test]
    fn unhashed_file_names_are_refused() {
        let text = file("Cargo.toml").replace("hash-files = true", "hash-files = false");
        assert!(Settings::parse(&text).is_err());
    }

    #[test]
    fn a_version_is_found_in_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            locked_version(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
