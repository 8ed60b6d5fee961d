//! Who asks, and whether they may.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use leptos::prelude::expect_context;

use crate::{
    audience,
    cookie::Cookie,
    error::{ErrorKind, ShopError, ShopResult},
    faults::text::Text,
    identity::{Account, Role},
    locale::{Language, Locale, locale},
    shop::{ShopSettings, shop},
    tickets::Tickets,
};

/// Where a second factor is set up.
pub const SECOND_FACTOR_PAGE: &str = "/account/security/second-factor";

/// By what it is known that the person signed in is the account's owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Proof {
    /// By the password: the account has no second factor.
    #[default]
    Password,
    /// By a code, which was entered too long ago for what must not be done by someone else.
    Code,
    /// By a code that was entered in this session within the last 15 minutes.
    FreshCode,
}

/// Who asks: read from the cookies once per request.
#[derive(Clone, Default)]
pub struct Visitor {
    /// Names the cart: the account's once someone is signed in, the one of the cookie otherwise.
    pub cart: Option<String>,
    /// What cookies name of what this device has: see [`Visitor::of_device`].
    pub device_cookies: Vec<(Cookie, String)>,
    /// The session cookie's value.
    pub session: Option<String>,
    /// Names a sign-in that waits for its code: the cookie's value.
    pub pending_sign_in: Option<String>,
    /// Names the password that was chosen with an order: the cookie's value.
    pub new_account: Option<String>,
    /// Names the browser whose forms are kept: the cookie's value.
    pub forms: Option<String>,
    /// Tickets of waiting rooms: the cookie's value.
    pub room: Option<String>,
    /// Who is signed in.
    pub account: Option<Account>,
    /// By what it is known that they are who they say.
    pub proof: Proof,
    /// Network of the client, to count by.
    pub client: String,
    /// Browser and system, in words; may be empty.
    pub device: String,
    /// What they read: as the address says, or in the admin area as the account does.
    pub language: Language,
    /// What the account has chosen.
    pub account_language: Option<Locale>,
    pub refused: RoleRefused,
}

/// Whether a role was asked for that the visitor does not have. Who answers the request tells of it,
/// once, however often a page asks while it is rendered.
#[derive(Debug, Clone, Default)]
pub struct RoleRefused(Arc<AtomicBool>);

impl Visitor {
    /// The secret in a cookie that names what this device has, whether or not someone is signed in.
    pub fn of_device(&self, cookie: Cookie) -> Option<&str> {
        let found = self
            .device_cookies
            .iter()
            .find(|(known, _)| *known == cookie);
        found.map(|(_, secret)| secret.as_str())
    }

    /// What they have to show where only those are served who are let in.
    pub fn tickets(&self) -> Tickets {
        Tickets {
            signed: self.room.clone(),
            account: self.account.clone(),
        }
    }

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
            let words = Text::from(locale()).second_factor_needed();
            return Err(ShopError::new(ErrorKind::SecondFactorNeeded, words));
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
            Proof::Code => {
                let words = Text::from(locale()).confirm_needed();
                Err(ShopError::new(ErrorKind::ConfirmNeeded, words))
            }
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
        Proof::Password => {
            let words = Text::from(locale()).own_factor_needed();
            Err(ShopError::new(ErrorKind::SecondFactorNeeded, words))
        }
        Proof::Code | Proof::FreshCode => Ok(account),
    }
}
