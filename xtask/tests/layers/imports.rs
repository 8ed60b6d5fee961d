//! The paths of `use` declarations.

use proc_macro2::Span;
use syn::{ItemUse, UseTree};

use crate::graph::{ModulePath, name};

/// One path of a `use` declaration.
pub struct Leaf {
    pub path: ModulePath,
    /// The name it makes known; nothing for a glob.
    pub binds: Option<String>,
    pub span: Span,
}

impl Leaf {
    /// Whether it begins at a place and not at a name.
    pub fn is_anchored(&self) -> bool {
        let first = self.path.first().map(String::as_str);
        matches!(first, Some("crate" | "self" | "super"))
    }
}

pub fn leaves(import: &ItemUse) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    // `::name` is another crate.
    if import.leading_colon.is_none() {
        gather(&import.tree, &mut Vec::new(), &mut leaves);
    }
    leaves
}

pub fn gather(tree: &UseTree, prefix: &mut ModulePath, leaves: &mut Vec<Leaf>) {
    let (ident, binds) = match tree {
        UseTree::Path(path) => {
            prefix.push(name(&path.ident));
            gather(&path.tree, prefix, leaves);
            prefix.pop();
            return;
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                gather(tree, prefix, leaves);
            }
            return;
        }
        UseTree::Glob(glob) => {
            leaves.push(Leaf {
                path: prefix.clone(),
                binds: None,
                span: glob.star_token.spans[0],
            });
            return;
        }
        UseTree::Name(leaf) if leaf.ident == "self" => (&leaf.ident, prefix.last().cloned()),
        UseTree::Name(leaf) => (&leaf.ident, Some(name(&leaf.ident))),
        UseTree::Rename(leaf) => (&leaf.ident, Some(name(&leaf.rename))),
    };
    let mut path = prefix.clone();
    if ident != "self" || path.is_empty() {
        path.push(name(ident));
    }
    leaves.push(Leaf {
        path,
        binds,
        span: ident.span(),
    });
}
