//! What a feature says about itself: its pages and server functions with the role each asks for,
//! the areas of addresses that are its own, its cookies, its styles, and what it shows in places
//! that others keep free.
//!
//! Everything that has to know all pages or all functions reads it from the list of features
//! (`crate::features`): the router, metrics, logs, `robots.txt`, where a refused form is shown
//! again, and the tests that no endpoint lacks a role. A feature is in that list by saying
//! [`declare!`](crate::feature::declare): nobody has to name it.

use leptos_router::{
    ChooseView, NestedRoute, PossibleRouteMatch, SsrMode,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
};

use crate::{
    area::Area,
    brakes::Brake,
    cookie::Cookie,
    identity::{Account, Role},
    slot::Slot,
    ui::form::FormState,
};

pub struct Feature {
    /// As its folder is called; the list is in the order of these names. A feature that the shop has pages of and the
    /// back office an editor declares each half by itself, under one name.
    pub name: &'static str,
    /// Those that no other feature declares.
    pub areas: &'static [Area],
    pub pages: &'static [Page],
    pub functions: &'static [Function],
    pub cookies: &'static [Cookie],
    pub slots: &'static [Slot],
    pub sheets: &'static [Sheet],
}

/// A feature that is in the list.
pub struct Declared(pub &'static Feature);

inventory::collect!(Declared);

/// Puts a `static` that is a [`Feature`] into the list of all features.
#[macro_export]
macro_rules! declare {
    ($feature:ident) => {
        inventory::submit! { $crate::feature::Declared(&$feature) }
    };
}
pub use declare;

impl Feature {
    /// To be filled in with what there is: `Feature { pages: …, ..Feature::NONE }`.
    pub const NONE: Self = Self {
        name: "",
        areas: &[],
        pages: &[],
        functions: &[],
        cookies: &[],
        slots: &[],
        sheets: &[],
    };
}

/// Who may. For everybody else a function says 401 or 404, and a page leads to the sign-in page or
/// does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Anybody,
    /// Everybody who is signed in; others are asked to sign in (401, or the sign-in page).
    Account,
    /// Staff and admins; for others there is no such thing (404).
    Staff,
    /// Admins; for others there is no such thing (404).
    Admin,
}

impl Access {
    /// Whether the account that is signed in has the role.
    pub fn is_given_to(self, account: Option<&Account>) -> bool {
        match self {
            Self::Anybody => true,
            Self::Account => account.is_some(),
            Self::Staff => account.is_some_and(|account| account.role >= Role::Staff),
            Self::Admin => account.is_some_and(|account| account.role == Role::Admin),
        }
    }
}

/// Whom a page's bytes are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bytes {
    /// They are the same for everybody, so they may be kept. Nothing in the page looks at who asks.
    OfEverybody,
    OfTheVisitor,
}

/// Made by [`page!`](crate::feature::page).
pub struct Page {
    /// As the router takes it: `/orders/:token`.
    pub path: &'static str,
    pub access: Access,
    pub bytes: Bytes,
    pub route: fn() -> AnyNestedRoute,
    /// What the back office finds it by, in the language of the request at hand.
    pub called: Option<fn() -> &'static str>,
}

impl Page {
    /// For a page of the back office whose address is always the same: Ctrl+K finds it by these words.
    #[must_use]
    pub const fn called(self, words: fn() -> &'static str) -> Self {
        Self {
            called: Some(words),
            ..self
        }
    }
}

/// A page at a path, with its component and who may see it. `same for everybody` is one whose bytes
/// are, which it says while it is rendered, too.
#[macro_export]
macro_rules! page {
    (same for everybody: $path:tt, $view:expr) => {
        $crate::feature::Page {
            path: $path,
            access: $crate::feature::Access::Anybody,
            bytes: $crate::feature::Bytes::OfEverybody,
            route: || {
                $crate::feature::route(leptos_router::path!($path), || {
                    $crate::audience::same_for_everybody();
                    $view()
                })
            },
            called: None,
        }
    };
    ($path:tt, $view:expr, $access:expr) => {
        $crate::feature::Page {
            path: $path,
            access: $access,
            bytes: $crate::feature::Bytes::OfTheVisitor,
            route: || $crate::feature::route(leptos_router::path!($path), $view),
            called: None,
        }
    };
}
pub use page;

