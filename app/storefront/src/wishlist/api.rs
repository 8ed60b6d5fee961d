//! `/api/wishlist/…`

use app::{cart::types::CartView, error::ShopError, wishlist::types::WishlistView};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
mod ssr {
    pub use super::super::pages::page::{MOVED, REMOVED, SAVED, refused_address};
    use crate::wishlist::text::Text;
    pub(super) use app::cart::api::{may_fill, remember_cart};
    pub use app::{
        braking::braking,
        cart::ports::{CartItem, cart},
        catalog::{address, ports::catalog},
        error::ErrorKind,
        reply::{cart_lifetime, go_to, set_cookie},
        visitor::visitor,
        wishlist::{
            cookies::WISHLIST,
            ports::{Owner, wishlist},
        },
    };
    use app::{
        error::ShopError, locale::locale, reply::SESSION_LIFETIME, wishlist::cookies::WISHLIST_HINT,
    };

    pub fn product_gone() -> ShopError {
        ShopError::field("product_id", Text::from(locale()).product_gone())
    }

    pub fn several_versions() -> ShopError {
        ShopError::field("product_id", Text::from(locale()).several_versions())
    }

    /// Tells scripts whether there is something to ask for.
    pub fn hint(products: &[String]) {
        match products.is_empty() {
            true => set_cookie(WISHLIST_HINT, "", 0),
            false => set_cookie(WISHLIST_HINT, "1", SESSION_LIFETIME),
        }
    }
}

/// Saves a product.
#[server(endpoint = "wishlist/add")]
pub async fn add_to_wishlist(
    #[server(default)] product_id: String,
) -> Result<Vec<String>, ShopError> {
    use ssr::*;
    let visitor = visitor();
    let owner = Owner::of(&visitor);
    let may = match wishlist().is_kept(owner).await? {
        true => Ok(()),
        false => braking().may_begin(&visitor).await,
    };
    let saved = match may {
        Ok(()) => wishlist().add(owner, &product_id).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(saved) => {
            if let Some(token) = saved.device {
                set_cookie(WISHLIST, &token, cart_lifetime());
            }
            hint(&saved.products);
            go_to(SAVED);
            Ok(saved.products)
        }
        Err(error) => {
            // Hearts are on pages that have nowhere to say it: the list's page does.
            if let Some(page) = refused_address(&error) {
                go_to(page);
            }
            Err(error)
        }
    }
}

#[server(endpoint = "wishlist/remove")]
pub async fn remove_from_wishlist(
    #[server(default)] product_id: String,
) -> Result<Vec<String>, ShopError> {
    use ssr::*;
    let left = wishlist()
        .remove(Owner::of(&visitor()), &product_id)
        .await?;
    hint(&left);
    go_to(REMOVED);
    Ok(left)
}

/// Puts a product into the cart, as any other way does, and takes it out of the list. One that comes
/// in several versions has to be chosen on its own page.
#[server(endpoint = "wishlist/move")]
pub async fn move_to_cart(#[server(default)] product_id: String) -> Result<CartView, ShopError> {
    use ssr::*;
    let product = match catalog().product_by_id(&product_id).await {
        Ok(product) => product,
        Err(error) if error.kind == ErrorKind::NotFound => {
            return Err(product_gone());
        }
        Err(error) => return Err(error),
    };
    let [only] = product.variants.as_slice() else {
        go_to(&address::product(&product.slug));
        return Err(several_versions());
    };
    let visitor = visitor();
    may_fill(&visitor).await?;
    let item = CartItem::Variant(only.id.clone());
    let port = cart().with_tickets(visitor.tickets());
    let (token, cart) = port.add(visitor.cart.as_deref(), item, 1).await?;
    remember_cart(&token);
    let left = wishlist().remove(Owner::of(&visitor), &product_id).await?;
    hint(&left);
    go_to(MOVED);
    Ok(cart)
}

/// Ids of the products in the list, newest first.
#[server(endpoint = "wishlist/products", input = server_fn::codec::GetUrl)]
pub async fn wishlist_products() -> Result<Vec<String>, ShopError> {
    use ssr::*;
    let products = wishlist().products(Owner::of(&visitor())).await?;
    if products.is_empty() {
        hint(&products);
    }
    Ok(products)
}

/// The list as it is.
#[server(endpoint = "wishlist", input = server_fn::codec::GetUrl)]
pub async fn wishlist() -> Result<WishlistView, ShopError> {
    use ssr::*;
    wishlist().view(Owner::of(&visitor())).await
}
