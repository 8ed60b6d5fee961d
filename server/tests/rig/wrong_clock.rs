//! Machines whose clocks are wrong.

use std::{path::PathBuf, process::Command};

use tempfile::TempDir;

use super::node::NodeSettings;

const WRONG_CLOCK: &str = include_str!("wrong_clock.c");

/// What makes the clock of a process wrong; gone when this is.
pub struct WrongClock {
    library: PathBuf,
    _folder: TempDir,
}

impl WrongClock {
    pub fn make() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a library");
        let source = folder.path().join("wrong.c");
        let library = folder.path().join("wrong.so");
        std::fs::write(&source, WRONG_CLOCK).expect("a file can be written");
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O2", "-o"])
            .args([&library, &source])
            .status();
        assert!(
            made.is_ok_and(|made| made.success()),
            "a compiler of C is there, which builds SQLite, too"
        );
        Self {
            library,
            _folder: folder,
        }
    }

    /// The same node on a machine whose clock is wrong by so many milliseconds.
    pub fn of(&self, node: NodeSettings, milliseconds: i64) -> NodeSettings {
        node.env("LD_PRELOAD", &self.library.display().to_string())
            .env("WRONG_BY", &milliseconds.to_string())
    }
}
