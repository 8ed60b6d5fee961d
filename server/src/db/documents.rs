//! What products are found by, as it follows from what is stored: what changes a text of a product, or
//! a translation of one, refreshes its documents in the same transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use app::locale::Locale;
use serde_json::to_string;

use super::{
    Db, Dialect, Sql, Tx, from_row,
    fulltext::{self, Indexed},
};
use crate::{
    error::Result,
    text::{
        html::plain_text,
        words::{Document, Texts, WORDS},
    },
};

/// Products per transaction. On SQLite nobody else writes for as long as one takes.
const BATCH: i64 = 100;

/// Brings the documents of products to what is stored of them. The products are locked by the caller, or
/// new.
pub async fn refresh(tx: &mut Tx, dialect: Dialect, product_ids: &[String]) -> Result<()> {
    if product_ids.is_empty() {
        return Ok(());
    }
    let documents = read(tx, dialect, product_ids).await?;
    fulltext::index(tx, dialect, product_ids, &documents).await
}

/// Refreshes some of the documents that were made otherwise than today; how many products it were. Until
/// then they are found by the words that they had. Those that someone else is changing are left to
/// them.
pub async fn renew(db: &Db) -> Result<usize> {
    let dialect = db.dialect();
    let mut any = Sql::new("SELECT 1 AS one FROM product_words WHERE version < ");
    any.int(WORDS).push(" LIMIT 1");
    if any.fetch_optional(db.reader()).await?.is_none() {
        return Ok(0);
    }
    let mut stale = Sql::new(match dialect {
        Dialect::Sqlite => {
            "SELECT id FROM products WHERE seq IN (SELECT product_seq FROM product_words \
             WHERE version < "
        }
        Dialect::Postgres => {
            "SELECT id FROM products WHERE id IN (SELECT product_id FROM product_words \
             WHERE version < "
        }
    });
    stale.int(WORDS).push(" ORDER BY version LIMIT ").int(BATCH);
    stale
        .push(") ORDER BY id")
        .push(dialect.for_update())
        .push(dialect.skip_locked());
    let mut tx = db.begin().await?;
    let ids: Vec<String> = stale.fetch_values(&mut *tx).await?;
    refresh(&mut tx, dialect, &ids).await?;
    tx.commit().await?;
    Ok(ids.len())
}

/// What products are found by besides their own texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// By their ids.
    Categories,
    Tags,
}

/// Notes that the products of categories or tags are found by other words now. They may be many: the
/// documents are renewed later, as those of an older version are.
pub async fn outdate(
    tx: &mut Tx,
    dialect: Dialect,
    named: Named,
    subjects: &[String],
) -> Result<()> {
    let mut sql = Sql::new(match dialect {
        Dialect::Sqlite => {
            "UPDATE product_words SET version = 0 WHERE product_seq IN (SELECT p.seq FROM products p"
        }
        Dialect::Postgres => {
            "UPDATE product_words SET version = 0 WHERE product_id IN (SELECT p.id FROM products p"
        }
    });
    sql.push(match named {
        Named::Categories => " WHERE p.category_id",
        Named::Tags => " JOIN product_tags g ON g.product_id = p.id WHERE g.tag",
    });
    sql.push(dialect.in_json_array(1)).push(")");
    sql.bind_only(to_string(subjects)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The texts of a product as it is written.
struct Written {
    id: String,
    title: String,
    vendor: String,
    body: String,
    category_id: Option<String>,
    category: String,
}

from_row!(Written {
    id,
    title,
    vendor,
    body,
    category_id,
    category,
});

/// A text of a product, or the name of a category.
struct Value {
    id: String,
    value: String,
}

from_row!(Value { id, value });

async fn read(tx: &mut Tx, dialect: Dialect, product_ids: &[String]) -> Result<Vec<Indexed>> {
    let of_products = |select: &str, order: &str| -> Result<Sql> {
        let mut sql = Sql::new(select);
        sql.push(dialect.in_json_array(1)).push(order);
        Ok(sql.bind_only(to_string(product_ids)?))
    };
    let products = of_products(
        "SELECT p.id, p.title, p.vendor, p.description_text AS body, p.category_id, \
         COALESCE((SELECT c.name FROM categories c WHERE c.id = p.category_id), '') AS category \
         FROM products p WHERE p.id",
        "",
    )?;
    let products: Vec<Written> = products.fetch_all_as(&mut **tx).await?;
    let tags = of_products(
        "SELECT product_id AS id, tag AS value FROM product_tags WHERE product_id",
        " ORDER BY product_id, tag",
    )?;
    let tags = by_id(tags.fetch_all_as(&mut **tx).await?);
    let skus = of_products(
        "SELECT product_id AS id, sku AS value FROM variants WHERE sku IS NOT NULL AND product_id",
        " ORDER BY product_id, position, id",
    )?;
    let skus = by_id(skus.fetch_all_as(&mut **tx).await?);
    let translations = Translations::read(tx, dialect, product_ids, &products, &tags).await?;

    let mut documents = Vec::new();
    for product in products {
        let (tags, skus) = (all_of(&tags, &product.id), all_of(&skus, &product.id));
        let document =
            |title: &str, category: &str, tags: Vec<&str>, body: &str, languages: &[Locale]| {
                Document::of(&Texts {
                    title,
                    vendor: &product.vendor,
                    category,
                    tags,
                    skus: skus.clone(),
                    body,
                    languages,
                })
            };
        // The shop's default language may change without another word in its products: the stems are
        // those of every language.
        let written = document(
            &product.title,
            &product.category,
            tags.clone(),
            &product.body,
            &Locale::ALL,
        );
        documents.push(Indexed {
            product_id: product.id.clone(),
            language: None,
            document: written,
        });
        for (language, translated) in translations.of(&product, &tags) {
            // What is not translated is shown as it is written.
            let title = translated.title.as_ref().unwrap_or(&product.title);
            let category = translated.category.as_ref().unwrap_or(&product.category);
            let body = translated.body.as_ref().unwrap_or(&product.body);
            documents.push(Indexed {
                product_id: product.id.clone(),
                language: Some(language),
                document: document(
                    title,
                    category,
                    translations.tags_in(&tags, language),
                    body,
                    &[language],
                ),
            });
        }
    }
    Ok(documents)
}

fn by_id(rows: Vec<Value>) -> HashMap<String, Vec<String>> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for Value { id, value } in rows {
        found.entry(id).or_default().push(value);
    }
    found
}

fn all_of<'a>(texts: &'a HashMap<String, Vec<String>>, id: &str) -> Vec<&'a str> {
    let texts = texts.get(id).map(Vec::as_slice).unwrap_or_default();
    texts.iter().map(String::as_str).collect()
}

