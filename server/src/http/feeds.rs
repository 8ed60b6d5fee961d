//! For search engines.

use axum::{
    extract::{Request, State},
    http::header,
    response::IntoResponse,
};

use super::{HttpState, Reply, page};
use crate::catalog::read;

pub async fn robots(State(state): State<HttpState>) -> Reply {
    let base = state.services.settings.base_url();
    let text = format!(
        "User-agent: *\nDisallow: /account\nDisallow: /api/\nDisallow: /cart\nDisallow: /checkout\n\
         Disallow: /orders\n\nSitemap: {base}/sitemap.xml\n"
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

pub async fn sitemap(State(state): State<HttpState>, request: Request) -> Reply {
    let db = &state.services.db;
    let found = async { Ok((read::categories(db).await?, read::slugs(db).await?)) };
    let (categories, products) = match found.await {
        Ok(found) => found,
        Err(error) => {
            let error: crate::error::Error = error;
            return page::refused(&state, request, error.into()).await;
        }
    };
    let base = state.services.settings.base_url();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let pages = ["/".to_owned(), "/products".to_owned()].into_iter();
    let pages = pages.chain(categories.iter().map(|c| format!("/categories/{}", c.slug)));
    for path in pages {
        xml.push_str(&format!("<url><loc>{base}{path}</loc></url>\n"));
    }
    for (slug, updated_at) in products {
        let day = jiff::Timestamp::from_millisecond(updated_at)
            .map(|time| time.to_string().chars().take(10).collect::<String>())
            .unwrap_or_default();
        xml.push_str(&format!(
            "<url><loc>{base}/products/{slug}</loc><lastmod>{day}</lastmod></url>\n"
        ));
    }
    xml.push_str("</urlset>\n");
    (
        [(header::CONTENT_TYPE, "application/xml; charset=utf-8")],
        xml,
    )
        .into_response()
}