/// Pages are rendered whole, so that status and title are right.
pub fn route<Segments, View>(path: Segments, view: View) -> AnyNestedRoute
where
    Segments: PossibleRouteMatch + Clone + Send + 'static,
    View: ChooseView,
{
    NestedRoute::new(path, view)
        .ssr_mode(SsrMode::Async)
        .into_any_nested_route()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A server function.
#[derive(Clone, Copy)]
pub struct Function {
    /// Its `endpoint`, below `/api/`.
    pub path: &'static str,
    pub method: Method,
    pub access: Access,
    pub form: FormPage,
    pub body: Body,
    pub answer: Answer,
    pub settings: Settings,
    pub time: Time,
    pub braked: Braked,
}

/// What keeps strangers from calling a function faster than people do. One that anybody may post to
/// says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Braked {
    /// Nothing is said, since it is not for strangers, or reads only.
    NotForStrangers,
    By(Brake),
    /// Something else does, or there is nothing to keep: why.
    Otherwise(&'static str),
}

/// The page that a function's form is on, for a refused form that does not name its page
/// itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormPage {
    /// One that is always there.
    At(&'static str),
    /// One whose address holds ids or tokens: `/admin/orders/:id` takes the form's field `id`.
    Of {
        path: &'static str,
        /// If the form has no such field, or nothing that could be an id or a token in it.
        otherwise: &'static str,
    },
    /// The page of the product of the form's `product_id` or `variant_id`.
    OfProduct { otherwise: &'static str },
}

impl FormPage {
    /// Where a refusal is told if the page it belongs to is gone, which may be just why the form was
    /// refused.
    pub const fn if_gone(self) -> Option<&'static str> {
        match self {
            Self::At(page) | Self::OfProduct { otherwise: page } => Some(page),
            Self::Of { .. } => None,
        }
    }
}

/// How much a function takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    Usual,
    /// A long form, from those who may send it.
    Long,
}

/// What a plain form gets when all is well.
#[derive(Clone, Copy)]
pub enum Answer {
    /// The way to the next page.
    GoesOn,
    /// The form's page again, with what the function answered.
    Shown(Shown),
    /// The same, once: the browser brings it to the page, and nobody keeps it to be read again.
    ShownOnce(Shown),
}

/// The function's path and the JSON that it answered, as the page is to find them in its context.
pub type Shown = fn(action: String, answer: &[u8]) -> Result<FormState, serde_json::Error>;

/// Which settings of the shop a function reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settings {
    /// Those of this moment.
    Current,
    /// The last that were read: what counts is read in the function's own transaction.
    LastKnown,
}

/// How long a function may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    Usual,
    /// It may write a large part of the shop.
    Long,
}

impl Function {
    pub const fn get(path: &'static str, access: Access) -> Self {
        Self::new(Method::Get, path, access, FormPage::At("/"))
    }

    pub const fn post(path: &'static str, access: Access, form: FormPage) -> Self {
        Self::new(Method::Post, path, access, form)
    }

    const fn new(method: Method, path: &'static str, access: Access, form: FormPage) -> Self {
        Self {
            path,
            method,
            access,
            form,
            body: Body::Usual,
            answer: Answer::GoesOn,
            settings: Settings::Current,
            time: Time::Usual,
            braked: Braked::NotForStrangers,
        }
    }

    #[must_use]
    pub const fn braked(self, brake: Brake) -> Self {
        Self {
            braked: Braked::By(brake),
            ..self
        }
    }

    /// See [`Braked::Otherwise`].
    #[must_use]
    pub const fn braked_by_link(self) -> Self {
        self.braked_otherwise("works once, with a mailed link")
    }

    /// See [`Braked::Otherwise`].
    #[must_use]
    pub const fn braked_otherwise(self, why: &'static str) -> Self {
        Self {
            braked: Braked::Otherwise(why),
            ..self
        }
    }

    #[must_use]
    pub const fn with_long_body(self) -> Self {
        Self {
            body: Body::Long,
            ..self
        }
    }

    #[must_use]
    pub const fn shown(self, shown: Shown) -> Self {
        Self {
            answer: Answer::Shown(shown),
            ..self
        }
    }

    #[must_use]
    pub const fn shown_once(self, shown: Shown) -> Self {
        Self {
            answer: Answer::ShownOnce(shown),
            ..self
        }
    }

    #[must_use]
    pub const fn with_long_time(self) -> Self {
        Self {
            time: Time::Long,
            ..self
        }
    }

    #[must_use]
    pub const fn by_last_known_settings(self) -> Self {
        Self {
            settings: Settings::LastKnown,
            ..self
        }
    }
}

/// A file of `style/`.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Its place in the cascade: lower ones come first, equal ones in the order of the features'
    /// names.
    /// 0 to 99 are what all pages share, 100 to 199 the shop's pages, 200 to 299 the back office.
    pub rank: u16,
    pub css: &'static str,
}
