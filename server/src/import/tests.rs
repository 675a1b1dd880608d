//! Files as people make them.

mod broken;
mod cells;
mod files;
mod istanbul;

use saha_domain::{catalog::Lang, wire::ImportReport};

use crate::{Caller, ImportKind, RequestError, testing::World};

/// A file of the test data.
fn data(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../tests/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn import(world: &World, kind: ImportKind, file: &[u8]) -> Result<ImportReport, RequestError> {
    world.server.import(&world.admin, kind, file)
}

/// Line, column and code of each problem.
fn problems(report: &ImportReport) -> Vec<(u64, Option<&str>, &str)> {
    report.problems.iter().map(|p| (p.line, p.column.as_deref(), p.code.as_str())).collect()
}

fn in_turkish(world: &World) -> Caller {
    Caller { lang: Lang::Tr, ..world.admin }
}
