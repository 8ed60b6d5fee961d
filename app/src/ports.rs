//! What the server provides to pages and server functions, one trait per feature.
//!
//! Server functions cannot be generic, so the implementations come through the context.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use leptos::prelude::expect_context;

use crate::{
    account::{
        second_factor::ports::Proof,
        types::{Account, Role},
    },
    admin::{
        bulk::{BulkAction, BulkSelection},
        jobs::{ImportChoices, JobState, JobSummary, JobView},
        product_query::ProductFilter,
        stock::{PriceSet, StockHistory, StockRow, StockTable},
        types::{
            AdminProduct, Paged, ProductChange, ProductSaved, ProductSnapshot, ProductTable,
            StockAdjusted,
        },
    },
    audience,
    cart::types::CartView,
    catalog::{
        query::ListQuery,
        types::{Card, Category, Home, Product, ProductList, Suggestion},
    },
    checkout::{
        countries::DeliveryCountries,
        types::{CheckoutView, Contact, PaymentInput, PlaceOrder, Placed, Validation},
    },
    error::{ErrorKind, ShopError},
    orders::{
        desk::{DeskOrder, Quote, RefundRequest},
        types::{Order, OrderRow, OrderStatus, Parcel},
    },
};

pub use crate::{
    account::{
        ports::{Accounts, OwnAccount, OwnOrders, Reordered, SignedIn, Standing},
        second_factor::ports::SecondFactors,
    },
    admin::log::AuditLog,
    customers::ports::Customers,
    dashboard::ports::Dashboard,
    settings::ports::SettingsDesk,
    staff::ports::Staff,
};

pub type ShopResult<T> = Result<T, ShopError>;

/// What every page may need to know of the shop itself, as it is at one moment.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ShopSettings {
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// Without a trailing slash, for canonical addresses. Not for an admin to change.
    pub base_url: String,
    /// Percent times 100, contained in prices.
    pub tax_basis_points: i64,
    /// A name of the IANA's, whose days the dashboard's are.
    pub time_zone: String,
    /// Who mails come from; empty: as the command line says.
    pub mail_from: String,
    /// How long an order waits for its payment before its units are for sale again.
    pub payment_hold_minutes: i64,
    /// How long a cart lives that nobody touches.
    pub cart_days: i64,
    /// Stock is low at this number of units and below.
    pub low_stock: i64,
    /// Whether everybody on the staff must have a second factor.
    pub second_factor_required: bool,
    pub delivers_to: DeliveryCountries,
}

impl Default for ShopSettings {
    fn default() -> Self {
        Self {
            name: "Holdfast".to_owned(),
            currency: "EUR".to_owned(),
            base_url: "http://localhost".to_owned(),
            tax_basis_points: 1900,
            time_zone: "UTC".to_owned(),
            mail_from: String::new(),
            payment_hold_minutes: 30,
            cart_days: 30,
            low_stock: 5,
            second_factor_required: false,
            delivers_to: DeliveryCountries::default(),
        }
    }
}

impl ShopSettings {
    /// Whether there is tax in prices, which is said only then.
    pub const fn includes_tax(&self) -> bool {
        self.tax_basis_points > 0
    }
}

/// The shop, as pages and server functions find it in their context.
#[derive(Clone)]
pub struct Shop {
    /// As they were when the request was taken.
    pub settings: Arc<ShopSettings>,
    pub catalog: Arc<dyn Catalog>,
    pub cart: Arc<dyn Cart>,
    pub checkout: Arc<dyn Checkout>,
    pub orders: Arc<dyn Orders>,
    pub order_desk: Arc<dyn OrderDesk>,
    pub accounts: Arc<dyn Accounts>,
    pub own_account: Arc<dyn OwnAccount>,
    pub second_factors: Arc<dyn SecondFactors>,
    pub own_orders: Arc<dyn OwnOrders>,
    pub admin: Arc<dyn Admin>,
    pub audit_log: Arc<dyn AuditLog>,
    pub jobs: Arc<dyn CatalogJobs>,
    pub staff: Arc<dyn Staff>,
    pub customers: Arc<dyn Customers>,
    pub settings_desk: Arc<dyn SettingsDesk>,
    pub dashboard: Arc<dyn Dashboard>,
}

/// The shop of the request at hand.
pub fn shop() -> Shop {
    expect_context::<Shop>()
}

/// Who asks: read from the cookies once per request.
#[derive(Clone, Default)]
pub struct Visitor {
    /// Names the cart: the account's once somebody is signed in, the one of the cookie otherwise.
    pub cart: Option<String>,
    /// The session cookie's value.
    pub session: Option<String>,
    /// Names a sign-in that waits for its code: the cookie's value.
    pub pending_sign_in: Option<String>,
    /// Who is signed in.
    pub account: Option<Account>,
    /// By what it is known that they are who they say.
    pub proof: Proof,
    /// Network of the client, to count by.
    pub client: String,
    /// Browser and system, in words; may be empty.
    pub device: String,
    pub refused: RoleRefused,
}

