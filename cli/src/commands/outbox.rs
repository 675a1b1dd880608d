use saha_core::{OutboxEntry, OverriddenEdit, OverriddenField, Saha};
use saha_domain::{
    Kind,
    catalog::{field_name, state_name},
    life::ChangeState,
    wire::Op,
};
use serde_json::{Value, json};

use super::{
    edits::{self, Edits},
    sale::sale_lines,
};
use crate::{
    exit::{CliError, Code, Result},
    find, format,
    output::{Out, Tone},
    phone,
    settings::Settings,
    table::{Align, Table, wrap},
    texts::{self, account as say},
};

/// What is said of a change stands under its kind.
const REMARK_INDENT: usize = 12;

pub(super) fn list(settings: &Settings, out: &Out) -> Result<Code> {
    let saha = phone::open(settings)?;
    let entries = saha.outbox().list()?;
    let overridden = saha.outbox().list_overridden()?;
    out.document(&json!({
        "changes": entries.iter().map(document).collect::<Vec<_>>(),
        "overridden": overridden.iter().map(overridden_document).collect::<Vec<_>>(),
    }));
    for line in entry_lines(&saha, out, &entries).into_iter().chain(overridden_lines(out, &overridden)) {
        out.line(line);
    }
    let refused = entries.iter().any(|entry| entry.state == ChangeState::Rejected);
    Ok(if refused { Code::Refused } else { Code::Ok })
}

pub(super) fn dismiss(settings: &Settings, out: &Out, op: &str) -> Result<Code> {
    let saha = phone::open(settings)?;
    let edit = find::overridden(&saha, out.lang, op)?;
    saha.outbox().dismiss_overridden(edit.op_id)?;
    out.document(&overridden_document(&edit));
    out.line(say::dismissed(out.lang));
    Ok(Code::Ok)
}

pub(super) fn resend(settings: &Settings, out: &Out, op: &str) -> Result<Code> {
    let saha = phone::open(settings)?;
    let entry = find::change(&saha, out.lang, op)?;
    saha.outbox().resend(entry.op_id)?;
    Ok(done(out, &entry, say::resent(out.lang)))
}

pub(super) fn withdraw(settings: &Settings, out: &Out, op: &str, with_dependants: bool) -> Result<Code> {
    let saha = phone::open(settings)?;
    let entry = find::change(&saha, out.lang, op)?;
    edits::withdraw(&saha, out, &entry, with_dependants)?;
    Ok(done(out, &entry, say::withdrawn(out.lang)))
}

pub(super) fn use_existing(settings: &Settings, out: &Out, op: &str) -> Result<Code> {
    let saha = phone::open(settings)?;
    let entry = find::change(&saha, out.lang, op)?;
    if entry.existing.is_none() {
        return Err(CliError::Failed(texts::errors::nothing_in_the_way(out.lang)));
    }
    saha.outbox().use_existing(entry.op_id)?;
    Ok(done(out, &entry, say::moved(out.lang)))
}

pub(super) fn fix(settings: &Settings, out: &Out, op: &str, edits: &Edits<'_>) -> Result<Code> {
    let saha = phone::open(settings)?;
    let entry = find::change(&saha, out.lang, op)?;
    edits.apply(&saha, out, &entry)?;
    Ok(done(out, &entry, say::fixed(out.lang)))
}

fn done(out: &Out, entry: &OutboxEntry, text: String) -> Code {
    out.document(&json!({ "op_id": entry.op_id, "record_id": entry.record_id }));
    out.line(text);
    Code::Ok
}

/// Every change that is not settled, each refused one with its reason and the way out.
pub(crate) fn entry_lines(saha: &Saha, out: &Out, entries: &[OutboxEntry]) -> Vec<String> {
    if entries.is_empty() {
        return vec![say::outbox_empty(out.lang)];
    }
    let mut table = Table::new(&[Align::Left; 4], 2);
    for entry in entries {
        table.row(cells(out, entry));
    }
    let width = out.width().map(|width| width.saturating_sub(2));
    let (mut lines, blank) = (Vec::new(), " ".repeat(REMARK_INDENT));
    for (entry, line) in entries.iter().zip(table.lines(width)) {
        let line = if entry.state == ChangeState::Rejected { out.paint(Tone::Bad, line) } else { line };
        lines.push(format!("  {line}"));
        for remark in remarks(saha, out, entry) {
            lines.extend(wrap(&remark, 66).into_iter().map(|line| format!("{blank}{line}")));
        }
        lines.extend(refused_sale(saha, out, entry));
    }
    lines
}

