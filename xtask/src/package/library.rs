//! A built library, taken apart: what it exports, how its pages are aligned, and how large it may be.

use anyhow::{Context as _, Result, bail};
use goblin::elf::Elf;
use goblin::elf::header::{EM_AARCH64, EM_ARM, EM_X86_64};
use goblin::elf::program_header::PT_LOAD;
use goblin::mach::{Mach, MachO};

/// What a name that is exported may start with: the generated code calls `uniffi_…` and `ffi_…`, the generator reads
/// `UNIFFI_META_…`, and Android's own start is found by the name of its Java class.
const EXPORTED: [&str; 4] = ["uniffi_", "ffi_", "UNIFFI_META_", "Java_dev_saha_"];

/// How large a library may be, in bytes: a tenth over what it was when the profile was chosen. A dependency that costs more
/// than that is on purpose, and raises the number in the same commit. The figures are in `docs/performance.md`.
const LARGEST: [(Machine, u64); 4] = [
    (Machine::X86_64, 11_000_000),
    (Machine::Aarch64, 11_000_000),
    (Machine::Arm, 9_000_000),
    // Both sides of a framework are static: the app's linker takes what it needs.
    (Machine::Archive, 120_000_000),
];

/// Phones with pages of 16 KB load nothing that is aligned to less.
pub(super) const LARGE_PAGE: u64 = 16 * 1024;

/// For which processor; an archive is linked into the app, and has no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Machine {
    X86_64,
    Aarch64,
    Arm,
    Archive,
}

/// What a library says of itself.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) machine: Machine,
    /// The names that others can link with.
    pub(super) exported: Vec<String>,
    /// The smallest alignment of a part that is loaded; none where the format has none.
    pub(super) alignment: Option<u64>,
    size: u64,
}

impl Library {
    /// Reads a shared library of Linux, Android or macOS.
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let size = u64::try_from(bytes.len())?;
        if bytes.starts_with(b"\x7fELF") {
            return Self::elf(&Elf::parse(bytes).context("not a library that can be read")?, size);
        }
        match Mach::parse(bytes).context("not a library that can be read")? {
            Mach::Binary(binary) => Self::mach(&binary, size),
            Mach::Fat(_) => bail!("a library for several processors: give each on its own"),
        }
    }

    fn elf(elf: &Elf<'_>, size: u64) -> Result<Self> {
        let machine = match elf.header.e_machine {
            EM_X86_64 => Machine::X86_64,
            EM_AARCH64 => Machine::Aarch64,
            EM_ARM => Machine::Arm,
            other => bail!("a library for the processor {other}, which nobody asked for"),
        };
        let defined = elf.dynsyms.iter().filter(|symbol| !symbol.is_import() && symbol.st_name != 0);
        let exported = defined.filter_map(|symbol| elf.dynstrtab.get_at(symbol.st_name)).map(str::to_owned).collect();
        let loaded = elf.program_headers.iter().filter(|header| header.p_type == PT_LOAD);
        Ok(Self { machine, exported, alignment: loaded.map(|header| header.p_align).min(), size })
    }

    fn mach(binary: &MachO<'_>, size: u64) -> Result<Self> {
        let machine = match binary.header.cputype() {
            goblin::mach::constants::cputype::CPU_TYPE_ARM64 => Machine::Aarch64,
            goblin::mach::constants::cputype::CPU_TYPE_X86_64 => Machine::X86_64,
            other => bail!("a library for the processor {other}, which nobody asked for"),
        };
        let exports = binary.exports().context("the library's exports can't be read")?;
        // C names have an underscore before them there.
        let exported = exports.into_iter().map(|export| export.name.trim_start_matches('_').to_owned()).collect();
        Ok(Self { machine, exported, alignment: None, size })
    }

    /// What is wrong with it, each in a sentence that begins with `name`. Pages have to be large for phones.
    pub(super) fn problems(&self, name: &str, wants_large_pages: bool) -> Vec<String> {
        let mut problems = Vec::new();
        let foreign: Vec<&str> = self.exported.iter().map(String::as_str).filter(|symbol| !is_ours(symbol)).collect();
        if let Some(first) = foreign.first() {
            problems
                .push(format!("{name}: exports {} names that are not for the bindings, {first} first", foreign.len()));
        }
        for needed in ["ffi_saha_core_", "ffi_saha_domain_"] {
            if !self.exported.iter().any(|symbol| symbol.starts_with(needed)) {
                problems.push(format!("{name}: exports no {needed}…: the bindings of that crate would not find it"));
            }
        }
        if let Some(alignment) = self.alignment.filter(|alignment| wants_large_pages && *alignment < LARGE_PAGE) {
            problems.push(format!("{name}: its pages are aligned to {alignment} bytes, {LARGE_PAGE} are needed"));
        }
        problems.extend(too_large(name, self.machine, self.size));
        problems
    }
}

/// A sentence, where a library of that size is larger than it may be.
pub(super) fn too_large(name: &str, machine: Machine, size: u64) -> Option<String> {
    let (_, largest) = LARGEST.iter().find(|(of, _)| *of == machine)?;
    (size > *largest).then(|| format!("{name}: {size} bytes, more than the {largest} that it may have"))
}

fn is_ours(symbol: &str) -> bool {
    EXPORTED.iter().any(|start| symbol.starts_with(start))
}
