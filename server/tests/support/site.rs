//! The site over HTTP: the real router on a free port, and browsers that visit it.

use std::{net::SocketAddr, sync::Arc};

use app::document::IslandFiles;
use leptos::config::LeptosOptions;
use reqwest::{
    Client, Method, RequestBuilder, StatusCode,
    header::{ACCEPT, HeaderMap, LOCATION, SET_COOKIE},
    redirect::Policy,
};
use serde_json::Value;
use server::http::{ConnectionLimits, Network, SITEMAP_ADDRESSES, Timeouts, router, serve};
use storefront::shell::shell;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

use super::TestShop;

/// How a site is opened, as a server does unless told otherwise.
pub struct Doors {
    pub network: Network,
    pub metrics_token: Option<String>,
    pub connections: ConnectionLimits,
    pub timeouts: Timeouts,
    pub sitemap_addresses: usize,
}

impl Default for Doors {
    fn default() -> Self {
        Self {
            network: Network::Direct,
            metrics_token: None,
            connections: ConnectionLimits::default(),
            timeouts: Timeouts::default(),
            sitemap_addresses: SITEMAP_ADDRESSES,
        }
    }
}

pub struct Site {
    pub address: SocketAddr,
    closing: CancellationToken,
    serving: JoinHandle<()>,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl TestShop {
    /// Opens the shop's site.
    pub async fn open(&self) -> Site {
        self.open_as(Network::Direct, None).await
    }

    /// Opens the shop's site on such a network, with this token for its metrics.
    pub async fn open_as(&self, network: Network, metrics_token: Option<&str>) -> Site {
        self.open_with(Doors {
            network,
            metrics_token: metrics_token.map(str::to_owned),
            ..Doors::default()
        })
        .await
    }

    /// Opens the shop's site in this way.
    pub async fn open_with(&self, doors: Doors) -> Site {
        let root = self.folder.path().join("site");
        std::fs::create_dir_all(root.join("pkg")).unwrap();
        std::fs::write(root.join("pkg/holdfast.js"), "export {}").unwrap();
        std::fs::write(root.join("favicon.svg"), "<svg/>").unwrap();
        let leptos = LeptosOptions::builder()
            .output_name("holdfast")
            .site_root(root.display().to_string())
            .site_pkg_dir("pkg")
            .hash_files(false)
            .build();
        let router = router(server::http::Site {
            services: self.services.clone(),
            document: shell,
            islands: Arc::new(IslandFiles::named(&leptos, "")),
            leptos,
            network: doors.network,
            metrics_token: doors.metrics_token.map(Into::into),
            timeouts: doors.timeouts,
            sitemap_addresses: doors.sitemap_addresses,
        })
        .await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let closing = CancellationToken::new();
        let closed = closing.clone().cancelled_owned();
        let serving = tokio::spawn(async move {
            serve(listener, router, doors.connections, closed)
                .await
                .expect("the site is served");
        });
        Site {
            address,
            closing,
            serving,
        }
    }
}

impl Site {
    /// Closes the site as its server does: what is being answered is answered first.
    pub async fn close(mut self) {
        self.closing.cancel();
        (&mut self.serving).await.expect("the site was served");
    }

