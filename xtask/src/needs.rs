use anyhow::{Result, anyhow};

/// What a command needs beyond a Rust toolchain and `wasm-bindgen`.
#[derive(Clone, Copy, Default)]
pub struct Needs {
    pub lints: bool,
    pub optimizers: bool,
    pub cargo_leptos: bool,
    pub services: bool,
    pub browser: bool,
    pub webkit: bool,
    pub nginx: bool,
}

impl Needs {
    pub const RUN: Self = Self {
        lints: false,
        optimizers: false,
        cargo_leptos: false,
        services: false,
        browser: false,
        webkit: false,
        nginx: false,
    };
    pub const RELEASE: Self = Self {
        optimizers: true,
        ..Self::RUN
    };
    pub const WATCH: Self = Self {
        cargo_leptos: true,
        ..Self::RUN
    };
    pub const TEST: Self = Self {
        lints: true,
        optimizers: false,
        cargo_leptos: true,
        services: true,
        browser: true,
        webkit: false,
        nginx: false,
    };
    pub const BENCH: Self = Self {
        services: true,
        nginx: true,
        ..Self::RUN
    };

    pub fn named(name: &str) -> Result<Self> {
        match name {
            "run" => Ok(Self::RUN),
            "release" => Ok(Self::RELEASE),
            "test" => Ok(Self::TEST),
            "watch" => Ok(Self::WATCH),
            "bench" => Ok(Self::BENCH),
            _ => Err(anyhow!(
                "--for takes run, release, test, watch or bench, not `{name}`"
            )),
        }
    }
}
