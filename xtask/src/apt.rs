//! Debian's packages, where a toolchain comes from them.

use anyhow::{Result, bail};

use crate::context::Context;

/// Is there `apt-get`, and may we use it?
pub(crate) fn can_install(context: &Context) -> Result<bool> {
    let has_apt = context.command("apt-get").arg("--version").output().is_ok_and(|output| output.status.success());
    Ok(has_apt && Context::capture(context.command("id").arg("-u"))?.trim() == "0")
}

/// Fetches the list of packages: a fresh machine has none.
pub(crate) fn update(context: &Context) -> Result<()> {
    run(context, &["update"])
}

/// Installs packages, and says so.
pub(crate) fn install(context: &Context, packages: &[&str]) -> Result<()> {
    context.say(&format!("installing {} by apt-get", packages.join(" ")));
    run(context, &[&["install", "--yes", "--no-install-recommends"], packages].concat())
}

fn run(context: &Context, arguments: &[&str]) -> Result<()> {
    let mut apt = context.command("apt-get");
    apt.args(["--quiet", "--quiet"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    if !context.run(&mut apt)? {
        bail!("apt-get {} failed, see above", arguments.join(" "));
    }
    Ok(())
}