    /// Sends bytes as they are, which no well-behaved client would, and gives back all that is
    /// answered until the site hangs up.
    pub async fn raw(&self, request: &[u8]) -> String {
        let stream = TcpStream::connect(self.address).await;
        let mut stream = stream.expect("the site listens");
        stream.write_all(request).await.expect("the site reads");
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer).await;
        read.expect("the answer is whole");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A new browser without any cookies.
    pub fn browser(&self) -> Browser {
        let http = Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .gzip(false)
            .build()
            .unwrap();
        Browser {
            http,
            base: format!("http://{}", self.address),
        }
    }
}

/// Keeps cookies and follows no redirect.
#[derive(Clone)]
pub struct Browser {
    pub http: Client,
    pub base: String,
}

pub const HTML: &str = "text/html,application/xhtml+xml";
pub const JSON: &str = "application/json";

impl Browser {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Goes to a page as a browser does.
    pub async fn page(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).header(ACCEPT, HTML)).await
    }

    /// Goes to a page, and on to where it sends.
    pub async fn visit(&self, path: &str) -> Answer {
        let mut answer = self.page(path).await;
        while answer.status == 303 {
            answer = self.page(answer.location()).await;
        }
        answer
    }

    /// Reads JSON.
    pub async fn read(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).header(ACCEPT, JSON)).await
    }

    /// Sends a plain form as a browser without scripts does, and goes back to its page if it is refused.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::POST, path).header(ACCEPT, HTML);
        self.send(request.form(fields)).await
    }

    /// Sends a form of whatever kind that asks for a page, and goes back to its page if it is refused.
    pub async fn send(&self, form: RequestBuilder) -> Answer {
        let answer = Answer::of(form).await;
        match answer.leads_back() {
            true => self.back(&answer).await,
            false => answer,
        }
    }

    /// Goes where a form leads back to.
    pub async fn back(&self, sent: &Answer) -> Answer {
        let mut page = self.page(sent.location()).await;
        // The page may be gone: another one says so.
        while page.leads_back() {
            page = self.page(page.location()).await;
        }
        page.came_back = true;
        page
    }

    /// Calls a function as a program does.
    pub async fn call(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::POST, path).header(ACCEPT, JSON);
        Answer::of(request.form(fields)).await
    }

    /// Puts units of a variant into the cart.
    pub async fn add(&self, variant_id: &str, quantity: i64) -> Answer {
        let quantity = quantity.to_string();
        let fields = [("variant_id", variant_id), ("quantity", &quantity)];
        self.call("/api/cart/add", &fields).await
    }

    pub async fn sign_in(&self, email: &str) -> Answer {
        let fields = [("email", email), ("password", super::PASSWORD)];
        self.call("/api/admin/sign-in", &fields).await
    }
}

/// What debug builds write behind some elements, in whose place nothing is shown.
const PLACE: &str = "<!>";

/// A whole answer, read to its end; a page as a release has it.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
    /// It is the page that a form came back to.
    came_back: bool,
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("the site answers");
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response
                .text()
                .await
                .expect("the answer is whole")
                .replace(PLACE, ""),
            came_back: false,
        }
    }

    /// Whether a form is led back to its page, where it is shown with what was typed.
    pub fn leads_back(&self) -> bool {
        let key = self.location().rsplit_once("form=");
        self.status == 303 && key.is_some_and(|(_, key)| key.len() == 16)
    }

    /// The page that a refused form came back to.
    #[track_caller]
    pub fn refused(self) -> Self {
        let answer = self.came_back();
        assert!(answer.body.contains("role=\"alert\""), "{}", answer.body);
        answer
    }

    /// The page that a form came back to.
    #[track_caller]
    pub fn came_back(self) -> Self {
        assert!(
            self.came_back,
            "it was taken: {:?}\n{}",
            self.headers, self.body
        );
        self.expect(200)
    }

    /// The answer, if it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:?}\n{}", self.headers, self.body);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), JSON, "{}", self.body);
        serde_json::from_str(&self.body).expect("the answer is JSON")
    }

    /// A header's value; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("it is a text"))
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// What sets a cookie of this name, attributes and all.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .find(|value| value.starts_with(&format!("{name}=")))
            .map(str::to_owned)
    }

    /// The kind of a refusal.
    #[track_caller]
    pub fn kind(&self) -> String {
        self.json()["error"]["kind"]
            .as_str()
            .unwrap_or_else(|| panic!("this is no refusal: {}", self.body))
            .to_owned()
    }

    /// Names of the fields that a refusal marks.
    #[track_caller]
    pub fn fields(&self) -> Vec<String> {
        let json = self.json();
        let fields = json["error"]["fields"].as_array().expect("a list");
        fields
            .iter()
            .map(|field| field["field"].as_str().expect("a name").to_owned())
            .collect()
    }
}
