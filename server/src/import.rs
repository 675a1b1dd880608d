//! Company data from files that people keep in a spreadsheet. Good lines are taken, bad ones are named; a file that was
//! imported before changes nothing.

mod assignments;
mod call_cycles;
mod cells;
mod csv;
mod customers;
mod file;
mod plan;
mod products;
mod reps;
mod table;
mod targets;
#[cfg(test)]
mod tests;
mod upsert;
mod users;

use std::{collections::HashMap, str::FromStr};

use saha_domain::{
    FieldError, Problem,
    catalog::Lang,
    wire::{ImportProblem, ImportReport, RejectionCode},
};

use crate::{
    auth::Passwords,
    error::{BadRequest, RequestError},
    host::Host,
    store::{Store, StoreError},
    sync::{self, Ledger},
    texts,
};
use file::{Effect, FileKind};
use table::Table;

/// So many lines are written in one transaction: phones that push meanwhile wait no longer than that takes.
const LINES_PER_COMMIT: usize = 500;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// Sales representatives.
    Reps,
    /// Those who can sign in.
    Users,
    /// Customers.
    Customers,
    /// The price list.
    Products,
    /// Which customer is whose.
    Assignments,
    /// How often customers are to be visited.
    CallCycles,
    /// Targets and their revisions.
    Targets,
    /// Who is to be visited on which day.
    Plan,
}

impl ImportKind {
    /// Every kind, in an order in which the files of a new company can be imported.
    pub const ALL: &[ImportKind] = &[
        Self::Reps,
        Self::Users,
        Self::Customers,
        Self::Products,
        Self::Assignments,
        Self::CallCycles,
        Self::Targets,
        Self::Plan,
    ];

    /// The name in the path.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reps => "reps",
            Self::Users => "users",
            Self::Customers => "customers",
            Self::Products => "products",
            Self::Assignments => "assignments",
            Self::CallCycles => "call_cycles",
            Self::Targets => "targets",
            Self::Plan => "plan",
        }
    }
}

impl FromStr for ImportKind {
    type Err = RequestError;

    fn from_str(name: &str) -> Result<Self, RequestError> {
        let found = Self::ALL.iter().copied().find(|kind| kind.name() == name);
        found.ok_or(RequestError::BadRequest(BadRequest::ImportKind))
    }
}

/// Where imports are done.
pub(crate) struct Desk<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) host: &'a dyn Host,
    pub(crate) passwords: &'a Passwords,
    /// The language of the report.
    pub(crate) lang: Lang,
}

