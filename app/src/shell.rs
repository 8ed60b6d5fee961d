//! The document around every page, and which page is shown at which address.

use leptos::{either::Either, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    ParamSegment, SsrMode, StaticSegment,
    components::{FlatRoutes, Route, Router},
};

use crate::{
    account::pages::{
        addresses::{AddressPage, AddressesPage},
        door::{SetUpPage, SignInPage},
        home::AccountPage,
        mailed::{ResetPage, SignUpPage, VerifyPage},
        order::OwnOrderPage,
        orders::OwnOrdersPage,
        second_factor::{confirm::ConfirmPage, page::SecondFactorPage, sign_in::SignInCodePage},
        security::SecurityPage,
        sign_in::{AskResetPage, AskSignUpPage, CustomerSignInPage},
    },
    admin::{
        audit_log::page::AdminAuditPage,
        customers::{customer::AdminCustomerPage, list::AdminCustomersPage},
        dashboard::page::AdminDashboardPage,
        jobs::{import_page::AdminImportPage, page::AdminJobPage},
        orders::{
            list::AdminOrdersPage,
            page::AdminOrderPage,
            print::{AdminInvoicePage, AdminPackingSlipPage},
            refund::AdminRefundPage,
        },
        products::{list::AdminProductsPage, page::AdminProductPage},
        settings::page::AdminSettingsPage,
        staff::{invitation::InvitationPage, page::AdminStaffPage},
        stock::{page::AdminStockPage, variant::AdminVariantStockPage},
    },
    cart::pages::page::CartPage,
    catalog::pages::{
        home::HomePage,
        list::{CategoryPage, ProductsPage},
        product::ProductPage,
    },
    checkout::pages::page::CheckoutPage,
    error::ShopError,
    orders::pages::page::{OrderLookUpPage, OrderPage},
    storefront::error_page::ErrorPage,
    ui::style,
};

/// A refusal that stands for the whole page, such as a method that is not allowed.
#[derive(Debug, Clone)]
pub struct PageError(pub ShopError);

/// The whole document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#0d1412" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=style::HREF.as_str()/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options islands=true/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    match use_context::<PageError>() {
        Some(PageError(error)) => Either::Left(view! { <ErrorPage error/> }),
        None => Either::Right(view! { <Pages/> }),
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! { <ErrorPage error=ShopError::not_found()/> }
}

#[component]
fn Pages() -> impl IntoView {
    let mode = SsrMode::Async;
    view! {
        <Router>
            <FlatRoutes fallback=NotFound>
                <Route path=StaticSegment("") view=HomePage ssr=mode.clone()/>
                <Route path=StaticSegment("products") view=ProductsPage ssr=mode.clone()/>
                <Route
                    path=(StaticSegment("products"), ParamSegment("slug"))
                    view=ProductPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("categories"), ParamSegment("slug"))
                    view=CategoryPage
                    ssr=mode.clone()
                />
                <Route path=StaticSegment("cart") view=CartPage ssr=mode.clone()/>
                <Route path=StaticSegment("checkout") view=CheckoutPage ssr=mode.clone()/>
                <Route path=StaticSegment("orders") view=OrderLookUpPage ssr=mode.clone()/>
                <Route
                    path=(StaticSegment("orders"), ParamSegment("token"))
                    view=OrderPage
                    ssr=mode.clone()
                />
                <Route path=StaticSegment("account") view=AccountPage ssr=mode.clone()/>
                <Route
                    path=(StaticSegment("account"), StaticSegment("sign-in"))
                    view=CustomerSignInPage
                    ssr=mode.clone()
                />
                <Route
                    path=(
                        StaticSegment("account"),
                        StaticSegment("sign-in"),
                        StaticSegment("code"),
                    )
                    view=SignInCodePage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("confirm"))
                    view=ConfirmPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("sign-up"))
                    view=AskSignUpPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("sign-up"), ParamSegment("token"))
                    view=SignUpPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("reset"))
                    view=AskResetPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("reset"), ParamSegment("token"))
                    view=ResetPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("verify"), ParamSegment("token"))
                    view=VerifyPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("orders"))
                    view=OwnOrdersPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("orders"), ParamSegment("id"))
                    view=OwnOrderPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("addresses"))
                    view=AddressesPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("addresses"), ParamSegment("id"))
                    view=AddressPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("account"), StaticSegment("security"))
                    view=SecurityPage
                    ssr=mode.clone()
                />
                <Route
                    path=(
                        StaticSegment("account"),
                        StaticSegment("security"),
                        StaticSegment("second-factor"),
                    )
                    view=SecondFactorPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("sign-in"))
                    view=SignInPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("set-up"), ParamSegment("token"))
                    view=SetUpPage
                    ssr=mode.clone()
                />
                <Route path=StaticSegment("admin") view=AdminDashboardPage ssr=mode.clone()/>
                <Route
                    path=(StaticSegment("admin"), StaticSegment("products"))
                    view=AdminProductsPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("products"), ParamSegment("id"))
                    view=AdminProductPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("import"))
                    view=AdminImportPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("jobs"), ParamSegment("id"))
                    view=AdminJobPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("settings"))
                    view=AdminSettingsPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("stock"))
                    view=AdminStockPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("stock"), ParamSegment("id"))
                    view=AdminVariantStockPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("invitation"), ParamSegment("token"))
                    view=InvitationPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("staff"))
                    view=AdminStaffPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("audit"))
                    view=AdminAuditPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("customers"))
                    view=AdminCustomersPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("customers"), ParamSegment("id"))
                    view=AdminCustomerPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("orders"))
                    view=AdminOrdersPage
                    ssr=mode.clone()
                />
                <Route
                    path=(StaticSegment("admin"), StaticSegment("orders"), ParamSegment("id"))
                    view=AdminOrderPage
                    ssr=mode.clone()
                />
                <Route
                    path=(
                        StaticSegment("admin"),
                        StaticSegment("orders"),
                        ParamSegment("id"),
                        StaticSegment("refund"),
                    )
                    view=AdminRefundPage
                    ssr=mode.clone()
                />
                <Route
                    path=(
                        StaticSegment("admin"),
                        StaticSegment("orders"),
                        ParamSegment("id"),
                        StaticSegment("packing-slip"),
                    )
                    view=AdminPackingSlipPage
                    ssr=mode.clone()
                />
                <Route
                    path=(
                        StaticSegment("admin"),
                        StaticSegment("orders"),
                        ParamSegment("id"),
                        StaticSegment("invoice"),
                    )
                    view=AdminInvoicePage
                    ssr=mode
                />
            </FlatRoutes>
        </Router>
    }
}