fn cells(out: &Out, entry: &OutboxEntry) -> [String; 4] {
    let state = if entry.is_held_back { "blocked" } else { entry.state.name() };
    [
        format::short_id(&entry.op_id.to_string()).to_owned(),
        format!("{} ({})", entry.kind_name, entry.op.text(out.lang)),
        entry.title.clone(),
        state_name(out.lang, state).to_owned(),
    ]
}

fn remarks(saha: &Saha, out: &Out, entry: &OutboxEntry) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(reason) = &entry.reason {
        remarks.push(reason.clone());
    }
    if let Some(name) =
        entry.existing.as_deref().and_then(|id| id.parse().ok()).and_then(|id| saha.customers().name(id).ok())
    {
        remarks.push(say::in_the_way(out.lang, &name));
    }
    if !entry.superseded.is_empty() {
        let fields: Vec<&str> = entry.superseded.iter().map(|field| field_name(out.lang, field)).collect();
        remarks.push(say::overridden(out.lang, &fields.join(", ")));
    }
    if entry.state == ChangeState::Rejected {
        let id = entry.op_id.to_string();
        let id = format::short_id(&id);
        let is_sale = entry.kind == Kind::Sale.name();
        remarks.push(if is_sale { say::fix_sale_with(out.lang, id) } else { say::fix_with(out.lang, id) });
        if entry.op == Op::Create && entry.existing.is_some() {
            remarks.push(say::use_existing_with(out.lang, id));
        }
    }
    remarks
}

/// The lines of a refused sale, which are corrected by their numbers, and which of them the company means.
fn refused_sale(saha: &Saha, out: &Out, entry: &OutboxEntry) -> Vec<String> {
    if entry.state != ChangeState::Rejected || entry.kind != Kind::Sale.name() {
        return Vec::new();
    }
    let sale = entry.record_id.parse().ok().and_then(|id| saha.sales().get(id).ok());
    // A sale that this device can't read any more is still listed, with its reason.
    let Some(sale) = sale else { return Vec::new() };
    let mut lines = sale_lines(saha, out, &sale, REMARK_INDENT).unwrap_or_default();
    let named = entry.field.as_deref().and_then(|field| field.strip_prefix("lines/")?.split('/').next());
    let meant = named.and_then(|id| sale.lines.iter().find(|line| line.id.to_string() == id));
    lines.extend(
        meant.map(|line| format!("{}{}", " ".repeat(REMARK_INDENT), say::refused_line(out.lang, line.position))),
    );
    lines
}

/// Edits that lost to someone else's: what the rep wrote, and what holds.
fn overridden_lines(out: &Out, edits: &[OverriddenEdit]) -> Vec<String> {
    let mut lines = Vec::new();
    for edit in edits {
        let id = edit.op_id.to_string();
        let id = format::short_id(&id);
        let (kind, title) = (&edit.kind_name, &edit.title);
        lines.push(format!("  {id}  {kind}  {title}  {}", say::overridden_title(out.lang)));
        for field in &edit.fields {
            let nothing = say::nothing(out.lang);
            let yours = field.yours.as_deref().unwrap_or(&nothing);
            let theirs = field.theirs.as_deref().unwrap_or(&nothing);
            let remark = say::overridden_field(out.lang, &field.name, yours, theirs);
            lines.extend(wrap(&remark, 66).into_iter().map(|line| format!("{}{line}", " ".repeat(REMARK_INDENT))));
        }
        lines.push(format!("{}{}", " ".repeat(REMARK_INDENT), say::dismiss_with(out.lang, id)));
    }
    lines
}

fn overridden_document(edit: &OverriddenEdit) -> Value {
    let field = |field: &OverriddenField| json!({ "field": field.field, "yours": field.yours, "theirs": field.theirs });
    json!({
        "op_id": edit.op_id,
        "kind": edit.kind,
        "record_id": edit.record_id,
        "title": edit.title,
        "captured_ms": edit.captured_ms,
        "fields": edit.fields.iter().map(field).collect::<Vec<_>>(),
    })
}

fn document(entry: &OutboxEntry) -> Value {
    json!({
        "op_id": entry.op_id,
        "kind": entry.kind,
        "record_id": entry.record_id,
        "op": entry.op.name(),
        "state": entry.state.name(),
        "is_held_back": entry.is_held_back,
        "title": entry.title,
        "captured_ms": entry.captured_ms,
        "attempt": entry.attempt,
        "code": entry.code,
        "field": entry.field,
        "reason": entry.reason,
        "existing": entry.existing,
        "superseded": entry.superseded,
    })
}
