//! For search engines.

use app::{catalog::address, error::ShopError, ui::head::escape};
use axum::{
    extract::{Path as UrlPath, Request, State},
    http::header,
    response::IntoResponse,
};

use super::{HttpState, Reply, page};
use crate::{
    catalog::read::{self, Mapped},
    error::Result,
    ids::is_id,
};

/// Addresses in one file of the site map. The protocol allows 50,000 in 50 MB, and an address in
/// another script may take 2 KB when it is encoded.
pub const SITEMAP_ADDRESSES: usize = 20_000;

pub async fn robots(State(state): State<HttpState>) -> Reply {
    let base = state.services.settings.base_url();
    let text = format!(
        "User-agent: *\nDisallow: /account\nDisallow: /api/\nDisallow: /cart\nDisallow: /checkout\n\
         Disallow: /orders\n\nSitemap: {base}/sitemap.xml\n"
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `GET /sitemap.xml`: everything that is for sale, or where the files are that name it.
pub async fn sitemap(State(state): State<HttpState>, request: Request) -> Reply {
    let map = Map::of(&state);
    answer(&state, request, map.whole().await.map(Some)).await
}

/// `GET /sitemap/{file}`: a part of it.
pub async fn sitemap_file(
    State(state): State<HttpState>,
    UrlPath(file): UrlPath<String>,
    request: Request,
) -> Reply {
    let map = Map::of(&state);
    let xml = match Part::named(&file) {
        Some(part) => map.part(part).await,
        None => Ok(None),
    };
    answer(&state, request, xml).await
}

async fn answer(state: &HttpState, request: Request, xml: Result<Option<String>>) -> Reply {
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
    base: &'a str,
    /// Addresses in one file.
    most: usize,
}

impl<'a> Map<'a> {
    fn of(state: &'a HttpState) -> Self {
        Self {
            state,
            base: state.services.settings.base_url(),
            most: state.sitemap_addresses.max(1),
        }
    }

    async fn whole(&self) -> Result<String> {
        let db = &self.state.services.db;
        let pages = self.pages().await?;
        // One more than there is room for: if it is there, this is not enough.
        let room = self.most.saturating_sub(pages.len());
        let products = read::mapped(db, "", count(room) + 1).await?;
        if pages.len() + products.len() <= self.most {
            return Ok(self.file(&pages, &products));
        }
        drop(products);
        let mut xml = begin("sitemapindex");
        let of_pages = 1..=pages.len().div_ceil(self.most);
        let of_products = read::map_parts(db, count(self.most)).await?;
        let parts = of_pages.map(Part::Pages);
        let parts = parts.chain(of_products.iter().map(|id| Part::Products(id)));
        for part in parts {
            let path = part.path();
            xml.push_str(&format!("<sitemap>{}</sitemap>\n", self.place(&path)));
        }
        xml.push_str("</sitemapindex>\n");
        Ok(xml)
    }

    /// `None` if there is nothing in it.
    async fn part(&self, part: Part<'_>) -> Result<Option<String>> {
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
        Ok((!is_empty).then(|| self.file(&pages, &products)))
    }

    /// Paths of the pages that list products.
    async fn pages(&self) -> Result<Vec<String>> {
        let categories = read::categories(&self.state.services.db).await?;
        let categories = categories.iter().map(|c| address::category(&c.slug));
        let pages = ["/".to_owned(), "/products".to_owned()].into_iter();
        Ok(pages.chain(categories).collect())
    }

    fn file(&self, pages: &[String], products: &[Mapped]) -> String {
        let mut xml = begin("urlset");
        for path in pages {
            xml.push_str(&format!("<url>{}</url>\n", self.place(path)));
        }
        for product in products {
            let path = address::product(&product.slug);
            let day = jiff::Timestamp::from_millisecond(product.updated_at)
                .map(|time| time.to_string().chars().take(10).collect::<String>())
                .unwrap_or_default();
            xml.push_str(&format!(
                "<url>{}<lastmod>{day}</lastmod></url>\n",
                self.place(&path)
            ));
        }
        xml.push_str("</urlset>\n");
        xml
    }

    fn place(&self, path: &str) -> String {
        format!("<loc>{}{}</loc>", escape(self.base), escape(path))
    }
}

fn begin(kind: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{kind} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    )
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX - 1)
}