/// What of a product there is in a language.
#[derive(Debug, Clone, Default)]
struct Translated {
    title: Option<String>,
    category: Option<String>,
    /// Without HTML.
    body: Option<String>,
}

/// A row of `translations`.
struct Translation {
    kind: String,
    subject_id: String,
    language: String,
    field: String,
    text: String,
}

from_row!(Translation {
    kind,
    subject_id,
    language,
    field,
    text,
});

/// The translations of products, of their categories and tags, by language and subject.
#[derive(Default)]
struct Translations {
    products: HashMap<String, BTreeMap<Locale, Translated>>,
    categories: HashMap<String, BTreeMap<Locale, String>>,
    tags: HashMap<String, BTreeMap<Locale, String>>,
}

impl Translations {
    async fn read(
        tx: &mut Tx,
        dialect: Dialect,
        product_ids: &[String],
        products: &[Written],
        tags: &HashMap<String, Vec<String>>,
    ) -> Result<Self> {
        let categories = products.iter().filter_map(|one| one.category_id.as_ref());
        let categories: Vec<&String> = categories.collect();
        let mut sql = Sql::new(
            "SELECT kind, subject_id, language, field, text FROM translations \
             WHERE kind = 'product' AND field IN ('title', 'description') AND subject_id",
        );
        sql.push(dialect.in_json_array(1)).push(
            " UNION ALL SELECT kind, subject_id, language, field, text FROM translations \
             WHERE kind = 'category' AND field = 'name' AND subject_id",
        );
        sql.push(dialect.in_json_array(2)).push(
            " UNION ALL SELECT kind, subject_id, language, field, text FROM translations \
             WHERE kind = 'tag' AND field = 'name' AND subject_id",
        );
        let tags: BTreeSet<&String> = tags.values().flatten().collect();
        sql.push(dialect.in_json_array(3))
            .bind(to_string(product_ids)?)
            .bind(to_string(&categories)?)
            .bind(to_string(&tags)?);
        let rows: Vec<Translation> = sql.fetch_all_as(&mut **tx).await?;
        let mut found = Self::default();
        for row in rows {
            // Another version of the server may have had texts for more.
            if let Some(language) = Locale::of_code(&row.language) {
                found.add(language, row);
            }
        }
        Ok(found)
    }

    fn add(&mut self, language: Locale, row: Translation) {
        let names = match row.kind.as_str() {
            "category" => Some(&mut self.categories),
            "tag" => Some(&mut self.tags),
            _ => None,
        };
        if let Some(names) = names {
            let names = names.entry(row.subject_id).or_default();
            names.insert(language, row.text);
            return;
        }
        let texts = self.products.entry(row.subject_id).or_default();
        let texts = texts.entry(language).or_default();
        match row.field.as_str() {
            "title" => texts.title = Some(row.text),
            _ => texts.body = Some(plain_text(&row.text)),
        }
    }

    /// By the languages in which there is anything of the product.
    fn of(&self, product: &Written, tags: &[&str]) -> BTreeMap<Locale, Translated> {
        let mut all = self.products.get(&product.id).cloned().unwrap_or_default();
        let category = product.category_id.as_ref();
        let names = category.and_then(|id| self.categories.get(id));
        for (language, name) in names.into_iter().flatten() {
            all.entry(*language).or_default().category = Some(name.clone());
        }
        for names in tags.iter().filter_map(|tag| self.tags.get(*tag)) {
            for language in names.keys() {
                all.entry(*language).or_default();
            }
        }
        all
    }

    /// What is not translated is as it is written.
    fn tags_in<'a>(&'a self, tags: &[&'a str], language: Locale) -> Vec<&'a str> {
        let in_language = |tag: &'a str| {
            let names = self.tags.get(tag)?;
            names.get(&language).map(String::as_str)
        };
        let tags = tags.iter();
        tags.map(|tag| in_language(tag).unwrap_or(tag)).collect()
    }
}
