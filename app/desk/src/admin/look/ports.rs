//! What the server provides to the look's page.

use std::sync::Arc;

use app::{
    error::ShopResult,
    identity::Account,
    locale::Locale,
    look::{
        Look,
        types::{LookPicture, STANDARD},
    },
    shop::shop,
};
use async_trait::async_trait;

use super::{
    faults::LookFault,
    types::{LookSaved, Place},
};

/// The page with the form.
pub const HERE: &str = "/admin/look";
/// An accent of the shop's own, in the form.
pub const OWN: &str = "hue";

/// The look of the shop, for its form.
#[derive(Debug, Clone)]
pub struct LookView {
    pub look: Look,
    pub version: i64,
    pub changed: Option<Changed>,
}

/// Who changed the look, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// In milliseconds since 1970.
    pub at: i64,
    /// An e-mail address.
    pub by: String,
}

/// The whole form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LookForm {
    /// Of the look the form was made from; any other is a `conflict`.
    pub version: String,
    /// `standard`, or `hue` for the one below.
    pub accent: String,
    /// Degrees, 0 to 359.
    pub hue: String,
    /// A word of [`Corners`](app::look::types::Corners).
    pub corners: String,
    /// A word of [`Font`](app::look::types::Font).
    pub font: String,
    /// Ids of uploaded pictures; empty for none.
    pub logo: String,
    pub logo_dark: String,
    pub icon: String,
    /// Anything: the picture is to go.
    pub remove_logo: String,
    pub remove_logo_dark: String,
    pub remove_icon: String,
}

impl LookForm {
    /// A form that changes nothing.
    pub fn of(look: &Look, version: i64) -> Self {
        let id = |picture: &Option<LookPicture>| {
            let id = picture.as_ref().map(|picture| picture.id.clone());
            id.unwrap_or_default()
        };
        let hue = look.accent.hue();
        Self {
            version: version.to_string(),
            accent: match hue {
                None => STANDARD,
                Some(_) => OWN,
            }
            .to_owned(),
            hue: hue.map(|hue| hue.to_string()).unwrap_or_default(),
            corners: look.corners.as_str().to_owned(),
            font: look.font.as_str().to_owned(),
            logo: id(&look.logo),
            logo_dark: id(&look.logo_dark),
            icon: id(&look.icon),
            ..Self::default()
        }
    }

    /// The form whose fields have these values.
    pub fn read(value: impl Fn(&str) -> String) -> Self {
        Self {
            version: value("version"),
            accent: value("accent"),
            hue: value("hue"),
            corners: value("corners"),
            font: value("font"),
            logo: value("logo"),
            logo_dark: value("logo_dark"),
            icon: value("icon"),
            remove_logo: value("remove_logo"),
            remove_logo_dark: value("remove_logo_dark"),
            remove_icon: value("remove_icon"),
        }
    }

    /// Its fields that are not empty.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let fields = [
            ("version", &self.version),
            ("accent", &self.accent),
            ("hue", &self.hue),
            ("corners", &self.corners),
            ("font", &self.font),
            ("logo", &self.logo),
            ("logo_dark", &self.logo_dark),
            ("icon", &self.icon),
            ("remove_logo", &self.remove_logo),
            ("remove_logo_dark", &self.remove_logo_dark),
            ("remove_icon", &self.remove_icon),
        ];
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        fields.map(|(name, value)| (name, value.as_str())).collect()
    }

    /// The same with an uploaded picture at its place.
    #[must_use]
    pub fn with_picture(self, place: Place, id: String) -> Self {
        let stays = String::new();
        match place {
            Place::Logo => Self {
                logo: id,
                remove_logo: stays,
                ..self
            },
            Place::LogoDark => Self {
                logo_dark: id,
                remove_logo_dark: stays,
                ..self
            },
            Place::Icon => Self {
                icon: id,
                remove_icon: stays,
                ..self
            },
        }
    }

    /// The page with this form in it.
    pub fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.fields());
        format!("{HERE}?{}", query.finish())
    }
}

#[async_trait]
pub trait LookAdmin: Send + Sync {
    async fn look(&self) -> ShopResult<LookView>;
    /// What the form would make of the look, and what is wrong with it, each with its field. What is
    /// wrong is as it was.
    async fn draft(&self, form: &LookForm) -> ShopResult<(Look, Vec<(&'static str, LookFault)>)>;
    /// Checks and saves all of it. When this returns, no node shows the old one. What is wrong is
    /// said in the language `locale`.
    async fn save(&self, actor: &Account, locale: Locale, form: LookForm) -> ShopResult<LookSaved>;
    /// Draws a picture for a place and keeps it for a look to name, a day at least.
    async fn add_picture(
        &self,
        place: Place,
        bytes: Vec<u8>,
    ) -> ShopResult<Result<LookPicture, LookFault>>;
}

/// See [`LookAdmin`].
pub fn look_admin() -> Arc<dyn LookAdmin> {
    shop().port()
}
