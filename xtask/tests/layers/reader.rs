//! Reads from one file which modules of its crate it names.

use std::{collections::BTreeMap, mem};

use proc_macro2::{Spacing, Span, TokenStream, TokenTree};
use syn::{
    Block, Ident, ImplItem, Item, ItemMod, ItemUse, Path, Stmt, Token, UseTree, VisRestricted,
    parse::Parser as _,
    punctuated::Punctuated,
    visit::{self, Visit},
};

use crate::{
    conditions::{attributes, impl_attributes},
    graph::{ModulePath, Modules, Place, Use, name},
    imports::{Leaf, gather, leaves},
};

/// All that the file of `module` names outside of itself.
pub fn uses(modules: &Modules, module: &[String], items: &[Item]) -> Vec<Use> {
    let mut reader = Reader {
        modules,
        home: module,
        module: module.to_vec(),
        scopes: Vec::new(),
        uses: Vec::new(),
    };
    reader.read(items);
    reader.uses
}

struct Reader<'a> {
    modules: &'a Modules,
    /// The file's module.
    home: &'a [String],
    /// The one that is being read: the file's, or one written inside of it.
    module: ModulePath,
    /// Of that module and of the blocks around what is being read, innermost last.
    scopes: Vec<Scope>,
    uses: Vec<Use>,
}

/// What the `use` declarations of a module or a block make known.
#[derive(Default)]
struct Scope {
    /// Nothing for what comes from another crate.
    names: BTreeMap<String, Option<ModulePath>>,
    globs: Vec<ModulePath>,
}

/// Where a path leads.
struct Target {
    path: ModulePath,
    /// So many of its names are those of an import, whose own line counts already.
    imported: usize,
}

