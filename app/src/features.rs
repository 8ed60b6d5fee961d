//! All features of the shop. Each is in the list by declaring itself; what they declare is read from
//! here.

use std::{collections::HashMap, sync::LazyLock};

use http::request::Parts;
use leptos::{
    prelude::{AnyView, with_context},
    tachys::view::iterators::StaticVec,
};
use leptos_router::{RouteList, any_nested_route::AnyNestedRoute};

use crate::{
    area::{Area, Areas},
    cookie::Cookie,
    error::ShopError,
    feature::{Declared, Feature, Function, Page},
    slot::{Place, ShownProduct, Slot},
};

/// In the order of their names, and of the pages of their halves: linkers have no order of their own.
static FEATURES: LazyLock<Vec<&'static Feature>> = LazyLock::new(|| {
    let declared = inventory::iter::<Declared>.into_iter();
    let mut features: Vec<_> = declared.map(|declared| declared.0).collect();
    features.sort_by_key(|feature| (feature.name, feature.pages.first().map(|page| page.path)));
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

/// The routes for the router: of all pages where it lists them, and for a request of those that its address may be of.
/// Making a hundred routes for each request took as long as a small page.
pub fn routes() -> StaticVec<AnyNestedRoute> {
    let asked = match RouteList::is_generating() {
        true => None,
        false => with_context(|parts: &Parts| first_segment(parts.uri.path()).to_owned()),
    };
    let may_be = |page: &Page| {
        let first = first_segment(page.path);
        first.starts_with([':', '*']) || asked.as_ref().is_none_or(|asked| asked == first)
    };
    let routes: Vec<_> = pages()
        .filter(|page| may_be(page))
        .map(|page| (page.route)())
        .collect();
    routes.into()
}

fn first_segment(path: &str) -> &str {
    let path = path.trim_start_matches('/');
    path.split('/').next().unwrap_or_default()
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

/// What features show in the header of pages that lead nowhere else.
pub fn in_bare_header() -> Vec<AnyView> {
    shown(|place| match place {
        Place::BareHeader(view) => Some(view()),
        _ => None,
    })
}

/// What features show in the footer of those pages.
pub fn in_bare_footer() -> Vec<AnyView> {
    shown(|place| match place {
        Place::BareFooter(view) => Some(view()),
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

/// Address and words of pages that Ctrl+K finds for admins besides those that are always there.
pub fn found() -> impl Iterator<Item = (String, String)> {
    let lists = SLOTS.iter().filter_map(|slot| match slot.place {
        Place::Found(pages) => Some(pages()),
        _ => None,
    });
    lists.flatten()
}

/// The page for a refusal.
pub fn refusal_page() -> Option<fn(ShopError) -> AnyView> {
    first(|place| match place {
        Place::Refusal(page) => Some(*page),
        _ => None,
    })
}

/// A product's page for the shop's staff, below a notice.
pub fn product_preview(id: String, notice: AnyView) -> Option<AnyView> {
    let page = first(|place| match place {
        Place::ProductPreview(page) => Some(*page),
        _ => None,
    });
    page.map(|page| page(id, notice))
}

/// The draft of the front page for the shop's admins, below a notice.
pub fn home_preview(notice: AnyView) -> Option<AnyView> {
    let page = first(|place| match place {
        Place::HomePreview(page) => Some(*page),
        _ => None,
    });
    page.map(|page| page(notice))
}

/// The page of the drop that is in the context, for the shop's admins, below a notice.
pub fn drop_preview(notice: AnyView) -> Option<AnyView> {
    let page = first(|place| match place {
        Place::DropPreview(page) => Some(*page),
        _ => None,
    });
    page.map(|page| page(notice))
}

/// Of a place that one feature fills.
fn first<T>(found: impl Fn(&Place) -> Option<T>) -> Option<T> {
    SLOTS.iter().find_map(|slot| found(&slot.place))
}

fn shown(view: impl Fn(&Place) -> Option<AnyView>) -> Vec<AnyView> {
    SLOTS.iter().filter_map(|slot| view(&slot.place)).collect()
}
