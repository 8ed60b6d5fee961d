//! The site's files, which one build makes and another may take away. Pages without their script still
//! show, but nothing on them comes alive: a server whose files are gone says so.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use app::document::IslandFiles;
use leptos::config::LeptosOptions;

use crate::error::{Error, Result};

/// Between two lines of the log about files that are gone.
const LINE_EVERY: Duration = Duration::from_secs(60);
/// What makes the files that belong to this server.
const BUILD: &str = if cfg!(debug_assertions) {
    "cargo xtask build"
} else {
    "cargo xtask build --release"
};

/// What every page loads. Refused is a site without the script and the wasm.
pub fn check_site(leptos: &LeptosOptions) -> Result<IslandFiles> {
    let folder = Path::new(&*leptos.site_root);
    let files = IslandFiles::named(leptos, &hashes(leptos)?);
    let names = [&files.module, &files.wasm].map(|path| path.trim_start_matches('/'));
    let Some(missing) = names.iter().find(|name| !folder.join(name).is_file()) else {
        return Ok(files);
    };
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    Err(Error::Setting(format!(
        "the site folder {} has no {missing}, which every page loads. Run `{BUILD}`, or name the \
         folder with this server's site in LEPTOS_SITE_ROOT",
        folder.display()
    )))
}

/// The names' hashes, as the build wrote them beside the server.
fn hashes(leptos: &LeptosOptions) -> Result<String> {
    if !leptos.hash_files {
        return Ok(String::new());
    }
    let file = std::env::current_exe()?.with_file_name(&*leptos.hash_file);
    fs::read_to_string(&file).map_err(|error| {
        Error::Setting(format!(
            "{} cannot be read: {error}. It lists the site's files and must be beside the server. \
             `{BUILD}` writes both",
            file.display()
        ))
    })
}

/// The files that were there when the site was opened.
pub struct SiteFiles {
    folder: PathBuf,
    there: HashSet<PathBuf>,
    /// When the log was last told of one that is gone.
    told: Mutex<Option<Instant>>,
}

impl SiteFiles {
    pub fn of(leptos: &LeptosOptions) -> Self {
        let folder = PathBuf::from(&*leptos.site_root);
        Self {
            there: below(&folder).into_iter().collect(),
            folder,
            told: Mutex::new(None),
        }
    }

    /// Takes note that there is no file for this path. Was there one before, the log is told, but
    /// not for every request.
    pub fn missed(&self, path: &str) {
        if self.is_news(path, Instant::now()) {
            tracing::warn!(
                file = path,
                folder = %self.folder.display(),
                "a file of the site that was there at the start is missing, and pages need it: \
                 rebuild the site, then restart the server"
            );
        }
    }

    fn is_news(&self, path: &str, now: Instant) -> bool {
        let file = self.folder.join(path.trim_start_matches('/'));
        if !self.there.contains(&file) {
            return false;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = told.is_none_or(|at| now.saturating_duration_since(at) >= LINE_EVERY);
        if is_time {
            *told = Some(now);
        }
        is_time
    }
}

/// All files below a folder; none, if it cannot be read.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(folder: &Path) -> LeptosOptions {
        LeptosOptions::builder()
            .output_name("holdfast")
            .site_root(folder.display().to_string())
            .site_pkg_dir("pkg")
            .hash_files(false)
            .build()
    }

    fn site() -> (tempfile::TempDir, LeptosOptions) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("pkg")).unwrap();
        for name in ["pkg/holdfast.js", "pkg/holdfast.wasm", "favicon.svg"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let options = options(folder.path());
        (folder, options)
    }

    #[test]
    fn a_site_without_script_or_wasm_is_refused() {
        for name in ["pkg/holdfast.js", "pkg/holdfast.wasm"] {
            let (folder, options) = site();
            let files = check_site(&options).unwrap();
            assert!([files.module, files.wasm].contains(&format!("/{name}")));
            fs::remove_file(folder.path().join(name)).unwrap();
            let refused = check_site(&options).unwrap_err().to_string();
            let folder = folder.path().display().to_string();
            for words in [name, folder.as_str(), BUILD] {
                assert!(refused.contains(words), "{refused}");
            }
        }
    }

    #[test]
    fn what_is_gone_is_told_once_a_minute_and_what_never_was_is_not() {
        let (_folder, options) = site();
        let files = SiteFiles::of(&options);
        let began = Instant::now();
        assert!(!files.is_news("/pkg/other.js", began));
        assert!(!files.is_news("/../site.rs", began));
        assert!(files.is_news("/pkg/holdfast.js", began));
        let almost = began + LINE_EVERY - Duration::from_millis(1);
        assert!(!files.is_news("/pkg/holdfast.js", almost));
        assert!(!files.is_news("/favicon.svg", almost));
        assert!(files.is_news("/favicon.svg", began + LINE_EVERY));
    }
}