impl Reader<'_> {
    fn read(&mut self, items: &[Item]) {
        self.enter(items.iter().filter_map(import));
        for item in items {
            self.visit_item(item);
        }
        self.scopes.pop();
    }

    fn enter<'i>(&mut self, imports: impl Iterator<Item = &'i ItemUse>) {
        let mut leaves: Vec<_> = imports
            .filter(|import| self.modules.counts(&import.attrs))
            .flat_map(leaves)
            .collect();
        // Imports may begin with a name that another import makes known.
        leaves.sort_by_key(|leaf| !leaf.is_anchored());
        self.scopes.push(Scope::default());
        for leaf in leaves {
            let path = self.target(&leaf.path).map(|target| target.path);
            let is_module = path
                .as_ref()
                .is_some_and(|path| self.modules.contains(path));
            let Some(scope) = self.scopes.last_mut() else {
                continue;
            };
            match leaf.binds {
                None => scope.globs.extend(path),
                // A function may have the name of a module, which is what longer paths mean.
                Some(name) if is_module => {
                    scope.names.insert(name, path);
                }
                Some(name) => {
                    scope.names.entry(name).or_insert(path);
                }
            }
        }
    }

    /// Nothing for what is no part of this crate.
    fn target(&self, path: &[String]) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        let direct = |path| Target { path, imported: 0 };
        match first.as_str() {
            "crate" => Some(direct(rest.to_vec())),
            "self" | "super" => {
                let path = if first == "self" { rest } else { path };
                let ups = path.iter().take_while(|name| *name == "super").count();
                let depth = self.module.len().checked_sub(ups)?;
                Some(direct([&self.module[..depth], &path[ups..]].concat()))
            }
            _ => {
                let mut target = self.named(first)?;
                target.path.extend_from_slice(rest);
                Some(target)
            }
        }
    }

    /// What a name means that is neither `crate`, `self` nor `super`.
    fn named(&self, name: &str) -> Option<Target> {
        let child = |module: &[String]| [module, &[name.to_owned()]].concat();
        let path = child(&self.module);
        if self.modules.contains(&path) {
            return Some(Target { path, imported: 0 });
        }
        let scopes = || self.scopes.iter().rev();
        if let Some(path) = scopes().find_map(|scope| scope.names.get(name)) {
            let path = path.clone()?;
            let imported = path.len();
            return Some(Target { path, imported });
        }
        scopes()
            .flat_map(|scope| &scope.globs)
            .map(|glob| Target {
                path: child(glob),
                imported: glob.len(),
            })
            .find(|target| self.modules.contains(&target.path))
    }

    fn record(&mut self, path: &[String], span: Span) {
        let Some(target) = self.target(path) else {
            return;
        };
        let to = self.modules.with_file(&target.path);
        let is_news = target.imported == 0 || to.len() > target.imported;
        if is_news && to != self.home {
            self.uses.push(Use {
                from: self.home.to_vec(),
                to: to.to_vec(),
                place: Place {
                    file: self.modules.files[self.home].clone(),
                    line: span.start().line,
                },
            });
        }
    }

    fn record_leaves(&mut self, leaves: Vec<Leaf>) {
        for leaf in leaves {
            self.record(&leaf.path, leaf.span);
        }
    }

    /// What macros and attributes are given need not be Rust; paths are found all the same.
    fn tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            at += match tree {
                TokenTree::Group(group) => {
                    self.tokens(group.stream());
                    1
                }
                TokenTree::Ident(ident) => self.path(ident, &trees[..at], &trees[at + 1..]),
                TokenTree::Literal(literal) => {
                    self.quoted(&literal.to_string(), literal.span());
                    1
                }
                TokenTree::Punct(_) => 1,
            };
        }
    }

    /// A path that may begin with `first`; returns how many tokens it has.
    fn path(&mut self, first: &Ident, before: &[TokenTree], after: &[TokenTree]) -> usize {
        let mut path = vec![name(first)];
        let mut rest = after;
        while let [a, b, TokenTree::Ident(next), more @ ..] = rest
            && are_colons(a, b)
        {
            path.push(name(next));
            rest = more;
        }
        let is_start = match before {
            [.., a, b] if are_colons(a, b) => false,
            [.., TokenTree::Punct(mark)] if mark.as_char() == '$' => first == "crate",
            _ => true,
        };
        if is_start
            && let [a, b, TokenTree::Group(group), more @ ..] = rest
            && are_colons(a, b)
            && let Ok(trees) =
                Punctuated::<UseTree, Token![,]>::parse_terminated.parse2(group.stream())
        {
            let mut leaves = Vec::new();
            for tree in &trees {
                gather(tree, &mut path, &mut leaves);
            }
            self.record_leaves(leaves);
            rest = more;
        } else if is_start && path.len() > 1 {
            self.record(&path, first.span());
        }
        1 + after.len() - rest.len()
    }

    /// Serde takes paths as strings.
    fn quoted(&mut self, literal: &str, span: Span) {
        let text = literal.trim_matches('"');
        let is_path = text.starts_with("crate::") || text.starts_with("super::");
        let is_plain = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        if is_path && text.chars().all(is_plain) {
            let path: Vec<_> = text.split("::").map(str::to_owned).collect();
            self.record(&path, span);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if self.modules.counts(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if self.modules.counts(impl_attributes(item)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if let Some((_, items)) = &module.content {
            let around = mem::take(&mut self.scopes);
            self.module.push(name(&module.ident));
            self.read(items);
            self.module.pop();
            self.scopes = around;
        }
    }

    fn visit_item_use(&mut self, import: &'ast ItemUse) {
        self.record_leaves(leaves(import));
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.enter(block.stmts.iter().filter_map(|statement| match statement {
            Stmt::Item(item) => import(item),
            _ => None,
        }));
        visit::visit_block(self, block);
        self.scopes.pop();
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none()
            && path.segments.len() > 1
            && let Some(first) = path.segments.first()
        {
            let names: Vec<_> = path.segments.iter().map(|part| name(&part.ident)).collect();
            self.record(&names, first.ident.span());
        }
        visit::visit_path(self, path);
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        self.tokens(tokens.clone());
    }

    /// `pub(in crate::name)` uses nothing.
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}
}

fn import(item: &Item) -> Option<&ItemUse> {
    match item {
        Item::Use(import) => Some(import),
        _ => None,
    }
}

fn are_colons(a: &TokenTree, b: &TokenTree) -> bool {
    match (a, b) {
        (TokenTree::Punct(a), TokenTree::Punct(b)) => {
            a.as_char() == ':' && a.spacing() == Spacing::Joint && b.as_char() == ':'
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
