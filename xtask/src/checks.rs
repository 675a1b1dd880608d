//! The steps of `ci` that are one call to a tool that exists already.

use anyhow::Result;

use crate::context::Context;
use crate::report::Verdict;
use crate::setup;

/// Is everything formatted as `rustfmt.toml` says?
pub(crate) fn format(context: &Context) -> Result<Verdict> {
    let passed = context.run(&mut context.cargo(&["fmt", "--all", "--check"]))?;
    Ok(Verdict::new(passed, if passed { "format: as rustfmt writes it" } else { "format: run `cargo fmt --all`" }))
}

/// Does clippy find nothing, in the tests and benches too?
pub(crate) fn clippy(context: &Context) -> Result<Verdict> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    let passed = context.run(&mut context.cargo(&arguments))?;
    Ok(Verdict::new(passed, if passed { "clippy: no warning" } else { "clippy: warnings, see above" }))
}

/// Does every dependency keep the rules of `deny.toml`?
///
/// Advisories are left to the hosted workflow: their database is fetched from a host that is not reachable everywhere.
pub(crate) fn dependencies(context: &Context) -> Result<Verdict> {
    let deny = setup::ensure(context, &setup::CARGO_DENY, setup::Consent::Given)?;
    let mut command = context.command(deny);
    let passed = context.run(command.args(["--locked", "check", "bans", "licenses", "sources"]))?;
    let line = if passed {
        "dependencies: bans, licences and sources hold"
    } else {
        "dependencies: deny.toml is not kept, see above"
    };
    Ok(Verdict::new(passed, line))
}
