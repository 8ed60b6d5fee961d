//! Things to sell.

use std::time::Duration;

use server::{
    catalog::write::{
        CatalogWrite, StockReason,
        draft::{PictureDraft, ProductDraft, StockTarget, VariantDraft},
    },
    coordination::Topic,
    db::{Get, Sql},
    text::slugify,
};

use super::{TestShop, audit};

/// Tables that a node keeps for its checkout until a save announces another.
const KEPT_AT_CHECKOUT: [&str; 6] = [
    "bank_settings",
    "brakes",
    "cash_settings",
    "payment_methods",
    "shipping_rates",
    "shop_settings",
];

/// A product to put on the shelf: active, without options, 49.00, ten units, unless told.
#[derive(Debug, Clone)]
pub struct Goods(pub ProductDraft);

/// A product on the shelf.
#[derive(Debug, Clone)]
pub struct Stocked {
    pub id: String,
    pub slug: String,
    pub title: String,
    /// Ids in order.
    pub variants: Vec<String>,
}

impl Stocked {
    pub fn variant(&self) -> &str {
        &self.variants[0]
    }
}

impl Goods {
    pub fn named(title: &str) -> Self {
        Self(ProductDraft {
            slug: slugify(title),
            title: title.to_owned(),
            description_html: String::new(),
            vendor: String::new(),
            category: String::new(),
            tags: Vec::new(),
            active: true,
            prepaid: false,
            seo_title: None,
            seo_description: None,
            translations: Default::default(),
            options: Vec::new(),
            variants: vec![variant([""; 3], 4900, 10)],
            pictures: Vec::new(),
        })
    }

    pub fn price(mut self, minor: i64) -> Self {
        self.0
            .variants
            .iter_mut()
            .for_each(|variant| variant.price_minor = minor);
        self
    }

    pub fn compare_at(mut self, minor: i64) -> Self {
        self.0
            .variants
            .iter_mut()
            .for_each(|variant| variant.compare_at_minor = Some(minor));
        self
    }

    pub fn units(mut self, units: i64) -> Self {
        self.0
            .variants
            .iter_mut()
            .for_each(|variant| variant.stock = StockTarget::Set(units));
        self
    }

    /// So many more are sold than there are.
    pub fn sold_ahead(mut self, units: i64) -> Self {
        for variant in &mut self.0.variants {
            variant.backorder_limit = units;
        }
        self
    }

    pub fn inactive(mut self) -> Self {
        self.0.active = false;
        self
    }

    pub fn slug(mut self, slug: &str) -> Self {
        self.0.slug = slug.to_owned();
        self
    }

    pub fn sku(mut self, sku: &str) -> Self {
        self.0.variants[0].sku = Some(sku.to_owned());
        self
    }

    pub fn vendor(mut self, vendor: &str) -> Self {
        self.0.vendor = vendor.to_owned();
        self
    }

    pub fn category(mut self, category: &str) -> Self {
        self.0.category = category.to_owned();
        self
    }

    pub fn tags(mut self, tags: &[&str]) -> Self {
        self.0.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        self
    }

    pub fn described(mut self, html: &str) -> Self {
        self.0.description_html = html.to_owned();
        self
    }

    pub fn pictured(mut self, sources: &[&str]) -> Self {
        self.0.pictures = sources
            .iter()
            .map(|src| PictureDraft {
                id: None,
                src: (*src).to_owned(),
                alt: self.0.title.clone(),
            })
            .collect();
        self
    }

    /// Variants by their options' values, each with its price and units.
    pub fn options<const N: usize>(
        mut self,
        names: [&str; N],
        variants: &[([&str; N], i64, i64)],
    ) -> Self {
        self.0.options = names.map(str::to_owned).to_vec();
        self.0.variants = variants
            .iter()
            .map(|(values, price, units)| {
                let mut all = [""; 3];
                all[..N].copy_from_slice(values);
                variant(all, *price, *units)
            })
            .collect();
        self
    }
}

fn variant(options: [&str; 3], price_minor: i64, units: i64) -> VariantDraft {
    VariantDraft {
        options: options.map(str::to_owned),
        price_minor,
        grams: 100,
        stock: StockTarget::Set(units),
        ..VariantDraft::default()
    }
}

impl TestShop {
    pub async fn stock(&self, goods: Goods) -> Stocked {
        self.stock_all(vec![goods]).await.remove(0)
    }

    /// Later goods are newer.
    pub async fn stock_all(&self, goods: Vec<Goods>) -> Vec<Stocked> {
        let drafts: Vec<_> = goods.into_iter().map(|goods| goods.0).collect();
        for draft in &drafts {
            draft.check(Vec::new()).expect("the goods are sound");
        }
        let mut write = CatalogWrite::begin(self.db(), self.now(), "test", StockReason::Adjustment)
            .await
            .unwrap();
        let ids = write.create(&drafts).await.unwrap();
        write.commit().await.unwrap();
        let mut stocked = Vec::new();
        for (id, draft) in ids.into_iter().zip(drafts) {
            let mut sql = Sql::new("SELECT id FROM variants WHERE product_id = ");
            sql.text(&id).push(" ORDER BY position");
            let rows = sql.fetch_all(self.db().reader()).await.unwrap();
            stocked.push(Stocked {
                variants: rows.iter().map(|row| row.text("id").unwrap()).collect(),
                id,
                slug: draft.slug,
                title: draft.title,
            });
        }
        stocked
    }

    /// Writes a stored product over.
    pub async fn rewrite(&self, product: &Stocked, change: impl FnOnce(&mut ProductDraft)) {
        let mut write = CatalogWrite::begin(self.db(), self.now(), "test", StockReason::Adjustment)
            .await
            .unwrap();
        let stored = write.stored(&product.id).await.unwrap().unwrap();
        let mut draft = stored.draft.clone();
        change(&mut draft);
        write.update(&stored, &draft).await.unwrap();
        write.commit().await.unwrap();
    }

    pub async fn set_active(&self, product: &Stocked, active: bool) {
        self.rewrite(product, |draft| draft.active = active).await;
    }

    pub async fn set_price(&self, product: &Stocked, minor: i64) {
        self.rewrite(product, |draft| draft.variants[0].price_minor = minor)
            .await;
    }

    pub async fn set_units(&self, product: &Stocked, units: i64) {
        self.rewrite(product, |draft| {
            draft.variants[0].stock = StockTarget::Set(units);
        })
        .await;
    }

    pub async fn units(&self, variant_id: &str) -> i64 {
        let mut sql = Sql::new("SELECT stock FROM variants WHERE id = ");
        sql.text(variant_id);
        let row = sql.fetch_one(self.db().reader()).await.unwrap();
        row.int("stock").unwrap()
    }

    /// Does to the database what no part of the shop does.
    pub async fn execute(&self, sql: &str) {
        let mut tx = self.db().begin().await.unwrap();
        Sql::new(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        // As the back office does.
        if KEPT_AT_CHECKOUT.iter().any(|table| sql.contains(table)) {
            let db = self.db();
            db.freshness().announce(db, &[Topic::settings()]).await;
        }
    }

    /// Waits until the use of a session just now is noted, which goes on by itself where it takes
    /// long.
    pub async fn use_is_noted(&self) {
        let noted = async {
            while self
                .number("SELECT MAX(last_seen_at) AS n FROM sessions")
                .await
                != self.now()
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let noted = tokio::time::timeout(Duration::from_secs(60), noted).await;
        noted.expect("the use of a session is noted");
    }

    /// Runs a statement that selects one number, named `n`.
    pub async fn number(&self, sql: &str) -> i64 {
        audit::number(self.db(), sql).await
    }
}
