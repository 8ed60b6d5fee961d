//! The document around every page, as a server knows it: by its type. It is the storefront's, and is given to the server
//! when it starts, so that a changed line of a page does not compile the server again.

use leptos::prelude::*;

use crate::error::ShopError;

/// Makes the whole document, with the page at the request's address in it.
pub type Document = fn(LeptosOptions, &IslandFiles) -> AnyView;

/// A refusal that takes the place of the whole page, such as a method that is not allowed. The document finds it in its
/// context.
#[derive(Debug, Clone)]
pub struct PageError(pub ShopError);

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
