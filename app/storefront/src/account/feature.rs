//! Accounts: the ways in and out, what belongs to an account, and its second factor.

use app::{
    account::text::Text,
    area::{Area, Below, Crawlers, Kinds, Logged, Onward},
    cookie::Cookie,
    feature::{Access, Feature, FormPage, Function, Sheet, declare, page},
    locale::locale,
    slot::{Place, Slot},
    visitor::SECOND_FACTOR_PAGE,
};

use super::pages::{
    addresses::{AddressPage, AddressesPage},
    door::{SetUpPage, SignInPage},
    frame::header_link,
    home::AccountPage,
    mailed::{ResetPage, SignUpPage, VerifyPage},
    order::OwnOrderPage,
    orders::OwnOrdersPage,
    second_factor::{codes, confirm::ConfirmPage, page::SecondFactorPage, sign_in::SignInCodePage},
    security::SecurityPage,
    sign_in::{AskResetPage, AskSignUpPage, CustomerSignInPage},
};

const HOME: FormPage = FormPage::At("/account");
const SECURITY: FormPage = FormPage::At("/account/security");
const SECOND_FACTOR: FormPage = FormPage::At(SECOND_FACTOR_PAGE);
const ORDER: FormPage = FormPage::Of {
    path: "/account/orders/:id",
    otherwise: "/account/orders",
};

const SIGN_INS: &str = "sign-ins are counted by network and account";
const MAILS: &str = "mails are counted by network and mailbox";
const SIGN_OUT: &str = "only ends a session";

declare!(ACCOUNT);