/// Whether a role was asked for that the visitor does not have. Who answers the request tells of it,
/// once, however often a page asks while it is rendered.
#[derive(Debug, Clone, Default)]
pub struct RoleRefused(Arc<AtomicBool>);

impl Visitor {
    /// Who is signed in, if their role is this one or a higher one; for everybody else what they
    /// ask for does not exist. Who has the role and no second factor is told so where the shop
    /// requires one of its staff: that is no refused role.
    pub fn with_role(&self, least: Role, settings: &ShopSettings) -> ShopResult<Account> {
        let account = self.account.clone();
        let Some(account) = account.filter(|account| account.role >= least) else {
            self.refused.0.store(true, Ordering::Relaxed);
            return Err(ShopError::not_found());
        };
        let is_bare = account.is_staff() && self.proof == Proof::Password;
        if settings.second_factor_required && is_bare {
            return Err(ShopError::new(
                ErrorKind::SecondFactorNeeded,
                "The shop asks everybody on the staff for a second factor. Set it up under \
                 Sign-in and security in your account.",
            ));
        }
        Ok(account)
    }

    pub fn was_refused_a_role(&self) -> bool {
        self.refused.0.load(Ordering::Relaxed)
    }

    /// Refused for who has a second factor and has not entered a code lately: for what moves money,
    /// roles or personal data.
    pub fn confirmed(&self) -> ShopResult<()> {
        match self.proof {
            Proof::Password | Proof::FreshCode => Ok(()),
            Proof::Code => Err(ShopError::new(
                ErrorKind::ConfirmNeeded,
                "Confirm that it is you: send this again with a code of your authenticator app, or \
                 a recovery code, as confirm_code.",
            )),
        }
    }
}

/// The visitor of the request at hand. A page that asks for it is for this visitor alone.
pub fn visitor() -> Visitor {
    audience::for_the_visitor();
    expect_context::<Visitor>()
}

/// The signed-in member of staff; for everybody else the page does not exist.
pub fn staff() -> ShopResult<Account> {
    visitor().with_role(Role::Staff, &shop().settings)
}

/// The signed-in admin; for everybody else the page does not exist.
pub fn admin() -> ShopResult<Account> {
    visitor().with_role(Role::Admin, &shop().settings)
}

/// See [`Visitor::confirmed`].
pub fn confirmed() -> ShopResult<()> {
    visitor().confirmed()
}

/// [`staff`] who have entered a code lately, if they have a second factor.
pub fn confirmed_staff() -> ShopResult<Account> {
    let account = staff()?;
    confirmed().map(|()| account)
}

/// [`admin`] who has entered a code lately, if they have a second factor.
pub fn confirmed_admin() -> ShopResult<Account> {
    let account = admin()?;
    confirmed().map(|()| account)
}

/// [`admin`] who has a second factor, and has entered a code lately.
pub fn admin_by_code() -> ShopResult<Account> {
    let account = confirmed_admin()?;
    match visitor().proof {
        Proof::Password => Err(ShopError::new(
            ErrorKind::SecondFactorNeeded,
            "Set up a second factor of your own first, under Sign-in and security in your account.",
        )),
        Proof::Code | Proof::FreshCode => Ok(account),
    }
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
    /// Keeps who orders and where the parcel goes. Returns the cart's token from now on: a guest's
    /// cart gets a new one with other contact details, so that nobody else reads them who knew it.
    async fn save_contact(&self, cart: Option<&str>, contact: Contact) -> ShopResult<String>;
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
    /// Placed at this time or later, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Placed before this time.
    pub until: Option<i64>,
    /// E-mail address of the customer, whole.
    pub customer: Option<String>,
    /// Part of a product's title or SKU, or its slug.
    pub product: Option<String>,
    pub money: Option<MoneyFilter>,
    pub page: i64,
}

/// Orders by what is open of their money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyFilter {
    /// Something of it has to go back, by the provider or by hand.
    ToReturn,
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

/// A refund somebody wants to make.
#[derive(Debug, Clone)]
pub struct NewRefund {
    pub request: RefundRequest,
    /// 1 for the order's first: of two people who look at the same order, one makes its next.
    pub number: i64,
    /// Of the form, 16 to 64 characters: sent again, it is the same refund. May be empty.
    pub key: String,
    /// The amount that was shown; another one is refused.
    pub expected_minor: Option<i64>,
}

/// A note for the staff.
#[derive(Debug, Clone)]
pub struct NewNote {
    pub text: String,
    /// Of the form, as in [`NewRefund`].
    pub key: String,
}

