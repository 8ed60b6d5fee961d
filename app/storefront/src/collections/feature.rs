//! The pages of collections.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    feature::{Feature, declare, page},
};

use super::page::CollectionPage;

declare!(COLLECTIONS);

static COLLECTIONS: Feature = Feature {
    name: "collections",
    areas: &[Area {
        segment: "collections",
        kinds: Kinds::all("collection"),
        logged: Logged::Path,
        crawlers: Crawlers::Welcome,
        onward: Onward::Never,
        below: Below::Slug,
    }],
    pages: &[page!(same for everybody: "/collections/:slug", CollectionPage)],
    ..Feature::NONE
};
