//! `cargo xtask doc`: the documentation of every crate and of both packages, where a warning is an error.

use anyhow::Result;

use crate::bindings;
use crate::context::Context;
use crate::report::Verdict;
use crate::{kotlin, swift};

/// Builds the documentation of the workspace without its dependencies, then of each package whose toolchain is here.
pub(crate) fn run(context: &Context) -> Result<Verdict> {
    let mut command = context.cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    let mut passed = context.run(command.env("RUSTDOCFLAGS", "-D warnings"))?;
    let mut languages = vec!["Rust"];
    if kotlin::missing(context).is_none() {
        let (built, _) = bindings::made(context, false)?;
        passed &= context.run(kotlin::maven(context, &built, kotlin::PACKAGE)?.arg("dokka:dokka"))?;
        languages.push("Kotlin");
    }
    if swift::missing(context).is_none() {
        passed &= swift::document(context)?;
        languages.push("Swift");
    }
    let languages = languages.join(", ");
    let found = if passed { "built without a warning" } else { "warnings, see above" };
    Ok(Verdict::new(passed, format!("doc: {languages} {found}")))
}
