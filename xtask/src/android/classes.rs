//! The Kotlin compiler, which compiles a module as a whole where anything of it has changed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::libraries::write;
use super::stamp::Stamp;
use crate::context::Context;
use crate::files;

/// Sources that are compiled together.
pub(super) struct Module<'a> {
    pub(super) name: &'a str,
    pub(super) sources: Vec<PathBuf>,
    pub(super) options: Vec<String>,
    /// Modules that it is compiled against.
    pub(super) needs: Vec<&'a Compiled>,
}

/// A compiled module.
pub(super) struct Compiled {
    pub(super) classes: PathBuf,
    digest: String,
}

impl Compiled {
    /// Classes that no Kotlin compiler made.
    pub(super) fn other(classes: PathBuf, digest: String) -> Self {
        Self { classes, digest }
    }
}

pub(super) struct Compiler<'a> {
    pub(super) context: &'a Context,
    /// The compiler's own jars, among them its plugins.
    pub(super) jars: Vec<PathBuf>,
    /// What every module is compiled against.
    pub(super) class_path: Vec<PathBuf>,
    /// Where the classes go.
    pub(super) target: PathBuf,
}

impl Compiler<'_> {
    /// Compiles a module where it is not compiled yet.
    pub(super) fn compile(&self, module: &Module<'_>) -> Result<Compiled> {
        let classes = self.target.join(module.name);
        let mut stamp = Stamp::default().texts(module.options.iter().map(String::as_str));
        stamp = stamp.texts(module.needs.iter().map(|needed| needed.digest.as_str()));
        for jar in self.class_path.iter().chain(&self.jars) {
            stamp = stamp.text(&jar.to_string_lossy());
        }
        for folder in &module.sources {
            stamp = stamp.folder(folder)?;
        }
        let digest = stamp.step(&classes, || self.run(module, &classes))?;
        Ok(Compiled { classes, digest })
    }

    fn run(&self, module: &Module<'_>, classes: &Path) -> Result<()> {
        self.context.say(&format!("android: compiling {}", module.name));
        let needed = module.needs.iter().map(|needed| needed.classes.clone());
        let class_path = std::env::join_paths(needed.chain(self.class_path.iter().cloned()))?;
        let mut arguments: Vec<OsString> =
            ["-no-stdlib", "-no-reflect", "-jvm-target", "17", "-module-name", module.name]
                .map(OsString::from)
                .to_vec();
        arguments.extend(module.options.iter().map(OsString::from));
        for plugin in self.jars.iter().filter(|jar| is_plugin(jar)) {
            arguments.push(format!("-Xplugin={}", plugin.display()).into());
        }
        arguments.extend(["-d".into(), classes.into(), "-cp".into(), class_path]);
        for folder in &module.sources {
            let kotlin =
                files::below(folder)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "kt"));
            arguments.extend(kotlin.map(|file| folder.join(file).into()));
        }
        // A file, as a command line can be too long.
        let file = classes.with_extension("arguments");
        let quoted = |argument: &OsString| format!("\"{}\"", argument.to_string_lossy().replace('\\', "\\\\"));
        write(&file, &arguments.iter().map(quoted).collect::<Vec<_>>().join("\n"))?;
        let mut java = self.context.command("java");
        // A short run does not earn what the second compiler of the JVM costs.
        java.args(["-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"])
            .arg(std::env::join_paths(&self.jars)?);
        java.arg("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler").arg(format!("@{}", file.display()));
        if !self.context.run(&mut java)? {
            bail!("{} does not compile, see above", module.name);
        }
        Ok(())
    }
}

fn is_plugin(jar: &Path) -> bool {
    jar.file_name().is_some_and(|name| name.to_string_lossy().contains("compiler-plugin"))
}
