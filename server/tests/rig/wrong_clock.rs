//! Machines whose clocks are wrong.

use std::{path::PathBuf, process::Command, sync::OnceLock};

use tempfile::TempDir;

use super::node::NodeSettings;

const WRONG_CLOCK: &str = include_str!("wrong_clock.c");

/// What makes the clock of a process wrong, for as long as the tests run.
fn library() -> &'static PathBuf {
    static LIBRARY: OnceLock<(PathBuf, TempDir)> = OnceLock::new();
    let (library, _) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("there is room for a library");
        let (source, library) = (
            folder.path().join("wrong.c"),
            folder.path().join("wrong.so"),
        );
        std::fs::write(&source, WRONG_CLOCK).expect("a file can be written");
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O2", "-o"])
            .args([&library, &source])
            .status();
        assert!(
            made.is_ok_and(|made| made.success()),
            "a compiler of C is there, which builds SQLite, too"
        );
        (library, folder)
    });
    library
}

impl NodeSettings {
    /// On a machine whose clock is wrong by so many milliseconds.
    pub fn wrong_by(self, milliseconds: i64) -> Self {
        if milliseconds == 0 {
            return self;
        }
        self.env("LD_PRELOAD", &library().display().to_string())
            .env("WRONG_BY", &milliseconds.to_string())
    }
}
