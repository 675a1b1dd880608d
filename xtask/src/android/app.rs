//! The app, compiled, and its tests.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::FOLDER;
use super::catalogue::Catalogue;
use super::classes::{Compiled, Compiler, Module};
use super::libraries::{Libraries, Library};
use super::metadata::{self, Build};
use super::resources::{self, NAMESPACE, Resources};
use crate::bindings;
use crate::build::Built;
use crate::context::Context;
use crate::kotlin;
use crate::test::Counts;

/// What the app is made of, by the names of the catalogue's bundles.
const BUNDLES: [&str; 3] = ["app", "test", "phone"];

/// The engine for tests of this age says of itself that it is old.
const QUIET: &str = "--config=junit.vintage.discovery.issue.reporting.enabled=false";

/// Below the folder of the app.
const SCRIPT: &str = "app/build.gradle.kts";
const MAIN: &str = "app/src/main";
const TESTS: &str = "app/src/test";
const PHONE_TESTS: &str = "app/src/androidTest";

/// The app with its tests, compiled for this machine's Java.
pub(super) struct App<'a> {
    context: &'a Context,
    built: Built,
    libraries: Libraries<'a>,
    /// Tells Robolectric where the resources are.
    config: PathBuf,
    /// In the order of the class path.
    modules: Vec<Compiled>,
    class_path: Vec<PathBuf>,
    target: PathBuf,
    /// What Gradle would refuse.
    problems: Vec<String>,
    /// Held until the end: two runs at once would clear each other's classes.
    _lock: File,
}

impl<'a> App<'a> {
    /// Compiles everything that is not compiled yet.
    pub(super) fn compiled(context: &'a Context) -> Result<Self> {
        let (built, _) = bindings::made(context, false)?;
        let folder = context.root.join(FOLDER);
        let libraries = Libraries::new(context, Catalogue::read(&folder.join("gradle/libs.versions.toml"))?)?;
        let found = libraries.bundles(&BUNDLES)?;
        let script = folder.join(SCRIPT);
        let script = fs::read_to_string(&script).with_context(|| format!("cannot read {}", script.display()))?;
        let builds_with = Build::read(&libraries.catalogue, &script)?;
        let problems = metadata::problems(&builds_with, &libraries.catalogue, &BUNDLES, &found)?;
        let android = libraries.jar("android-all")?;
        let target = context.target_dir()?.join("android");
        let lock = locked(context, &target)?;
        let resources = resources::made(context, &folder.join(MAIN), &found, &android, &target)?;
        let mut class_path: Vec<PathBuf> = found.iter().filter_map(Library::jar).collect();
        class_path.push(android);
        let compiler = Compiler {
            context,
            jars: libraries.tool("compiler")?,
            class_path: class_path.clone(),
            target: target.clone(),
        };
        let modules = modules(&compiler, &bindings::folder(context)?.join("kotlin"), &resources)?;
        Ok(Self {
            context,
            built,
            libraries,
            config: resources.config,
            modules,
            class_path,
            target,
            problems,
            _lock: lock,
        })
    }

    /// Runs the tests, or those of the classes whose name ends with `only`, and checks the format.
    pub(super) fn test(&self, only: Option<&str>) -> Result<Counts> {
        let reports = self.target.join("reports");
        // What an earlier run left must not pass for this one's.
        if reports.exists() {
            fs::remove_dir_all(&reports).with_context(|| format!("cannot clear {}", reports.display()))?;
        }
        self.context.say("android: the tests");
        let library = self.built.library()?.parent().context("the library is in no folder")?;
        let mut java = self.java(library)?;
        let tests = self.modules.first().context("nothing was compiled")?;
        java.args(["org.junit.platform.console.ConsoleLauncher", "execute", "--disable-banner", "--fail-if-no-tests"]);
        java.arg("--scan-classpath").arg(&tests.classes).arg("--reports-dir").arg(&reports);
        java.args(["--details", "tree", "--disable-ansi-colors"]);
        java.arg(QUIET);
        java.args(["--include-classname"]).arg(format!(".*{}", only.unwrap_or("Test")));
        let passed = self.context.run(&mut java)?;
        let mut counts = kotlin::counted(&reports)?;
        let formatted = only.is_some() || self.is_formatted()?;
        self.problems.iter().for_each(|problem| self.context.say(&format!("android: {problem}")));
        counts.broken |= (!passed && counts.failed == 0) || !formatted || !self.problems.is_empty();
        Ok(counts)
    }

