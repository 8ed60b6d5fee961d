//! What the server provides to pages and server functions, one trait per feature.
//!
//! Server functions cannot be generic, so the implementations come through the context.

use std::sync::Arc;

use async_trait::async_trait;
use leptos::prelude::expect_context;

use crate::{
    account::types::{Account, Role},
    admin::types::{
        AdminProduct, AdminProductRow, Paged, ProductChange, ProductSaved, StockAdjusted,
    },
    cart::types::CartView,
    catalog::{
        query::ListQuery,
        types::{Card, Category, Home, Product, ProductList, Suggestion},
    },
    checkout::types::{CheckoutView, Contact, PaymentInput, PlaceOrder, Placed, Validation},
    error::ShopError,
    orders::types::{Order, OrderRow, OrderStatus},
};

pub type ShopResult<T> = Result<T, ShopError>;

/// What every page may need to know of the shop itself.
#[derive(Debug, Clone)]
pub struct ShopSettings {
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// Without a trailing slash, for canonical addresses.
    pub base_url: String,
    /// Percent times 100, contained in prices.
    pub tax_basis_points: i64,
}

/// The shop, as pages and server functions find it in their context.
#[derive(Clone)]
pub struct Shop {
    pub settings: Arc<ShopSettings>,
    pub catalog: Arc<dyn Catalog>,
    pub cart: Arc<dyn Cart>,
    pub checkout: Arc<dyn Checkout>,
    pub orders: Arc<dyn Orders>,
    pub accounts: Arc<dyn Accounts>,
    pub admin: Arc<dyn Admin>,
}

/// The shop of the request at hand.
pub fn shop() -> Shop {
    expect_context::<Shop>()
}

/// Who asks: read from the cookies once per request.
#[derive(Clone, Default)]
pub struct Visitor {
    /// The cart cookie's value, if it has the right form.
    pub cart: Option<String>,
    /// The session cookie's value.
    pub session: Option<String>,
    /// Who is signed in.
    pub account: Option<Account>,
    /// Address of the client, for limits.
    pub client: String,
}

pub fn visitor() -> Visitor {
    expect_context::<Visitor>()
}

/// The signed-in member of staff; for everybody else the page does not exist.
pub fn staff() -> ShopResult<Account> {
    visitor()
        .account
        .filter(|account| matches!(account.role, Role::Staff | Role::Admin))
        .ok_or_else(ShopError::not_found)
}

/// The signed-in admin; for everybody else the page does not exist.
pub fn admin() -> ShopResult<Account> {
    staff().and_then(|account| match account.role {
        Role::Admin => Ok(account),
        _ => Err(ShopError::not_found()),
    })
}

#[async_trait]
pub trait Catalog: Send + Sync {
    /// An active product; `not_found` otherwise.
    async fn product(&self, slug: &str) -> ShopResult<Arc<Product>>;
    /// The same by the product's id.
    async fn product_by_id(&self, id: &str) -> ShopResult<Arc<Product>>;
    async fn related(&self, product: &Product) -> ShopResult<Arc<Vec<Card>>>;
    async fn list(&self, query: &ListQuery) -> ShopResult<Arc<ProductList>>;
    async fn home(&self) -> ShopResult<Arc<Home>>;
    /// Categories that hold at least one active product.
    async fn categories(&self) -> ShopResult<Arc<Vec<Category>>>;
    async fn suggest(&self, text: &str) -> ShopResult<Vec<Suggestion>>;
}

/// What is to go into a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CartItem {
    Variant(String),
    /// A product's id with one value per option, as the picker sends it without script.
    Options {
        product_id: String,
        values: [String; 3],
    },
}

