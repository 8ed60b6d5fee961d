//! The script that brings a page's islands to life. Leptos' own asks for the wasm before the pictures.

use app::style;
use leptos::prelude::*;

/// The build's files that islands are made of, by their addresses on the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IslandFiles {
    pub module: String,
    pub wasm: String,
}

impl IslandFiles {
    /// `hashes` is what the build wrote: a line such as `js: 8fQz_-A` for each kind of file; none where names have no
    /// hash.
    pub fn named(options: &LeptosOptions, hashes: &str) -> Self {
        let file = |kind: &str| {
            let mut lines = hashes.lines().filter_map(|line| line.split_once(':'));
            let hash = lines.find(|(of, _)| of.trim() == kind);
            let hash = hash.map(|(_, hash)| format!(".{}", hash.trim()));
            format!(
                "/{}/{}{}.{kind}",
                options.site_pkg_dir,
                options.output_name,
                hash.unwrap_or_default()
            )
        };
        Self {
            module: file("js"),
            wasm: file("wasm"),
        }
    }
}

pub fn script(files: &IslandFiles) -> impl IntoView + use<> {
    // Only islands are hydrated, so nothing else is marked for it.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let IslandFiles { module, wasm } = files.clone();
    view! {
        <script type="module" src=style::ISLANDS.href() data-module=module data-wasm=wasm></script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_what_the_build_called_them() {
        let options = LeptosOptions::builder()
            .output_name("holdfast")
            .site_pkg_dir("pkg")
            .build();
        let files = IslandFiles::named(&options, "js: aB_-1\nwasm: c2\ncss: d3\n");
        assert_eq!(files.module, "/pkg/holdfast.aB_-1.js");
        assert_eq!(files.wasm, "/pkg/holdfast.c2.wasm");
        let files = IslandFiles::named(&options, "");
        assert_eq!(files.module, "/pkg/holdfast.js");
        assert_eq!(files.wasm, "/pkg/holdfast.wasm");
    }
}
