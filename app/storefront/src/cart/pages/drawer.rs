//! The cart beside the page, shown once something was put into it.
//!
//! It is on every page and holds nothing of the visitor: a script fills it with what the cart's own
//! page shows. Without script there is only that page.

use app::{
    cart::text::Text,
    locale::{href, locale},
    style,
    ui::{
        form::PAGE,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

const TITLE: &str = "cart-drawer-title";

pub fn drawer() -> impl IntoView {
    let text = Text::from(locale());
    view! {
        <dialog
            class="cart-drawer"
            aria-labelledby=TITLE
            data-script=style::CART.href()
            data-page=href("/cart")
        >
            <div class="drawer-head">
                <h2 id=TITLE tabindex="-1">{text.your_cart()}</h2>
                <button class="drawer-close" type="button" data-close aria-label=text.close()>
                    {icon(Icon::Close)}
                </button>
            </div>
            <p class="cart-drawer-said" role="status" data-added=text.added()></p>
            <div class="cart-drawer-lines"></div>
            {foot()}
        </dialog>
        <script type="module" src=style::CART_OPENER.href()></script>
    }
}

/// The form is that of the cart's page: each line is checked on the server, and that page tells what
/// is wrong.
fn foot() -> impl IntoView {
    let text = Text::from(locale());
    view! {
        <div class="cart-drawer-foot">
            <div class="cart-drawer-sums"></div>
            <form action=href("/api/checkout/validate") method="post">
                <input type="hidden" name=PAGE value="/cart"/>
                <button class="btn btn-primary btn-large btn-block" type="submit">
                    {text.check_out()}
                </button>
            </form>
            <a class="btn btn-block" href=href("/cart")>{text.view_cart()}</a>
        </div>
    }
}
