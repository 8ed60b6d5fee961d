//! What a node serves, and what every request may look at.

use std::sync::Arc;

use app::{
    document::{Document, IslandFiles},
    shop::ShopSettings,
};
use axum::{body::Body, response::Response};
use leptos::config::LeptosOptions;
use secrecy::SecretString;

use super::{
    hook_lanes::Lanes, packed::PackedFiles, secret_pictures::SecretPictures, site_files::SiteFiles,
    timeouts::Timeouts,
};
use crate::{kept_forms::Seal, shop::Services};

pub type Reply = Response<Body>;

/// The settings as they were when a request came, so that it looks at them once.
#[derive(Clone)]
pub struct Looked(pub Arc<ShopSettings>);

/// How requests reach this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    Direct,
    /// A proxy in front sets `X-Forwarded-For`.
    BehindProxy,
}

/// What a request may need. Every layer clones it for every request, so it is one pointer.
#[derive(Clone)]
pub struct HttpState(Arc<Open>);

/// A site that is served.
struct Open {
    site: Site,
    files: SiteFiles,
    packed: PackedFiles,
    seal: Seal,
    secret_pictures: SecretPictures,
    hooks: Lanes,
}

/// What a node serves.
pub struct Site {
    pub services: Services,
    pub document: Document,
    pub leptos: LeptosOptions,
    pub islands: Arc<IslandFiles>,
    pub network: Network,
    /// Opens `/metrics`; without one nobody may read them.
    pub metrics_token: Option<SecretString>,
    pub timeouts: Timeouts,
    /// Addresses in one file of the site map.
    pub sitemap_addresses: usize,
}

impl std::ops::Deref for HttpState {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0.site
    }
}

impl HttpState {
    /// Takes note of the files that the site has now.
    pub fn open(site: Site) -> Self {
        let files = SiteFiles::of(&site.leptos);
        Self(Arc::new(Open {
            files,
            packed: PackedFiles::default(),
            seal: Seal::default(),
            secret_pictures: SecretPictures::new(&site.services.db),
            hooks: Lanes::default(),
            site,
        }))
    }

    /// Closes what browsers keep for the shop.
    pub fn seal(&self) -> &Seal {
        &self.0.seal
    }

    /// Pictures that are shown to nobody yet.
    pub fn secret_pictures(&self) -> &SecretPictures {
        &self.0.secret_pictures
    }

    /// How what payment providers tell comes in.
    pub fn hooks(&self) -> &Lanes {
        &self.0.hooks
    }

    /// Those of them that are compressed.
    pub fn packed(&self) -> &PackedFiles {
        &self.0.packed
    }

    /// The script, the wasm and what else the site's folder had at the start.
    pub fn files(&self) -> &SiteFiles {
        &self.0.files
    }
}
