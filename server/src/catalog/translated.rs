//! What was read of the catalogue, in another language than it is written in.

use std::{cmp::Reverse, collections::BTreeMap};

use app::{
    catalog::{
        categories::CategoryText,
        types::{Card, Category, Facet, Facets, Home, Product, ProductList},
    },
    locale::Locale,
};

use crate::{
    db::{Cost, Sql},
    error::Result,
    store::Store,
    text::{html::plain_text, sort_key},
    translations::{
        DESCRIPTION, Kind, NAME, SEO_DESCRIPTION, SEO_TITLE, TITLE, alt_field, of_catalog,
        value_field,
    },
};

pub async fn product(db: &Store, product: &mut Product, language: Locale) -> Result<()> {
    let texts = of_catalog(db, Kind::Product, &[product.id.as_str()], language).await?;
    let id = product.id.clone();
    let written = product.title.clone();
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
    for picture in &mut product.pictures {
        name_of_picture(&mut picture.alt, &written, &product.title);
        texts.put(&id, &alt_field(&picture.src), &mut picture.alt);
    }
    if let Some(category) = &mut product.category {
        categories(db, vec![category], language).await?;
    }
    if let Some(of) = &mut product.drop {
        let texts = of_catalog(db, Kind::Drop, &[of.id.as_str()], language).await?;
        texts.put(&of.id, NAME, &mut of.title);
    }
    tags(db, product, language).await?;
    options(db, product, language).await
}

/// A picture of which nothing else is told shows the product by its title, in every language.
fn name_of_picture(alt: &mut String, written: &str, title: &str) {
    if alt == written {
        title.clone_into(alt);
    }
}

async fn tags(db: &Store, product: &mut Product, language: Locale) -> Result<()> {
    let wanted: Vec<&str> = product.tags.iter().map(String::as_str).collect();
    let texts = of_catalog(db, Kind::Tag, &wanted, language).await?;
    let labels = product.tags.iter().filter_map(|tag| {
        let label = texts.text(tag, NAME)?;
        Some((tag.clone(), label.to_owned()))
    });
    product.tag_labels = labels.collect();
    let labels = &product.tag_labels;
    product
        .tags
        .sort_by_cached_key(|tag| sort_key(labels.get(tag).unwrap_or(tag)));
    Ok(())
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
        let written = card.title.clone();
        texts.put(&card.id, TITLE, &mut card.title);
        let pictures = [&mut card.picture, &mut card.second_picture];
        for picture in pictures.into_iter().flatten() {
            name_of_picture(&mut picture.alt, &written, &card.title);
            texts.put(&card.id, &alt_field(&picture.src), &mut picture.alt);
        }
    }
    Ok(())
}

pub async fn categories(db: &Store, all: Vec<&mut Category>, language: Locale) -> Result<()> {
    let wanted: Vec<&str> = all.iter().map(|category| category.id.as_str()).collect();
    let texts = of_catalog(db, Kind::Category, &wanted, language).await?;
    for category in all {
        texts.put(&category.id, NAME, &mut category.name);
        // It is that of one of its products, in the language it was written in.
        if let Some(picture) = &mut category.picture {
            picture.alt.clear();
        }
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
    let tags: Vec<String> = facets.tags.iter().map(|tag| tag.value.clone()).collect();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    let texts = of_catalog(db, Kind::Tag, &tags, language).await?;
    for tag in &mut facets.tags {
        texts.put(&tag.value, NAME, &mut tag.label);
    }
    let by_label = |tag: &Facet| (Reverse(tag.count), sort_key(&tag.label));
    facets.tags.sort_by_cached_key(by_label);
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
    let names: Vec<(String, String)> = db.catalog().fetch_all_as(Cost::Rows, sql).await?;
    Ok(names.into_iter().collect())
}
