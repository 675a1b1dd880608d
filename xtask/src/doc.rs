//! `cargo xtask doc`: the documentation of every crate, and of the Swift package where a toolchain is; a warning is an error.

use anyhow::Result;

use crate::context::Context;
use crate::report::Verdict;
use crate::swift;

/// Builds the documentation of the workspace without its dependencies.
pub(crate) fn run(context: &Context) -> Result<Verdict> {
    let mut command = context.cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    let mut passed = context.run(command.env("RUSTDOCFLAGS", "-D warnings"))?;
    let mut left_out = "";
    match swift::missing(context) {
        None => passed &= swift::document(context)?,
        Some(reason) => {
            context.say(&format!("doc: left out the Swift package: {reason}"));
            left_out = "; left out: Swift";
        }
    }
    let found = if passed { "built without a warning" } else { "warnings, see above" };
    Ok(Verdict::new(passed, format!("doc: {found}{left_out}")))
}