static ACCOUNT: Feature = Feature {
    name: "account",
    areas: &[Area {
        segment: "account",
        kinds: Kinds::all("account"),
        // Mailed links hold tokens.
        logged: Logged::Segment,
        crawlers: Crawlers::KeptOut,
        onward: Onward::ForShoppers,
        below: Below::Anything,
    }],
    pages: &[
        page!("/account", AccountPage, Access::Account),
        page!("/account/sign-in", CustomerSignInPage, Access::Anybody),
        page!("/account/sign-in/code", SignInCodePage, Access::Anybody),
        page!("/account/confirm", ConfirmPage, Access::Anybody),
        page!("/account/sign-up", AskSignUpPage, Access::Anybody),
        page!("/account/sign-up/:token", SignUpPage, Access::Anybody),
        page!("/account/reset", AskResetPage, Access::Anybody),
        page!("/account/reset/:token", ResetPage, Access::Anybody),
        page!("/account/verify/:token", VerifyPage, Access::Account),
        page!("/account/orders", OwnOrdersPage, Access::Account),
        page!("/account/orders/:id", OwnOrderPage, Access::Account),
        page!("/account/addresses", AddressesPage, Access::Account),
        page!("/account/addresses/:id", AddressPage, Access::Account),
        page!("/account/security", SecurityPage, Access::Account),
        page!(
            "/account/security/second-factor",
            SecondFactorPage,
            Access::Account
        ),
        page!("/admin/sign-in", SignInPage, Access::Anybody),
        page!("/admin/set-up/:token", SetUpPage, Access::Anybody),
    ],
    functions: &[
        // Ways in and out.
        Function::post(
            "/api/account/sign-in",
            Access::Anybody,
            FormPage::At("/account/sign-in"),
        )
        .braked_otherwise(SIGN_INS),
        Function::post(
            "/api/account/sign-in/code",
            Access::Anybody,
            FormPage::At("/account/sign-in/code"),
        )
        .braked_otherwise(SIGN_INS),
        Function::post("/api/account/sign-out", Access::Anybody, HOME).braked_otherwise(SIGN_OUT),
        Function::post(
            "/api/admin/sign-in",
            Access::Anybody,
            FormPage::At("/admin/sign-in"),
        )
        .braked_otherwise(SIGN_INS),
        Function::post(
            "/api/admin/sign-out",
            Access::Anybody,
            FormPage::At("/admin/sign-in"),
        )
        .braked_otherwise(SIGN_OUT),
        Function::post(
            "/api/admin/set-up",
            Access::Anybody,
            FormPage::Of {
                path: "/admin/set-up/:token",
                otherwise: "/admin/set-up/none",
            },
        )
        .braked_by_link(),
        // Mailed links. Without a token the page is that of a link that does not work.
        Function::post(
            "/api/account/ask-sign-up",
            Access::Anybody,
            FormPage::At("/account/sign-up"),
        )
        .braked_otherwise(MAILS),
        Function::post(
            "/api/account/ask-sign-up-of-order",
            Access::Anybody,
            FormPage::Of {
                path: "/orders/:token",
                otherwise: "/orders",
            },
        )
        .braked_otherwise(MAILS),
        Function::post(
            "/api/account/sign-up",
            Access::Anybody,
            FormPage::Of {
                path: "/account/sign-up/:token",
                otherwise: "/account/sign-up/none",
            },
        )
        .braked_by_link(),
        Function::post(
            "/api/account/ask-reset",
            Access::Anybody,
            FormPage::At("/account/reset"),
        )
        .braked_otherwise(MAILS),
        Function::post(
            "/api/account/reset",
            Access::Anybody,
            FormPage::Of {
                path: "/account/reset/:token",
                otherwise: "/account/reset/none",
            },
        )
        .braked_by_link(),
        Function::post("/api/account/ask-verify", Access::Account, HOME),
        Function::post(
            "/api/account/verify",
            Access::Account,
            FormPage::Of {
                path: "/account/verify/:token",
                otherwise: "/account/verify/none",
            },
        ),
        // What belongs to an account.
        Function::get("/api/account", Access::Account),
        Function::post("/api/account/rename", Access::Account, HOME),
        Function::post("/api/account/language", Access::Account, HOME),
        Function::post("/api/account/email", Access::Account, SECURITY),
        Function::post("/api/account/password", Access::Account, SECURITY),
        Function::post("/api/account/close", Access::Account, SECURITY),
        Function::get("/api/account/sessions", Access::Account),
        Function::post("/api/account/sessions/end", Access::Account, SECURITY),
        Function::post(
            "/api/account/sessions/end-others",
            Access::Account,
            SECURITY,
        ),
        Function::get("/api/account/addresses", Access::Account),
        Function::post(
            "/api/account/addresses/save",
            Access::Account,
            FormPage::Of {
                path: "/account/addresses/:id",
                otherwise: "/account/addresses/new",
            },
        ),
        Function::post(
            "/api/account/addresses/delete",
            Access::Account,
            FormPage::At("/account/addresses"),
        ),
        Function::get("/api/account/orders", Access::Account),
        Function::post("/api/account/orders/cancel", Access::Account, ORDER),
        Function::post("/api/account/orders/again", Access::Account, ORDER),
        // The second factor.
        Function::post(
            "/api/account/second-factor/begin",
            Access::Account,
            SECOND_FACTOR,
        ),
        Function::post(
            "/api/account/second-factor/on",
            Access::Account,
            SECOND_FACTOR,
        )
        .shown_once(codes::shown),
        Function::post(
            "/api/account/second-factor/off",
            Access::Account,
            SECOND_FACTOR,
        ),
        Function::post(
            "/api/account/second-factor/codes",
            Access::Account,
            SECOND_FACTOR,
        )
        .shown_once(codes::shown),
    ],
    cookies: &[
        Cookie::SESSION,
        Cookie::PENDING_SIGN_IN,
        Cookie::NEW_ACCOUNT,
    ],
    slots: &[
        Slot {
            rank: 10,
            place: Place::Header(header_link),
        },
        Slot {
            rank: 10,
            place: Place::Footer {
                href: "/account",
                words: || Text::from(locale()).your_account(),
            },
        },
    ],
    sheets: &[Sheet {
        rank: 140,
        css: include_str!("../../../../style/account.css"),
    }],
};
