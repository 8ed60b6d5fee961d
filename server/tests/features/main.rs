//! Features that bring their tests along: a file and a folder each, in the database and over HTTP. One binary
//! for all, as each links the whole server.

#[path = "../support/mod.rs"]
mod support;

automod::dir!("tests/features");
