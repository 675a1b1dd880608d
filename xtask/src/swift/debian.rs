//! Swift from Debian's packages: the machine's own where its release has them (trixie and later), else those of a small
//! Debian in the cache folder, which `debootstrap` makes and `bwrap` starts programs in.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::apt;
use crate::context::Context;
use crate::setup::{self, Consent};

/// The release whose packages are taken, and what is needed of them.
const RELEASE: &str = "trixie";
const PACKAGES: &str = "swiftlang,libc6-dev,libstdc++-14-dev,ca-certificates";
/// Where Debian keeps the toolchain's programs: only `swift` and `swiftc` are on the path.
const PROGRAMS: &str = "/usr/libexec/swift/bin";

/// The small Debian, if it is whole.
pub(super) fn installed() -> Result<Option<PathBuf>> {
    let root = root()?;
    Ok((root.is_dir() && can_start("bwrap")).then_some(root))
}

fn root() -> Result<PathBuf> {
    Ok(setup::cache()?.join(format!("swift-{RELEASE}")))
}

/// Installs Swift.
pub(super) fn install(context: &Context, consent: Consent) -> Result<()> {
    if !can_start("apt-get") {
        bail!("there is no Swift 6 here: get one from swift.org/install, then run this again");
    }
    if !apt::can_install(context)? {
        bail!(
            "there is no Swift 6 here, and installing one wants root: get one from swift.org/install, or run `sudo -E cargo xtask setup swift`"
        );
    }
    setup::ask(consent, "Swift", "compiles and tests the Swift package; 3 GB")?;
    // A fresh machine has no list of packages yet.
    apt::update(context)?;
    let packaged = Context::capture(context.command("apt-cache").args(["search", "--names-only", "^swiftlang$"]))?;
    if packaged.is_empty() { bootstrap(context) } else { apt::install(context, &["swiftlang"]) }
}

/// Makes the small Debian beside its place and moves it there when it is whole: one that was given up half-way is not taken for
/// it, and is made anew.
fn bootstrap(context: &Context) -> Result<()> {
    let absent: Vec<&str> = [("debootstrap", "debootstrap"), ("bwrap", "bubblewrap")]
        .into_iter()
        .filter_map(|(program, package)| (!can_start(program)).then_some(package))
        .collect();
    if !absent.is_empty() {
        apt::install(context, &absent)?;
    }
    let root = root()?;
    let unfinished = root.with_extension("part");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).with_context(|| format!("cannot clear {}", unfinished.display()))?;
    }
    fs::create_dir_all(&unfinished).with_context(|| format!("cannot make {}", unfinished.display()))?;
    context.say(&format!("installing Debian {RELEASE} with Swift into {}; takes minutes and 3 GB", root.display()));
    let include = format!("--include={PACKAGES}");
    let mut debootstrap = context.command("debootstrap");
    debootstrap.args(["--variant=minbase", &include, RELEASE]).arg(&unfinished);
    if !context.run(&mut debootstrap)? {
        bail!("debootstrap failed; what it wrote is in {}", unfinished.join("debootstrap/debootstrap.log").display());
    }
    // The packages themselves have done their work: half a gigabyte.
    let archives = unfinished.join("var/cache/apt/archives");
    fs::remove_dir_all(&archives).with_context(|| format!("cannot clear {}", archives.display()))?;
    fs::rename(&unfinished, &root).with_context(|| format!("cannot put {} in its place", root.display()))
}

/// The program in the sandbox: the small Debian read-only, the workspace and the target folder under their own paths. The
/// network is the machine's own, so that tests reach a server of theirs on the loopback.
pub(super) fn command(context: &Context, root: &Path, program: &str) -> Result<Command> {
    let mut sandbox = context.command("bwrap");
    for (folder, place) in [("usr", "/usr"), ("etc", "/etc")] {
        sandbox.arg("--ro-bind").arg(root.join(folder)).arg(place);
    }
    for folder in ["bin", "sbin", "lib", "lib64"] {
        sandbox.args(["--symlink", &format!("usr/{folder}"), &format!("/{folder}")]);
    }
    sandbox.args(["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", "/var/tmp"]);
    let target = context.target_dir()?;
    for seen in [&context.root, &target] {
        fs::create_dir_all(seen).with_context(|| format!("cannot make {}", seen.display()))?;
        sandbox.arg("--bind").arg(seen).arg(seen);
    }
    sandbox.args(["--setenv", "HOME", "/tmp", "--setenv", "PATH", &format!("{PROGRAMS}:/usr/bin:/bin")]);
    sandbox.arg("--chdir").arg(&context.root);
    sandbox.args(["--unshare-pid", "--die-with-parent", program]);
    Ok(sandbox)
}

/// Whether a program of that name is on the path. Root's programs are not on everybody's.
fn can_start(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]).any(|folder| folder.join(program).is_file())
}
