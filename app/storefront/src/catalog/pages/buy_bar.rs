//! On a phone: what is chosen goes into the cart from a bar, too, while the form's own button is out of
//! sight. A script shows it, and keeps it as that button is; without one it is at the foot of the screen as long as
//! the product is.

use app::{catalog::text::Text, locale::locale, style};
use leptos::prelude::*;

use super::picker::BUY_FORM;

pub fn buy_bar(title: &str) -> impl IntoView + use<> {
    view! {
        // Keyboards and readers have the form: this would be its button a second time.
        <div class="buy-bar" aria-hidden="true">
            <p class="buy-bar-what">
                <span class="buy-bar-title">{title.to_owned()}</span>
                <span class="buy-bar-price"></span>
            </p>
            <button class="btn btn-primary" type="submit" form=BUY_FORM tabindex="-1">
                {Text::from(locale()).add_to_cart()}
            </button>
        </div>
        <script type="module" src=style::BUY_BAR.href()></script>
    }
}
