//! What holds for every command: where the data is, and in which language and zone.

use std::{
    env,
    path::{Path, PathBuf},
};

use saha_domain::catalog::Lang;

use crate::args::Global;

/// What holds for every command.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder that holds `phone/` and `server/`.
    pub data: PathBuf,
    /// The language of everything that a person reads.
    pub lang: Lang,
    /// IANA zone; none for the system's own.
    pub zone: Option<String>,
}

impl Settings {
    /// From the global options.
    pub fn of(global: &Global, lang: Lang) -> Self {
        let data = global.data.clone().unwrap_or_else(default_data);
        Self { data, lang, zone: global.zone.clone() }
    }

    /// The folder of the rep's phone.
    pub fn phone(&self) -> PathBuf {
        self.data.join("phone")
    }

    /// The folder of the company's server.
    pub fn server(&self) -> PathBuf {
        self.data.join("server")
    }
}

/// Where this platform keeps a user's application data; the current folder where it says nothing.
fn default_data() -> PathBuf {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = |below: &str| folder("HOME").map(|home| home.join(below));
    let base = if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        home("Library/Application Support")
    } else {
        folder("XDG_DATA_HOME").filter(|path| path.is_absolute()).or_else(|| home(".local/share"))
    };
    base.as_deref().unwrap_or(Path::new(".")).join("saha")
}
