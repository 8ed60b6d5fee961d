//! The catalogue: lists, product pages, and what the search field suggests.

use app::{
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    feature::{Access, Feature, Function, Sheet, declare, page},
    slot::{Place, Slot},
};

use super::pages::{
    list::{CategoryPage, ProductsPage},
    product::{ProductPage, preview},
};

declare!(CATALOG);

static CATALOG: Feature = Feature {
    name: "catalog",
    areas: &[
        area("", Kinds::all("home"), Below::Anything),
        area(
            "products",
            Kinds {
                itself: "list",
                below: "product",
            },
            Below::Slug,
        ),
        area("categories", Kinds::all("list"), Below::Slug),
    ],
    pages: &[
        page!(same for everybody: "/products", ProductsPage),
        page!(same for everybody: "/products/:slug", ProductPage),
        page!(same for everybody: "/categories/:slug", CategoryPage),
    ],
    functions: &[Function::get("/api/suggest", Access::Anybody)],
    slots: &[Slot {
        rank: 0,
        place: Place::ProductPreview(preview),
    }],
    sheets: &[
        Sheet {
            rank: 100,
            css: include_str!("../../../../style/home.css"),
        },
        Sheet {
            rank: 101,
            css: include_str!("../../../../style/catalog.css"),
        },
        Sheet {
            rank: 108,
            css: include_str!("../../../../style/buy-bar.css"),
        },
        Sheet {
            rank: 102,
            css: include_str!("../../../../style/product.css"),
        },
        Sheet {
            rank: 106,
            css: include_str!("../../../../style/swatches.css"),
        },
        Sheet {
            rank: 107,
            css: include_str!("../../../../style/lists.css"),
        },
    ],
    ..Feature::NONE
};

const fn area(segment: &'static str, kinds: Kinds, below: Below) -> Area {
    Area {
        segment,
        kinds,
        logged: Logged::Path,
        crawlers: Crawlers::Welcome,
        onward: Onward::Never,
        below,
    }
}
