//! Things to sell, put on the shelf behind the nodes' backs.

use std::sync::Arc;

use server::{
    catalog::write::{
        CatalogWrite, StockReason,
        draft::{ProductDraft, StockTarget, VariantDraft},
    },
    clock::{Clock, SystemClock},
    coordination::{freshness::Freshness, uncoordinated::Uncoordinated},
    db::{Db, Get, Sql},
    store::Store,
    text::slugify,
};

/// A product without options, to be put on the shelf.
#[derive(Debug, Clone)]
pub struct Goods {
    pub title: String,
    pub price_minor: i64,
    pub units: i64,
    pub category: String,
}

/// A product on the shelf.
#[derive(Debug, Clone)]
pub struct Stocked {
    pub id: String,
    pub slug: String,
    pub variant: String,
    pub price_minor: i64,
    pub units: i64,
}

impl Goods {
    pub fn new(title: &str, price_minor: i64, units: i64) -> Self {
        Self {
            title: title.to_owned(),
            price_minor,
            units,
            category: String::new(),
        }
    }

    pub fn category(self, category: &str) -> Self {
        Self {
            category: category.to_owned(),
            ..self
        }
    }

    fn draft(&self) -> ProductDraft {
        ProductDraft {
            slug: slugify(&self.title),
            title: self.title.clone(),
            description_html: String::new(),
            vendor: String::new(),
            category: self.category.clone(),
            tags: Vec::new(),
            active: true,
            prepaid: false,
            seo_title: None,
            seo_description: None,
            translations: Default::default(),
            options: Vec::new(),
            variants: vec![VariantDraft {
                price_minor: self.price_minor,
                grams: 100,
                stock: StockTarget::Set(self.units),
                ..VariantDraft::default()
            }],
            pictures: Vec::new(),
        }
    }
}

/// Opens a database as a process that is no node. Nodes see within half a second what it changes.
pub async fn open(url: &str) -> Store {
    let db = Db::connect(url).await.expect("the database opens");
    Store::new(db, Freshness::new(Arc::new(Uncoordinated::cli())))
}

/// Stocks the goods, in order.
pub async fn put_on_shelf(db: &Store, goods: &[Goods]) -> Vec<Stocked> {
    let drafts: Vec<_> = goods.iter().map(Goods::draft).collect();
    for draft in &drafts {
        draft.check(Vec::new()).expect("the goods are sound");
    }
    let now = SystemClock.now();
    let mut write = CatalogWrite::begin(db, now, "the rig", StockReason::Adjustment)
        .await
        .expect("the shelf is open");
    let ids = write.create(&drafts).await.expect("the goods are new");
    write.commit().await.expect("the goods are stocked");
    let mut variants = std::collections::BTreeMap::new();
    let rows = Sql::new("SELECT id, product_id FROM variants");
    for row in rows.fetch_all(db.reader()).await.expect("they are there") {
        let text = |column| row.text(column).expect("it is a text");
        variants.insert(text("product_id"), text("id"));
    }
    let stocked = |((id, draft), goods): ((String, ProductDraft), &Goods)| Stocked {
        variant: variants[&id].clone(),
        id,
        slug: draft.slug,
        price_minor: goods.price_minor,
        units: goods.units,
    };
    ids.into_iter()
        .zip(drafts)
        .zip(goods)
        .map(stocked)
        .collect()
}
