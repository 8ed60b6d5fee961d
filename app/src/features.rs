//! All features of the shop: a line each. What they declare is read from here.

use std::{collections::HashMap, sync::LazyLock};

use leptos::tachys::view::iterators::StaticVec;
use leptos_router::any_nested_route::AnyNestedRoute;

use crate::{
    area::{Area, Areas},
    feature::{Feature, Function, Page},
};

/// Sheets of equal rank come in this order.
pub static FEATURES: &[&Feature] = &[
    &crate::catalog::feature::CATALOG,
    &crate::cart::feature::CART,
    &crate::checkout::feature::CHECKOUT,
    &crate::orders::feature::ORDERS,
    &crate::account::feature::ACCOUNT,
    &crate::admin::feature::ADMIN,
    &crate::admin::dashboard::feature::DASHBOARD,
    &crate::admin::products::feature::PRODUCT_ADMIN,
    &crate::admin::jobs::feature::JOBS,
    &crate::admin::stock::feature::STOCK,
    &crate::admin::orders::feature::ORDER_ADMIN,
    &crate::admin::customers::feature::CUSTOMERS,
    &crate::admin::staff::feature::STAFF,
    &crate::admin::audit_log::feature::AUDIT_LOG,
    &crate::admin::settings::feature::SETTINGS,
];

static AREAS: LazyLock<Vec<&'static Area>> = LazyLock::new(|| {
    let areas = FEATURES.iter().flat_map(|feature| feature.areas);
    areas.collect()
});

static FUNCTIONS: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    functions()
        .map(|function| (function.path, function))
        .collect()
});

pub fn areas() -> Areas {
    Areas::new(&AREAS)
}

pub fn pages() -> impl Iterator<Item = &'static Page> {
    FEATURES.iter().flat_map(|feature| feature.pages)
}

pub fn functions() -> impl Iterator<Item = &'static Function> {
    FEATURES.iter().flat_map(|feature| feature.functions)
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

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