    /// What measures the start of the app, with the library in that folder, on the full phone of `login` in that one.
    pub(super) fn bench(&self, library: &Path, phone: &Path, login: &str) -> Result<Command> {
        let mut java = self.java(library)?;
        java.arg(format!("-Dsaha.phone={}", phone.display())).arg(format!("-Dsaha.login={login}"));
        java.args(["org.junit.platform.console.ConsoleLauncher", "execute", "--disable-banner", "--fail-if-no-tests"]);
        java.args(["--details", "none", "--select-class", &format!("{NAMESPACE}.ColdStart")]);
        java.arg(QUIET);
        Ok(java)
    }

    /// Java with everything of the app and its tests, the library of the core in that folder, and the server.
    fn java(&self, library: &Path) -> Result<Command> {
        let mut class_path = vec![self.config.clone(), self.context.root.join(FOLDER).join(TESTS).join("resources")];
        class_path.extend(self.modules.iter().map(|module| module.classes.clone()));
        class_path.extend(self.libraries.tool("runner")?);
        class_path.extend(self.class_path.iter().cloned());
        let android = self.libraries.jar("android-all-instrumented")?;
        let properties = [
            ("jna.library.path", library),
            ("java.library.path", library),
            ("saha.server", self.built.program("saha")?),
            ("saha.repository", &self.context.root),
            ("saha.target", &self.target),
            // The Android that is played comes from here, and from no network.
            ("robolectric.dependency.dir", android.parent().context("a jar in no folder")?),
        ];
        let mut java = self.context.command("java");
        // One way of drawing for all tests: another would load the app's classes once more, and the core knows one set of them.
        java.args(["-Xmx3g", "-Drobolectric.offline=true", "-Drobolectric.graphicsMode=NATIVE"]);
        for (name, value) in properties {
            java.arg(format!("-D{name}={}", value.display()));
        }
        // A panic that a test asks for need not fill the screen.
        java.env("RUST_BACKTRACE", "0");
        java.arg("-cp").arg(std::env::join_paths(class_path)?);
        Ok(java)
    }

    /// Whether the sources are written as ktlint and `.editorconfig` want it.
    fn is_formatted(&self) -> Result<bool> {
        self.context.say("android: the format of the sources");
        let mut ktlint = self.context.command("java");
        ktlint.args(["--add-opens=java.base/java.lang=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp"]);
        ktlint.arg(std::env::join_paths(self.libraries.program("ktlint")?)?).arg("com.pinterest.ktlint.Main");
        ktlint.args(["--relative", "--log-level=warn", "**/*.kt", "**/*.kts", "!**/build/**"]);
        self.context.run(ktlint.current_dir(self.context.root.join(FOLDER)))
    }
}

/// Waits until nobody else works in the folder, as cargo does.
fn locked(context: &Context, folder: &Path) -> Result<File> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = folder.join("lock");
    let lock = File::create(&file).with_context(|| format!("cannot make {}", file.display()))?;
    if lock.try_lock().is_err() {
        context.say("android: waiting for another run to end");
        lock.lock().with_context(|| format!("cannot lock {}", file.display()))?;
    }
    Ok(lock)
}

/// The tests, the app, the Kotlin layer, the generated code and the classes `R`: each is compiled against those after it.
fn modules(compiler: &Compiler<'_>, generated: &Path, resources: &Resources) -> Result<Vec<Compiled>> {
    let root = &compiler.context.root;
    let words = |options: &[&str]| options.iter().map(|&option| option.to_owned()).collect::<Vec<_>>();
    let generated = compiler.compile(&Module {
        name: "saha-generated",
        sources: vec![generated.to_path_buf()],
        options: words(&["-nowarn"]),
        needs: vec![],
    })?;
    let layer = compiler.compile(&Module {
        name: "saha",
        sources: [kotlin::PACKAGE, kotlin::ANDROID].map(|folder| root.join(folder).join("src/main/kotlin")).to_vec(),
        options: words(&["-Werror", "-Xexplicit-api=strict"]),
        needs: vec![&generated],
    })?;
    let r = Compiled::other(resources.classes.clone(), resources.digest.clone());
    let app = compiler.compile(&Module {
        name: "app",
        sources: vec![root.join(FOLDER).join(MAIN).join("kotlin")],
        options: words(&["-Werror"]),
        needs: vec![&layer, &generated, &r],
    })?;
    let tests = compiler.compile(&Module {
        name: "app-test",
        sources: vec![root.join(FOLDER).join(TESTS).join("kotlin")],
        // They see what the app keeps to itself.
        options: vec!["-Werror".to_owned(), format!("-Xfriend-paths={}", app.classes.display())],
        needs: vec![&app, &layer, &generated, &r],
    })?;
    // Compiled alone: they want a phone.
    compiler.compile(&Module {
        name: "app-phone-test",
        sources: vec![root.join(FOLDER).join(PHONE_TESTS).join("kotlin")],
        options: words(&["-Werror"]),
        needs: vec![&app, &layer, &generated, &r],
    })?;
    Ok(vec![tests, app, layer, generated, r])
}
