//! Forms that come back, refused or to be worked on: the server keeps them for a few minutes, so that
//! their page can be loaded again.

mod feature;

use crate::cookie::{Cookie, Holds};

/// Names the browser whose forms are kept: nobody else is shown them.
pub const FORMS: Cookie = Cookie::named("holdfast_forms", "__Host-holdfast_forms", Holds::Secret);

/// A form that the browser keeps itself, sealed: what came too often is not kept by the server.
pub const CARRIED: Cookie = Cookie::named("holdfast_typed", "__Host-holdfast_typed", Holds::Secret);

/// How long a form is kept, in seconds.
pub const LIFETIME: i64 = 10 * 60;