/// What the staff does with orders. A step that somebody else has taken is a `conflict`.
#[async_trait]
pub trait OrderDesk: Send + Sync {
    async fn order(&self, id: &str) -> ShopResult<DeskOrder>;
    async fn pack(&self, actor: &Account, id: &str) -> ShopResult<Order>;
    async fn ship(&self, actor: &Account, id: &str, parcel: Parcel) -> ShopResult<Order>;
    async fn deliver(&self, actor: &Account, id: &str) -> ShopResult<Order>;
    /// Corrects carrier and number of an order that was shipped.
    async fn change_parcel(&self, actor: &Account, id: &str, parcel: Parcel) -> ShopResult<Order>;
    /// Notes that what was due on delivery came in.
    async fn receive(&self, actor: &Account, id: &str) -> ShopResult<Order>;
    /// What a refund would come to, without making it.
    async fn quote(&self, id: &str, request: &RefundRequest) -> ShopResult<Quote>;
    async fn refund(&self, actor: &Account, id: &str, new: NewRefund) -> ShopResult<Order>;
    /// Notes that the order's refund with this number was paid back by hand.
    async fn paid_back(&self, actor: &Account, id: &str, number: i64) -> ShopResult<Order>;
    async fn note(&self, actor: &Account, id: &str, new: NewNote) -> ShopResult<()>;
}

#[async_trait]
pub trait Admin: Send + Sync {
    async fn products(&self, filter: &ProductFilter) -> ShopResult<ProductTable>;
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
    /// Of bookings with the same `form_key`, one is made; an empty one is none.
    async fn adjust_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        delta: i64,
        reason: &str,
        form_key: &str,
    ) -> ShopResult<StockAdjusted>;
    /// Sets a variant's price, as typed. Refused if it is not `was` any more, as typed, too.
    async fn set_price(
        &self,
        actor: &Account,
        variant_id: &str,
        price: &str,
        was: &str,
    ) -> ShopResult<PriceSet>;
    /// Books what is missing or too much, so that there are `units` afterwards.
    async fn set_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        units: i64,
        reason: &str,
    ) -> ShopResult<StockAdjusted>;
    /// Variants with their stock, for the products that the filter finds.
    async fn stock(&self, filter: &ProductFilter) -> ShopResult<StockTable>;
    async fn stock_of(&self, variant_id: &str) -> ShopResult<StockRow>;
    /// Movements of a variant's stock, newest first, from after the one at `after` on.
    async fn stock_history(
        &self,
        variant_id: &str,
        after: Option<&str>,
    ) -> ShopResult<StockHistory>;
    /// What a product was when it had this version, as far as that is still known, and who has
    /// changed it since, latest first.
    async fn product_as_of(
        &self,
        id: &str,
        version: i64,
    ) -> ShopResult<(Option<ProductSnapshot>, Vec<String>)>;
    /// HTML with nothing in it that could do harm, as it would be stored.
    fn clean_html(&self, html: &str) -> String;
    /// What of it is read, as it would be stored.
    fn words_of_html(&self, html: &str) -> String;
}

/// Long work on the catalogue: prepared, looked at, then done in the background.
#[async_trait]
pub trait CatalogJobs: Send + Sync {
    /// Finds out what a change to many products would do; the id of the job that would do it.
    async fn plan(
        &self,
        actor: &Account,
        selection: BulkSelection,
        action: BulkAction,
    ) -> ShopResult<String>;
    /// The job and its rows after a position.
    async fn job(&self, id: &str, after: i64) -> ShopResult<JobView>;
    async fn recent(&self) -> ShopResult<Vec<JobSummary>>;
    /// Says yes to what was prepared. `Conflict` if products were changed since; what is shown then
    /// is brought up to date. With other choices than those it was prepared with, it is looked at
    /// again instead, and waits for another yes. The state it is in then.
    async fn start(&self, actor: &Account, id: &str, consent: Consent) -> ShopResult<JobState>;
    /// Finds out what a file would change with other choices.
    async fn look_again(
        &self,
        actor: &Account,
        id: &str,
        choices: ImportChoices,
    ) -> ShopResult<JobState>;
    /// Takes back what a finished job did, where nobody has changed it since.
    async fn undo(&self, actor: &Account, id: &str) -> ShopResult<String>;
    /// Forgets a job that has not begun.
    async fn discard(&self, actor: &Account, id: &str) -> ShopResult<()>;
}

/// What somebody says yes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    pub bad_rows: BadRows,
    /// How many variants may cost nothing afterwards that cost something now.
    pub made_free: i64,
    /// `None`: those that it was prepared with.
    pub choices: Option<ImportChoices>,
}

impl From<BadRows> for Consent {
    fn from(bad_rows: BadRows) -> Self {
        Self {
            bad_rows,
            made_free: 0,
            choices: None,
        }
    }
}

/// What to do with a file that has bad rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadRows {
    /// Change nothing.
    Refuse,
    /// Leave out the products they belong to.
    Skip,
}
