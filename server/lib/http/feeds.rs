//! For search engines.

use std::{io, sync::Arc};

use app::{
    area::Crawlers, catalog::address, error::ShopError, features, locale::Language,
    shop::ShopSettings,
};
use axum::{
    extract::{Path as UrlPath, Request, State},
    http::header,
    response::IntoResponse,
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{
    page,
    state::{HttpState, Reply},
};
use crate::{
    catalog::read::{self, Mapped, categories},
    collections, drops,
    error::Result,
    ids::is_id,
    pages,
};

/// Addresses in one file of the site map. The protocol allows 50,000 in 50 MB, and an address in
/// another script may take 2 KB when it is encoded.
pub const SITEMAP_ADDRESSES: usize = 20_000;
const SITEMAP_NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// Of the links to a page in other languages.
const XHTML_NAMESPACE: &str = "http://www.w3.org/1999/xhtml";

type Xml = Writer<Vec<u8>>;

pub async fn robots(State(state): State<HttpState>) -> Reply {
    let settings = state.services.settings.now_or_last().await;
    let base = &settings.base_url;
    let areas = features::areas().iter();
    let closed = areas.filter(|area| area.crawlers == Crawlers::KeptOut);
    let mut paths: Vec<_> = closed.map(|area| format!("/{}", area.segment)).collect();
    paths.push("/api/".to_owned());
    let languages = settings.languages.iter();
    let mut closed: Vec<_> = languages
        .flat_map(|language| paths.iter().map(move |path| language.href(path)))
        .collect();
    closed.sort_unstable();
    let closed: String = closed
        .iter()
        .map(|path| format!("Disallow: {path}\n"))
        .collect();
    let text = format!("User-agent: *\n{closed}\nSitemap: {base}/sitemap.xml\n");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `GET /sitemap.xml`: everything that is for sale, or where the files are that name it.
pub async fn sitemap(State(state): State<HttpState>, request: Request) -> Reply {
    let map = Map::of(&state).await;
    answer(&state, request, map.whole().await.map(Some)).await
}

/// `GET /sitemap/{file}`: a part of it.
pub async fn sitemap_file(
    State(state): State<HttpState>,
    UrlPath(file): UrlPath<String>,
    request: Request,
) -> Reply {
    let map = Map::of(&state).await;
    let xml = match Part::named(&file) {
        Some(part) => map.part(part).await,
        None => Ok(None),
    };
    answer(&state, request, xml).await
}

async fn answer(state: &HttpState, request: Request, xml: Result<Option<Vec<u8>>>) -> Reply {
    let error = match xml {
        Ok(Some(xml)) => {
            let kind = (header::CONTENT_TYPE, "application/xml; charset=utf-8");
            return ([kind], xml).into_response();
        }
        Ok(None) => ShopError::not_found(),
        Err(error) => error.into(),
    };
    page::refused(state, request, error).await
}

/// A file of the site map.
enum Part<'a> {
    /// Pages that list products, so many files on; the first is 1.
    Pages(usize),
    /// Products from this id on.
    Products(&'a str),
}

impl<'a> Part<'a> {
    fn named(file: &'a str) -> Option<Self> {
        let name = file.strip_suffix(".xml")?;
        if let Some(number) = name.strip_prefix("pages-") {
            return number.parse().ok().map(Self::Pages);
        }
        let id = name.strip_prefix("products-")?;
        is_id(id).then_some(Self::Products(id))
    }

    fn path(&self) -> String {
        match self {
            Self::Pages(number) => format!("/sitemap/pages-{number}.xml"),
            Self::Products(id) => format!("/sitemap/products-{id}.xml"),
        }
    }
}

struct Map<'a> {
    state: &'a HttpState,
    settings: Arc<ShopSettings>,
    /// Pages in one file; each has an address in every language.
    most: usize,
}

impl<'a> Map<'a> {
    async fn of(state: &'a HttpState) -> Self {
        let settings = state.services.settings.now_or_last().await;
        let languages = settings.languages.iter().count().max(1);
        Self {
            state,
            settings,
            most: (state.sitemap_addresses / languages).max(1),
        }
    }

    async fn whole(&self) -> Result<Vec<u8>> {
        let db = &self.state.services.db;
        let pages = self.pages().await?;
        // One more than there is room for: if it is there, this is not enough.
        let room = self.most.saturating_sub(pages.len());
        let products = read::mapped(db, "", count(room) + 1).await?;
        if pages.len() + products.len() <= self.most {
            return self.file(&pages, &products);
        }
        drop(products);
        let of_pages = 1..=pages.len().div_ceil(self.most);
        let of_products = read::map_parts(db, count(self.most)).await?;
        let parts = of_pages.map(Part::Pages);
        let parts = parts.chain(of_products.iter().map(|id| Part::Products(id)));
        document("sitemapindex", |xml| {
            for part in parts {
                let place = format!("{}{}", self.settings.base_url, part.path());
                xml.create_element("sitemap").write_inner_content(|xml| {
                    let loc = xml.create_element("loc");
                    loc.write_text_content(BytesText::new(&place))?;
                    Ok(())
                })?;
            }
            Ok(())
        })
    }

    /// `None` if there is nothing in it.
    async fn part(&self, part: Part<'_>) -> Result<Option<Vec<u8>>> {
        let (pages, products) = match part {
            Part::Pages(number) => {
                let pages = self.pages().await?;
                let mut files = pages.chunks(self.most);
                let file = number.checked_sub(1).and_then(|before| files.nth(before));
                (file.unwrap_or_default().to_vec(), Vec::new())
            }
            Part::Products(id) => {
                let db = &self.state.services.db;
                (Vec::new(), read::mapped(db, id, count(self.most)).await?)
            }
        };
        let is_empty = pages.is_empty() && products.is_empty();
        match is_empty {
            true => Ok(None),
            false => self.file(&pages, &products).map(Some),
        }
    }

    /// Paths of the pages that list products, and of the owner's own.
    async fn pages(&self) -> Result<Vec<String>> {
        let categories = categories::tree(&self.state.services.db).await?;
        let filled = categories.iter().filter(|one| one.is_filled);
        let categories = filled.map(|one| address::category(&one.category.slug));
        let collections = collections::listed(&self.state.services.db).await?;
        let collections = collections.iter().map(|slug| address::collection(slug));
        let own = pages::listed(&self.state.services.db, self.state.services.clock.now()).await?;
        let own = own.iter().map(|slug| address::page(slug));
        let pages = ["/".to_owned(), "/products".to_owned()].into_iter();
        let drops = drops::listed(&self.state.services.db).await?;
        let drops = drops.iter().map(|slug| address::drop(slug));
        let paths = pages.chain(categories).chain(collections).chain(drops);
        Ok(paths.chain(own).collect())
    }

    fn file(&self, pages: &[String], products: &[Mapped]) -> Result<Vec<u8>> {
        document("urlset", |xml| {
            for path in pages {
                self.entries(xml, path, None)?;
            }
            for product in products {
                let path = address::product(&product.slug);
                let edited = jiff::Timestamp::from_millisecond(product.updated_at);
                let day = edited.ok().map(|time| time.strftime("%F").to_string());
                self.entries(xml, &path, day.as_deref())?;
            }
            Ok(())
        })
    }

    /// The page at a path in each language, each with its addresses in all of them, and the day of its
    /// last edit.
    fn entries(&self, xml: &mut Xml, path: &str, day: Option<&str>) -> io::Result<()> {
        let languages = &self.settings.languages;
        let place = |language: Language| {
            let path = language.href(path);
            format!("{}{path}", self.settings.base_url)
        };
        let named = languages
            .iter()
            .map(|language| (language.locale.code(), place(language)));
        let default = ("x-default", place(languages.default_language()));
        let alternates: Vec<_> = named.chain([default]).collect();
        // One language, and the default that is the same.
        let has_several = alternates.len() > 2;
        for language in languages.iter() {
            xml.create_element("url").write_inner_content(|xml| {
                let loc = xml.create_element("loc");
                loc.write_text_content(BytesText::new(&place(language)))?;
                if let Some(day) = day {
                    let lastmod = xml.create_element("lastmod");
                    lastmod.write_text_content(BytesText::new(day))?;
                }
                for (name, place) in alternates.iter().filter(|_| has_several) {
                    xml.create_element("xhtml:link")
                        .with_attribute(("rel", "alternate"))
                        .with_attribute(("hreflang", *name))
                        .with_attribute(("href", place.as_str()))
                        .write_empty()?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// A file of the site map, an element a line.
fn document(root: &str, write: impl FnOnce(&mut Xml) -> io::Result<()>) -> Result<Vec<u8>> {
    let mut xml: Xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml.create_element(root);
    root.with_attribute(("xmlns", SITEMAP_NAMESPACE))
        .with_attribute(("xmlns:xhtml", XHTML_NAMESPACE))
        .write_inner_content(write)?;
    Ok(xml.into_inner())
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_well_formed_whatever_its_addresses_hold() {
        let map = document("urlset", |xml| {
            xml.create_element("loc")
                .write_text_content(BytesText::new("http://shop.test/a?b&c<d>"))?;
            Ok(())
        });
        let map = String::from_utf8(map.unwrap()).unwrap();
        assert_eq!(
            map,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
             xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n \
             <loc>http://shop.test/a?b&amp;c&lt;d&gt;</loc>\n\
             </urlset>"
        );
    }
}