/// Why a line could not be taken.
#[derive(Debug)]
enum Fault {
    /// A cell is wrong in itself.
    Cell {
        /// The column's English name.
        column: &'static str,
        problem: Problem,
    },
    /// A cell names a record by a code that nobody has.
    UnknownCode {
        column: &'static str,
        /// The kind of the record.
        kind: &'static str,
        code: String,
    },
    /// What the record says can't stand beside another record.
    Refused { column: Option<&'static str>, code: RejectionCode },
    /// The store failed: not the line's fault, and the end of the import.
    Store(StoreError),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Imports a file. What was committed before an error stays; importing the file again goes on from there.
pub(crate) fn import(desk: &Desk<'_>, kind: ImportKind, bytes: &[u8]) -> Result<ImportReport, RequestError> {
    match kind {
        ImportKind::Reps => run(desk, &reps::Reps, bytes),
        ImportKind::Users => run(desk, &users::Users { passwords: desk.passwords, host: desk.host }, bytes),
        ImportKind::Customers => run(desk, &customers::Customers, bytes),
        ImportKind::Products => {
            let currency = sync::company(&*desk.store.view()?)?.currency;
            run(desk, &products::Products { currency }, bytes)
        }
        ImportKind::Assignments => run(desk, &assignments::Assignments, bytes),
        ImportKind::CallCycles => run(desk, &call_cycles::CallCycles, bytes),
        ImportKind::Targets => run(desk, &targets::Targets, bytes),
        ImportKind::Plan => run(desk, &plan::Plan, bytes),
    }
}

fn run<F: FileKind>(desk: &Desk<'_>, file: &F, bytes: &[u8]) -> Result<ImportReport, RequestError> {
    let text = std::str::from_utf8(bytes).map_err(|_| BadRequest::NotUtf8)?;
    let table = Table::read(text, F::COLUMNS)?;
    let zone = sync::company(&*desk.store.view()?)?.zone;
    let mut import = Import { desk, file, table: &table, seen: HashMap::new(), report: ImportReport::default() };
    for lines in table.lines().chunks(LINES_PER_COMMIT) {
        import.commit(lines, &zone)?;
    }
    if let Some(line) = table.unterminated_at() {
        let message = texts::unterminated_quote(desk.lang);
        import.report.problems.push(ImportProblem {
            line,
            column: None,
            code: "unterminated_quote".to_owned(),
            message,
        });
    }
    // Lines are read before any of them is written, so what was found while writing comes late.
    import.report.problems.sort_by_key(|problem| problem.line);
    Ok(import.report)
}

/// An import under way.
struct Import<'a, F: FileKind> {
    desk: &'a Desk<'a>,
    file: &'a F,
    table: &'a Table,
    /// Keys of the lines that were taken.
    seen: HashMap<String, u64>,
    report: ImportReport,
}

impl<F: FileKind> Import<'_, F> {
    /// Reads so many lines, and writes the good ones in one transaction.
    fn commit(&mut self, lines: &[csv::Line], zone: &str) -> Result<(), RequestError> {
        let mut good = Vec::new();
        let view = self.desk.store.view()?;
        for line in lines {
            match self.table.row(line) {
                Err(found) => self.report_columns(line.number, found),
                Ok(row) => match self.file.read(&row, &*view) {
                    Ok(entry) => good.push((line.number, entry)),
                    Err(fault) => self.report_fault(line.number, fault)?,
                },
            }
        }
        drop(view);
        if good.is_empty() {
            return Ok(());
        }
        let tx = self.desk.store.begin()?;
        let ledger = Ledger::new(&*tx, self.desk.host, zone);
        for (line, entry) in good {
            self.write(&ledger, line, &entry)?;
        }
        Ok(tx.commit()?)
    }

    fn write(&mut self, ledger: &Ledger<'_>, line: u64, entry: &F::Entry) -> Result<(), RequestError> {
        let key = F::key(entry);
        if let Some(first) = self.seen.get(&key) {
            let message = texts::duplicate_in_file(self.desk.lang, *first);
            self.problem(line, None, "duplicate_in_file", message);
            return Ok(());
        }
        ledger.tx.save_point()?;
        match self.file.write(ledger, entry) {
            Ok(effect) => {
                ledger.tx.release()?;
                self.seen.insert(key, line);
                match effect {
                    Effect::Created => self.report.created += 1,
                    Effect::Updated => self.report.updated += 1,
                    Effect::Unchanged => self.report.unchanged += 1,
                }
                Ok(())
            }
            Err(fault) => {
                ledger.tx.roll_back()?;
                self.report_fault(line, fault)
            }
        }
    }

    fn report_columns(&mut self, line: u64, found: usize) {
        let message = texts::column_count(self.desk.lang, found, self.table.width());
        self.problem(line, None, "column_count", message);
    }

    fn report_fault(&mut self, line: u64, fault: Fault) -> Result<(), RequestError> {
        let lang = self.desk.lang;
        match fault {
            Fault::Cell { column, problem } => {
                self.problem(line, Some(column), problem.code(), problem.text(lang));
            }
            Fault::UnknownCode { column, kind, code } => {
                let kind = saha_domain::catalog::kind_name(lang, kind);
                self.problem(line, Some(column), "unknown_code", texts::unknown_code(lang, kind, &code));
            }
            Fault::Refused { column, code } => {
                self.problem(line, column, code.name(), code.text(lang).unwrap_or_default());
            }
            Fault::Store(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Adds a problem; its message names the column as the file does.
    fn problem(&mut self, line: u64, column: Option<&'static str>, code: &str, message: String) {
        let message = match column.and_then(|column| self.table.header(column)) {
            Some(header) => format!("{header}: {message}"),
            None => message,
        };
        let column = column.map(str::to_owned);
        self.report.problems.push(ImportProblem { line, column, code: code.to_owned(), message });
    }
}

/// A record's own complaint, by the column that its field came from.
fn fault_of(error: FieldError, column_of: impl Fn(&str) -> &'static str) -> Fault {
    let field = error.field.rsplit('/').next().unwrap_or_default();
    Fault::Cell { column: column_of(field), problem: error.problem }
}
