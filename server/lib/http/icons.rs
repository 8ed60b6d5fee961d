//! What browsers and phones ask for to show the shop among others: its icons, and what it is called
//! on a home screen. The icon is the one that the owner has uploaded, or the shop's mark.

use app::look::{
    ports::LookFiles,
    types::{self, LookPicture},
};
use axum::{body::Bytes, extract::State, http::header, response::IntoResponse};
use serde_json::{Value, json};

use super::{
    page,
    state::{HttpState, Reply},
};

const FAVICON: &[u8] = include_bytes!("../../../style/icons/favicon.ico");
const TOUCH_ICON: &[u8] = include_bytes!("../../../style/icons/touch-icon.png");
const ICON_192: &[u8] = include_bytes!("../../../style/icons/icon-192.png");
const ICON_512: &[u8] = include_bytes!("../../../style/icons/icon-512.png");

/// The names do not change with the icon.
const KEPT: &str = "public, max-age=3600";
/// The ground of pages by day, as `shell` tells it.
const GROUND: &str = "#fbfaf7";

/// `GET /favicon.ico`, for those that read no page before.
pub async fn favicon(State(state): State<HttpState>) -> Reply {
    icon(&state, LookPicture::icon_src, "image/x-icon", FAVICON).await
}

/// `GET /apple-touch-icon.png`
pub async fn touch_icon(State(state): State<HttpState>) -> Reply {
    icon(&state, LookPicture::touch_src, "image/png", TOUCH_ICON).await
}

/// `GET /icon-192.png`
pub async fn icon_192() -> Reply {
    sent("image/png", Bytes::from_static(ICON_192))
}

/// `GET /icon-512.png`
pub async fn icon_512() -> Reply {
    sent("image/png", Bytes::from_static(ICON_512))
}

/// `GET /site.webmanifest`
pub async fn manifest(State(state): State<HttpState>) -> Reply {
    let settings = state.services.settings.now_or_last().await;
    let icons = match &settings.look.icon {
        Some(icon) => own_icons(icon),
        None => json!([
            { "src": "/icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any maskable" },
            { "src": "/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any maskable" },
        ]),
    };
    let manifest = json!({
        "name": settings.name,
        "short_name": settings.name,
        "start_url": "/",
        "scope": "/",
        // With the browser's own way back.
        "display": "minimal-ui",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": icons,
    });
    sent("application/manifest+json", manifest.to_string().into())
}

/// In the sizes that they have.
fn own_icons(icon: &LookPicture) -> Value {
    let large = icon.large_src().map(|src| (src, icon.width));
    let small = [
        (icon.icon_src(), types::ICON),
        (icon.touch_src(), types::TOUCH_ICON),
    ];
    let icons = large.into_iter().chain(small).map(
        |(src, side)| json!({ "src": src, "sizes": format!("{side}x{side}"), "type": "image/png" }),
    );
    icons.collect()
}

/// The owner's icon in one of its forms, or the built-in one.
async fn icon(
    state: &HttpState,
    address: fn(&LookPicture) -> String,
    kind: &'static str,
    built_in: &'static [u8],
) -> Reply {
    let settings = state.services.settings.now_or_last().await;
    if let Some(own) = &settings.look.icon {
        let files = state.services.shop.port::<dyn LookFiles>();
        let address = address(own);
        let name = address.rsplit('/').next().unwrap_or_default();
        match files.picture(name).await {
            Ok(Some(picture)) => return sent(picture.content_type, picture.bytes.into()),
            Ok(None) => {}
            Err(error) => return page::json_error(&error),
        }
    }
    sent(kind, Bytes::from_static(built_in))
}

fn sent(kind: &'static str, bytes: Bytes) -> Reply {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEPT)];
    (headers, bytes).into_response()
}
