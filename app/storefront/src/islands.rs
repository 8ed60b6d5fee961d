//! The script that brings a page's islands to life. Leptos' own asks for the wasm before the pictures.

use std::{env, fs, io, sync::OnceLock};

use app::style;
use leptos::prelude::*;

/// The build's files that islands are made of, below the site's address.
struct Files {
    module: String,
    wasm: String,
}

impl Files {
    fn of(options: &LeptosOptions) -> Self {
        // Tests have sites without hashes beside each other; hashed names are those of this server's build.
        static HASHED: OnceLock<String> = OnceLock::new();
        let hashes = match options.hash_files {
            true => HASHED.get_or_init(|| {
                hashes(options).unwrap_or_else(|error| {
                    leptos::logging::error!("the names of the site's files are unknown: {error}");
                    String::new()
                })
            }),
            false => "",
        };
        Self {
            module: file(options, hashes, "js"),
            wasm: file(options, hashes, "wasm"),
        }
    }
}

/// What the build wrote beside the server: a line such as `js: 8fQz_-A` for each kind of file.
fn hashes(options: &LeptosOptions) -> io::Result<String> {
    fs::read_to_string(env::current_exe()?.with_file_name(&*options.hash_file))
}

fn file(options: &LeptosOptions, hashes: &str, kind: &str) -> String {
    let mut lines = hashes.lines().filter_map(|line| line.split_once(':'));
    let hash = lines.find(|(of, _)| of.trim() == kind);
    let hash = hash.map(|(_, hash)| format!(".{}", hash.trim()));
    format!(
        "/{}/{}{}.{kind}",
        options.site_pkg_dir,
        options.output_name,
        hash.unwrap_or_default()
    )
}

pub fn script(options: &LeptosOptions) -> impl IntoView + use<> {
    // Only islands are hydrated, so nothing else is marked for it.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let Files { module, wasm } = Files::of(options);
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
        let hashes = "js: aB_-1\nwasm: c2\ncss: d3\n";
        assert_eq!(file(&options, hashes, "js"), "/pkg/holdfast.aB_-1.js");
        assert_eq!(file(&options, hashes, "wasm"), "/pkg/holdfast.c2.wasm");
        assert_eq!(file(&options, "", "wasm"), "/pkg/holdfast.wasm");
    }
}
