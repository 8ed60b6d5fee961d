//! What was read of the catalogue, in another language than it is written in.

use std::collections::BTreeMap;

use app::{
    catalog::{
        categories::CategoryText,
        types::{Card, Category, Facets, Home, Product, ProductList},
    },
    locale::Locale,
};

use crate::{
    db::{Cost, Get, Sql},
    error::Result,
    store::Store,
    text::html::plain_text,
    translations::{
        DESCRIPTION, Kind, NAME, SEO_DESCRIPTION, SEO_TITLE, TITLE, of_catalog, value_field,
    },
};

pub async fn product(db: &Store, product: &mut Product, language: Locale) -> Result<()> {
    let texts = of_catalog(db, Kind::Product, &[product.id.as_str()], language).await?;
    let id = product.id.clone();
    texts.put(&id, TITLE, &mut product.title);
    if let Some(html) = texts.text(&id, DESCRIPTION) {
        product.description_html = html.to_owned();
        product.description_text = plain_text(html);
    }
    // What is written for search engines in another language does not fit a title that is translated.
    for (field, text) in [
        (SEO_TITLE, &mut product.seo_title),
        (SEO_DESCRIPTION, &mut product.seo_description),
    ] {
        let stands_for = match field {
            SEO_TITLE => TITLE,
            _ => DESCRIPTION,
        };
        match texts.text(&id, field) {
            Some(own) => *text = Some(own.to_owned()),
            None if texts.text(&id, stands_for).is_some() => *text = None,
            None => {}
        }
    }
    if let Some(category) = &mut product.category {
        categories(db, vec![category], language).await?;
    }
    options(db, product, language).await
}

async fn options(db: &Store, product: &mut Product, language: Locale) -> Result<()> {
    let keys: Vec<String> = product
        .options
        .iter()
        .map(|option| option.name.to_lowercase())
        .collect();
    let wanted: Vec<&str> = keys.iter().map(String::as_str).collect();
    let texts = of_catalog(db, Kind::Option, &wanted, language).await?;
    for (option, key) in product.options.iter_mut().zip(&keys) {
        option.label = texts.text(key, NAME).map(str::to_owned);
        option.value_labels = option
            .values
            .iter()
            .filter_map(|value| {
                let label = texts.text(key, &value_field(value))?;
                Some((value.clone(), label.to_owned()))
            })
            .collect();
    }
    Ok(())
}

pub async fn cards(db: &Store, cards: Vec<&mut Card>, language: Locale) -> Result<()> {
    let ids: Vec<String> = cards.iter().map(|card| card.id.clone()).collect();
    let wanted: Vec<&str> = ids.iter().map(String::as_str).collect();
    let texts = of_catalog(db, Kind::Product, &wanted, language).await?;
    for card in cards {
        texts.put(&card.id, TITLE, &mut card.title);
    }
    Ok(())
}

pub async fn categories(db: &Store, all: Vec<&mut Category>, language: Locale) -> Result<()> {
    let wanted: Vec<&str> = all.iter().map(|category| category.id.as_str()).collect();
    let texts = of_catalog(db, Kind::Category, &wanted, language).await?;
    for category in all {
        texts.put(&category.id, NAME, &mut category.name);
    }
    Ok(())
}

pub async fn category_text(
    db: &Store,
    id: &str,
    text: &mut CategoryText,
    language: Locale,
) -> Result<()> {
    let texts = of_catalog(db, Kind::Category, &[id], language).await?;
    if let Some(html) = texts.text(id, DESCRIPTION) {
        text.description_html = html.to_owned();
        text.description_text = plain_text(html);
    }
    Ok(())
}

pub async fn home(db: &Store, home: &mut Home, language: Locale) -> Result<()> {
    categories(db, home.categories.iter_mut().collect(), language).await?;
    let all = home
        .newest
        .iter_mut()
        .chain(&mut home.popular)
        .chain(&mut home.hero)
        .collect();
    cards(db, all, language).await
}

pub async fn list(db: &Store, list: &mut ProductList, language: Locale) -> Result<()> {
    cards(db, list.products.iter_mut().collect(), language).await?;
    facets(db, &mut list.facets, language).await
}

async fn facets(db: &Store, facets: &mut Facets, language: Locale) -> Result<()> {
    if !facets.categories.is_empty() {
        let names = category_names(db, language).await?;
        for facet in &mut facets.categories {
            if let Some(name) = names.get(&facet.value) {
                facet.label.clone_from(name);
            }
        }
    }
    let keys: Vec<&str> = facets
        .options
        .iter()
        .map(|option| option.name.as_str())
        .collect();
    let texts = of_catalog(db, Kind::Option, &keys, language).await?;
    for option in &mut facets.options {
        texts.put(&option.name, NAME, &mut option.label);
        for value in &mut option.values {
            texts.put(&option.name, &value_field(&value.value), &mut value.label);
        }
    }
    Ok(())
}

/// Names of categories by their slugs, as far as they are translated.
async fn category_names(db: &Store, language: Locale) -> Result<BTreeMap<String, String>> {
    let mut sql = Sql::new(
        "SELECT c.slug, t.text FROM translations t JOIN categories c ON c.id = t.subject_id \
         WHERE t.kind = ",
    );
    sql.text(Kind::Category.as_str())
        .push(" AND t.field = ")
        .text(NAME)
        .push(" AND t.language = ")
        .text(language.code());
    let rows = db.catalog().fetch_all(Cost::Rows, sql).await?;
    rows.iter()
        .map(|row| Ok((row.text("slug")?, row.text("text")?)))
        .collect()
}
