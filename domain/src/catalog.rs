//! Every sentence that a person reads, in Turkish and English side by side: the compiler refuses one without the other.

pub mod errors;
pub mod problems;
pub mod refusals;
mod said;
pub mod spans;
pub mod titles;
pub mod waits;
pub mod words;

pub use words::{field_name, kind_name, state_name};

use std::str::FromStr;

/// A language that Saha speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, uniffi::Enum)]
pub enum Lang {
    /// Turkish.
    Tr,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The language of a locale or an `Accept-Language` header: Turkish where it comes first, else English.
    pub fn of(locale: &str) -> Self {
        if locale.trim_start().to_ascii_lowercase().starts_with("tr") { Self::Tr } else { Self::En }
    }

    /// The ISO 639 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tr => "tr",
            Self::En => "en",
        }
    }
}

impl FromStr for Lang {
    type Err = crate::FieldError;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code {
            "tr" => Ok(Self::Tr),
            "en" => Ok(Self::En),
            _ => Err(crate::FieldError::new("lang", crate::Problem::Unknown)),
        }
    }
}

/// Defines sentences as functions: `name(arg: Type) { en: "…", tr: "…" }`. Arguments are captured by the literals.
#[macro_export]
macro_rules! sentences {
    ($($name:ident ( $($arg:ident : $type:ty),* ) { en: $en:literal, tr: $tr:literal $(,)? })*) => {$(
        #[doc = concat!("`", $en, "`")]
        pub fn $name(lang: $crate::catalog::Lang $(, $arg: $type)*) -> String {
            match lang {
                $crate::catalog::Lang::En => format!($en),
                $crate::catalog::Lang::Tr => format!($tr),
            }
        }
    )*};
}

#[cfg(test)]
mod tests;
