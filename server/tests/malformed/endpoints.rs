//! Everything that can be asked, and what can be wrong with it.

/// What a good request would say, and which field is to be spoilt.
pub struct Endpoint {
    pub path: &'static str,
    pub fields: &'static [&'static str],
    /// Any of these, spoilt, makes the request one that must be refused.
    pub needed: &'static [&'static str],
}

const ADDRESS: [&str; 8] = [
    "email",
    "name",
    "address_line1",
    "address_line2",
    "postal_code",
    "city",
    "country",
    "phone",
];

pub const ENDPOINTS: [Endpoint; 39] = [
    endpoint(
        "/api/cart/add",
        &["variant_id", "quantity"],
        &["variant_id", "quantity"],
    ),
    endpoint(
        "/api/cart/add",
        &["product_id", "option1", "quantity"],
        &["product_id", "quantity"],
    ),
    endpoint(
        "/api/cart/update",
        &["variant_id", "quantity"],
        &["variant_id", "quantity"],
    ),
    endpoint("/api/cart/remove", &["variant_id"], &["variant_id"]),
    endpoint(
        "/api/cart/accept-price",
        &["variant_id", "price_minor"],
        &["variant_id", "price_minor"],
    ),
    endpoint("/api/checkout/contact", &ADDRESS, &["email", "country"]),
    endpoint("/api/checkout/shipping", &["shipping"], &["shipping"]),
    endpoint(
        "/api/checkout/payment",
        &["payment", "card_number"],
        &["payment"],
    ),
    endpoint(
        "/api/checkout/place",
        &[
            "checkout_key",
            "email",
            "name",
            "address_line1",
            "postal_code",
            "city",
            "country",
            "shipping",
            "payment",
            "expected_total_minor",
        ],
        &[
            "checkout_key",
            "email",
            "country",
            "shipping",
            "payment",
            "expected_total_minor",
        ],
    ),
    endpoint(
        "/api/orders/look-up",
        &["number", "email"],
        &["number", "email"],
    ),
    endpoint(
        "/api/account/sign-in",
        &["email", "password", "next"],
        &["email", "password"],
    ),
    endpoint("/api/account/ask-sign-up", &["email"], &["email"]),
    endpoint("/api/account/ask-reset", &["email"], &["email"]),
    endpoint(
        "/api/account/sign-up",
        &["token", "name", "password"],
        &["token"],
    ),
    endpoint("/api/account/reset", &["token", "password"], &["token"]),
    endpoint("/api/account/verify", &["token"], &["token"]),
    endpoint(
        "/api/account/email",
        &["email", "email_password"],
        &["email"],
    ),
    endpoint(
        "/api/account/addresses/save",
        &["name", "address_line1", "postal_code", "city", "country"],
        &["country"],
    ),
    endpoint("/api/account/addresses/delete", &["id"], &["id"]),
    endpoint(
        "/api/account/sessions/end",
        &["session_id", "sessions_password"],
        &["session_id", "sessions_password"],
    ),
    endpoint(
        "/api/account/sessions/end-others",
        &["sessions_password"],
        &["sessions_password"],
    ),
    endpoint("/api/admin/customers/sign-out", &["id"], &["id"]),
    endpoint("/api/account/orders/cancel", &["id"], &["id"]),
    endpoint("/api/account/orders/again", &["id"], &["id"]),
    endpoint(
        "/api/admin/sign-in",
        &["email", "password", "next"],
        &["email", "password"],
    ),
    endpoint(
        "/api/admin/set-up",
        &["token", "email", "password"],
        &["token"],
    ),
    endpoint(
        "/api/admin/products/create",
        &[
            "title",
            "slug",
            "tags",
            "active",
            "variants[0][price]",
            "variants[0][stock]",
        ],
        &["slug", "active", "variants[0][price]", "variants[0][stock]"],
    ),
    endpoint(
        "/api/admin/products/update",
        &[
            "id",
            "title",
            "slug",
            "active",
            "version",
            "variants[0][price]",
        ],
        &["id", "slug", "active", "version", "variants[0][price]"],
    ),
    endpoint("/api/admin/products/delete", &["id"], &["id"]),
    endpoint("/api/admin/pictures/delete", &["id"], &["id"]),
    endpoint(
        "/api/admin/stock/adjust",
        &["variant_id", "delta", "reason"],
        &["variant_id", "delta"],
    ),
    endpoint(
        "/api/admin/prices/set",
        &["variant_id", "price", "price_was"],
        &["variant_id", "price", "price_was"],
    ),
    endpoint("/api/admin/orders/cancel", &["id"], &["id"]),
    endpoint(
        "/api/admin/staff/invite",
        &["email", "role"],
        &["email", "role"],
    ),
    endpoint("/api/admin/staff/withdraw", &["id"], &["id"]),
    endpoint("/api/admin/staff/role", &["id", "role"], &["id", "role"]),
    endpoint(
        "/api/admin/invitation/accept",
        &["token", "name", "password"],
        &["token"],
    ),
    endpoint("/api/admin/customers/erase", &["id", "email"], &["id"]),
    endpoint(
        "/api/admin/settings/save",
        &["version", "name", "currency", "tax", "rates[0][price]"],
        &["version", "name", "currency", "tax"],
    ),
];

const fn endpoint(
    path: &'static str,
    fields: &'static [&'static str],
    needed: &'static [&'static str],
) -> Endpoint {
    Endpoint {
        path,
        fields,
        needed,
    }
}

pub const READ: [&str; 37] = [
    "/",
    "/products",
    "/products/rope",
    "/categories/deck",
    "/cart",
    "/checkout",
    "/orders",
    "/orders/x",
    "/account",
    "/account/sign-in",
    "/account/sign-up/x",
    "/account/reset/x",
    "/account/verify/x",
    "/account/addresses/x",
    "/account/orders/x",
    "/account/security",
    "/admin",
    "/admin/sign-in",
    "/admin/products",
    "/admin/products/new",
    "/admin/orders",
    "/admin/settings",
    "/api/admin/dashboard/live",
    "/admin/set-up/x",
    "/admin/staff",
    "/admin/audit",
    "/admin/customers",
    "/admin/customers/x",
    "/admin/invitation/x",
    "/api/products",
    "/api/products/rope",
    "/api/suggest",
    "/api/cart",
    "/media/demo/x.webp",
    "/style/x.css",
    "/pkg/x.js",
    "/sitemap.xml",
];
