#[cfg(feature = "ssr")]
pub mod addresses;
#[cfg(feature = "ssr")]
pub mod door;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod mailed;
#[cfg(feature = "ssr")]
pub mod order;
#[cfg(feature = "ssr")]
pub mod orders;
pub mod second_factor;
#[cfg(feature = "ssr")]
pub mod security;
#[cfg(feature = "ssr")]
pub mod sign_in;

#[cfg(feature = "ssr")]
use app::{account::text::Text, locale::locale};

/// What these pages say, in the language of the request at hand.
#[cfg(feature = "ssr")]
pub(crate) fn said() -> Text {
    Text::from(locale())
}
