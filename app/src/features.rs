//! All features of the shop. Each is in the list by declaring itself; what they declare is read from
//! here.

use std::{collections::HashMap, sync::LazyLock};

use leptos::{prelude::AnyView, tachys::view::iterators::StaticVec};
use leptos_router::any_nested_route::AnyNestedRoute;

use crate::{
    area::{Area, Areas},
    cookie::Cookie,
    feature::{Declared, Feature, Function, Page},
    slot::{Place, ShownProduct, Slot},
};

/// In the order of their names: linkers have no order of their own.
static FEATURES: LazyLock<Vec<&'static Feature>> = LazyLock::new(|| {
    let declared = inventory::iter::<Declared>.into_iter();
    let mut features: Vec<_> = declared.map(|declared| declared.0).collect();
    features.sort_by_key(|feature| feature.name);
    features
});

static AREAS: LazyLock<Vec<&'static Area>> = LazyLock::new(|| {
    let areas = all().flat_map(|feature| feature.areas);
    areas.collect()
});

static FUNCTIONS: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    functions()
        .map(|function| (function.path, function))
        .collect()
});

static SLOTS: LazyLock<Vec<&'static Slot>> = LazyLock::new(|| {
    let mut slots: Vec<_> = all().flat_map(|feature| feature.slots).collect();
    slots.sort_by_key(|slot| slot.rank);
    slots
});

pub fn all() -> impl Iterator<Item = &'static Feature> {
    FEATURES.iter().copied()
}

pub fn areas() -> Areas {
    Areas::new(&AREAS)
}

pub fn pages() -> impl Iterator<Item = &'static Page> {
    all().flat_map(|feature| feature.pages)
}

pub fn functions() -> impl Iterator<Item = &'static Function> {
    all().flat_map(|feature| feature.functions)
}

pub fn cookies() -> impl Iterator<Item = Cookie> {
    all().flat_map(|feature| feature.cookies).copied()
}

/// The function at a path below `/api/`.
pub fn function(path: &str) -> Option<&'static Function> {
    FUNCTIONS.get(path).copied()
}

/// The routes of all pages, for the router.
pub fn routes() -> StaticVec<AnyNestedRoute> {
    let routes: Vec<_> = pages().map(|page| (page.route)()).collect();
    routes.into()
}

/// What features show above the header.
pub fn above_header() -> Vec<AnyView> {
    shown(|place| match place {
        Place::AboveHeader(view) => Some(view()),
        _ => None,
    })
}

/// What features show in the header.
pub fn in_header() -> Vec<AnyView> {
    shown(|place| match place {
        Place::Header(view) => Some(view()),
        _ => None,
    })
}

/// Address and words of the links that features have in the footer.
pub fn in_footer() -> impl Iterator<Item = (&'static str, &'static str)> {
    SLOTS.iter().filter_map(|slot| match slot.place {
        Place::Footer { href, words } => Some((href, words())),
        _ => None,
    })
}

/// What features show on a product's card.
pub fn on_card(product: ShownProduct<'_>) -> Vec<AnyView> {
    shown(|place| match place {
        Place::ProductCard(view) => Some(view(product)),
        _ => None,
    })
}

/// What features show on a product's page.
pub fn on_product_page(product: ShownProduct<'_>) -> Vec<AnyView> {
    shown(|place| match place {
        Place::ProductPage(view) => Some(view(product)),
        _ => None,
    })
}

fn shown(view: impl Fn(&Place) -> Option<AnyView>) -> Vec<AnyView> {
    SLOTS.iter().filter_map(|slot| view(&slot.place)).collect()
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        fs,
        path::{Path, PathBuf},
    };

    use super::*;
    use crate::feature::FormPage;

    #[test]
    fn what_is_declared_is_declared_once() {
        let paths: BTreeSet<_> = functions().map(|function| function.path).collect();
        assert_eq!(paths.len(), functions().count());
        let paths: BTreeSet<_> = pages().map(|page| page.path).collect();
        assert_eq!(paths.len(), pages().count());
        let segments: BTreeSet<_> = areas().iter().map(|area| area.segment).collect();
        assert_eq!(segments.len(), areas().iter().count());
        let names: BTreeSet<_> = cookies().map(Cookie::plain_name).collect();
        assert_eq!(names.len(), cookies().count());
        let names: BTreeSet<_> = all().map(|feature| feature.name).collect();
        assert_eq!(names.len(), all().count());
        assert!(!names.contains(""), "{names:?}");
    }

    /// Each says so in its file, or it is not in the list.
    #[test]
    fn every_feature_that_is_written_down_declares_itself() {
        fn declarations(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).expect("the folder is there") {
                let path = entry.expect("it can be read").path();
                if path.is_dir() {
                    declarations(&path, found);
                } else if path.ends_with("feature.rs") {
                    found.push(path);
                }
            }
        }
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        declarations(&sources, &mut found);
        // What a feature is, is in a file of this name, too.
        found.retain(|path| path.parent() != Some(sources.as_path()));
        let folders: BTreeSet<_> = found
            .iter()
            .filter_map(|path| path.parent()?.strip_prefix(&sources).ok())
            .map(|folder| folder.to_string_lossy().replace(['/', '\\'], "::"))
            .collect();
        let names: BTreeSet<_> = all().map(|feature| feature.name.to_owned()).collect();
        assert_eq!(names, folders);
    }

    #[test]
    fn every_page_is_of_an_area() {
        for page in pages() {
            assert!(areas().of(page.path).is_some(), "{}", page.path);
        }
    }

    /// A page that a form is said to stand on is one of the declared ones.
    #[test]
    fn forms_stand_on_pages_that_there_are() {
        let is_there = |path: &str| {
            pages().any(|page| {
                let (page, path) = (page.path.split('/'), path.split('/'));
                page.clone().count() == path.clone().count()
                    && page
                        .zip(path)
                        .all(|(page, path)| page == path || page.starts_with(':'))
            })
        };
        for function in functions() {
            let pages = match function.form {
                FormPage::At(page) | FormPage::OfProduct { otherwise: page } => vec![page],
                FormPage::Of { path, otherwise } => vec![path, otherwise],
            };
            for page in pages {
                assert!(is_there(page), "{} at {page}", function.path);
            }
        }
    }
}