#[async_trait]
pub trait Cart: Send + Sync {
    /// The cart as it stands, each line checked against what is sold now.
    async fn view(&self, token: Option<&str>) -> ShopResult<CartView>;
    /// Adds to the cart, making one if need be; the first of the pair is the cart's token.
    async fn add(
        &self,
        token: Option<&str>,
        item: CartItem,
        quantity: i64,
    ) -> ShopResult<(String, CartView)>;
    /// Sets a line's quantity; zero removes it.
    async fn update(
        &self,
        token: Option<&str>,
        variant_id: &str,
        quantity: i64,
    ) -> ShopResult<CartView>;
    async fn remove(&self, token: Option<&str>, variant_id: &str) -> ShopResult<CartView>;
    /// Takes note that the shopper has seen `price_minor` for a line.
    async fn accept_price(
        &self,
        token: Option<&str>,
        variant_id: &str,
        price_minor: i64,
    ) -> ShopResult<CartView>;
}

#[async_trait]
pub trait Checkout: Send + Sync {
    async fn validate(&self, cart: Option<&str>) -> ShopResult<Validation>;
    /// `EmptyCart` where there is nothing to check out.
    async fn view(&self, cart: Option<&str>) -> ShopResult<CheckoutView>;
    async fn save_contact(&self, cart: Option<&str>, contact: Contact) -> ShopResult<()>;
    async fn save_shipping(&self, cart: Option<&str>, rate: &str) -> ShopResult<()>;
    async fn save_payment(&self, cart: Option<&str>, payment: PaymentInput) -> ShopResult<()>;
    /// Places the order, or tells of the first one if the key was used before.
    async fn place(&self, cart: Option<&str>, order: PlaceOrder) -> ShopResult<Placed>;
}

#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Part of a number, name or e-mail address.
    pub text: Option<String>,
    pub status: Option<OrderStatus>,
    pub page: i64,
}

#[async_trait]
pub trait Orders: Send + Sync {
    async fn by_token(&self, token: &str) -> ShopResult<Order>;
    async fn look_up(&self, number: &str, email: &str) -> ShopResult<Order>;
    async fn by_id(&self, id: &str) -> ShopResult<Order>;
    async fn list(&self, filter: &OrderFilter) -> ShopResult<Paged<OrderRow>>;
    /// Cancels an order that is not packed yet and gives its units back once.
    async fn cancel(&self, actor: &Account, id: &str) -> ShopResult<Order>;
}

#[async_trait]
pub trait Accounts: Send + Sync {
    /// The value for the session cookie and whose session it is.
    async fn sign_in(
        &self,
        client: &str,
        email: &str,
        password: &str,
    ) -> ShopResult<(String, Account)>;
    async fn sign_out(&self, session: &str) -> ShopResult<()>;
    /// Whether a one-time set-up address is good, without using it up.
    async fn setup_is_open(&self, token: &str) -> ShopResult<bool>;
    /// Makes the first admin and signs them in.
    async fn set_up(
        &self,
        token: &str,
        email: &str,
        password: &str,
    ) -> ShopResult<(String, Account)>;
}

#[derive(Debug, Clone, Default)]
pub struct ProductFilter {
    pub text: Option<String>,
    pub active: Option<bool>,
    pub page: i64,
}

#[async_trait]
pub trait Admin: Send + Sync {
    async fn products(&self, filter: &ProductFilter) -> ShopResult<Paged<AdminProductRow>>;
    async fn product(&self, id: &str) -> ShopResult<AdminProduct>;
    async fn category_names(&self) -> ShopResult<Vec<String>>;
    async fn create_product(
        &self,
        actor: &Account,
        change: ProductChange,
    ) -> ShopResult<ProductSaved>;
    async fn update_product(
        &self,
        actor: &Account,
        id: &str,
        change: ProductChange,
    ) -> ShopResult<ProductSaved>;
    async fn delete_product(&self, actor: &Account, id: &str) -> ShopResult<()>;
    async fn delete_picture(&self, actor: &Account, picture_id: &str) -> ShopResult<ProductSaved>;
    async fn adjust_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        delta: i64,
        reason: &str,
    ) -> ShopResult<StockAdjusted>;
}
