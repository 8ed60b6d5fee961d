//! Which pages are asked for, and what the shop answers.

use std::net::SocketAddr;

use server::db::{Get, Sql};

use crate::{
    load::client::{Connection, get},
    rig::Cluster,
};

/// Pages that a miss is measured on, of each kind.
const COLD: i64 = 60;

pub struct Found {
    /// The product whose page is read; edits are made to it.
    pub product_id: String,
    product_path: String,
    pub title: String,
    pub warm: Vec<Page>,
    /// Pages of products and pages of the list that nobody has asked for yet.
    pub cold_products: Vec<String>,
    pub cold_lists: Vec<String>,
}

/// A page as it is answered in one encoding.
pub struct Page {
    pub name: &'static str,
    pub path: String,
    /// As a request asks for it and an answer has it; `None` is plain.
    pub encoding: Option<&'static str>,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Page {
    pub fn request(&self, address: SocketAddr, path: &str) -> Vec<u8> {
        let mut headers = vec![("Accept", "text/html")];
        headers.extend(self.encoding.map(|name| ("Accept-Encoding", name)));
        get(address, path, &headers)
    }

    pub fn words(&self) -> String {
        let encoding = self.encoding.unwrap_or("identity");
        let kib = self.body.len() as f64 / 1024.0;
        format!("{}, {encoding}, {kib:.1} KiB", self.name)
    }
}

/// The addresses of a catalogue's pages; nothing is asked of a node yet.
pub async fn find(cluster: &Cluster) -> Found {
    let products = async |rest: String| -> Vec<[String; 3]> {
        let sql = format!("SELECT id, slug, title FROM products {rest}");
        let rows = Sql::new(&sql).fetch_all(cluster.db.reader()).await;
        let rows = rows.expect("the catalogue can be read").into_iter();
        rows.map(|row| ["id", "slug", "title"].map(|name| row.text(name).expect("a text")))
            .collect()
    };
    let path = |slug: &str| format!("/products/{slug}");
    // The longest description there is: a page like a real shop's.
    let longest = "ORDER BY LENGTH(description_html) DESC, slug LIMIT 1".to_owned();
    let [product_id, slug, title] = products(longest).await.remove(0);
    let others = format!("WHERE id <> '{product_id}' ORDER BY slug LIMIT {COLD}");
    let cold = products(others).await;
    Found {
        product_id,
        product_path: path(&slug),
        title,
        warm: Vec::new(),
        cold_products: cold.iter().map(|[_, slug, _]| path(slug)).collect(),
        cold_lists: (2..2 + COLD)
            .map(|page| format!("/products?page={page}"))
            .collect(),
    }
}

/// Asks for the pages that are to be warm, in each encoding.
pub async fn warm(address: SocketAddr, found: &mut Found) {
    let mut connection = Connection::open(address).await.expect("the node answers");
    let product = found.product_path.clone();
    let list = "/products".to_owned();
    for (name, path) in [("product page", product), ("list page", list)] {
        for encoding in [None, Some("br")] {
            let mut page = Page {
                name,
                path: path.clone(),
                encoding,
                headers: Vec::new(),
                body: Vec::new(),
            };
            let answer = connection.call(&page.request(address, &path)).await;
            let answer = answer.expect("the node answers");
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("content-encoding"), encoding, "{path}");
            page.headers = answer.headers();
            page.body = answer.body().into_owned();
            found.warm.push(page);
        }
    }
}
