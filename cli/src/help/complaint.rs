//! What is wrong with a command line, in Turkish; clap says it in English only.

use std::io::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Says it on the error stream.
pub(super) fn in_turkish(error: &clap::Error) {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    };
    let usage = usage.replace("Usage:", "Kullanım:").replace("[OPTIONS]", "[SEÇENEKLER]");
    let mut text = format!("saha: {}", sentence(error));
    for part in [suggestion(error), usage] {
        if !part.trim().is_empty() {
            text = format!("{text}\n\n{}", part.trim_end());
        }
    }
    // Nobody is left to tell that the error stream is gone.
    drop(writeln!(std::io::stderr().lock(), "{text}\n\nAyrıntı için: --help"));
}

/// What is wrong, in one sentence.
pub(super) fn sentence(error: &clap::Error) -> String {
    let arg = said(error, ContextKind::InvalidArg);
    let value = said(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("“{}” diye bir komut yok", said(error, ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("“{arg}” burada beklenmiyor"),
        ErrorKind::MissingRequiredArgument => format!("eksik: {arg}"),
        ErrorKind::MissingSubcommand => "bir alt komut gerekli".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} bir değer ister"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{arg} için “{value}” geçerli bir değer değil"),
        ErrorKind::TooManyValues => format!("{arg} için “{value}” fazla"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{arg} için değer sayısı yanlış"),
        ErrorKind::NoEquals => format!("{arg} “=” ile yazılmalı"),
        ErrorKind::ArgumentConflict => {
            format!("{arg}, {} ile birlikte kullanılamaz", said(error, ContextKind::PriorArg))
        }
        ErrorKind::InvalidUtf8 => "komut satırında okunamayan harfler var".to_owned(),
        _ => "komut satırı anlaşılamadı".to_owned(),
    }
}

fn suggestion(error: &clap::Error) -> String {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let found = kinds.into_iter().map(|kind| said(error, kind)).find(|text| !text.is_empty());
    found.map(|text| format!("Şunu mu demek istediniz: {text}")).unwrap_or_default()
}

fn said(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        // clap puts the likeliest last.
        Some(ContextValue::Strings(texts)) => texts.iter().rev().cloned().collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}
