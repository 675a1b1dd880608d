use std::path::Path;

use serde_json::json;

use crate::{
    exit::{Code, Result},
    format,
    output::Out,
    phone,
    settings::Settings,
    texts::account as say,
};

pub(super) fn run(settings: &Settings, out: &Out, file: &Path) -> Result<Code> {
    let path = file.to_string_lossy().into_owned();
    let export = phone::open(settings)?.account().export(path.clone())?;
    out.document(&json!({ "export": export }));
    let (records, size) = (format::count(out.lang, export.records), format::size(out.lang, export.bytes));
    out.line(say::exported(out.lang, &path, &records, &size));
    Ok(Code::Ok)
}
