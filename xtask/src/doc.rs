//! `cargo xtask doc`: the documentation of every crate, where a warning is an error.

use anyhow::Result;

use crate::context::Context;
use crate::report::Verdict;

/// Builds the documentation of the workspace without its dependencies.
pub(crate) fn run(context: &Context) -> Result<Verdict> {
    let mut command = context.cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    let passed = context.run(command.env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(Verdict::new(passed, if passed { "doc: built without a warning" } else { "doc: warnings, see above" }))
}
