use std::path::Path;

use saha_core::{NewPhoto, Photos, Saha};
use saha_domain::{NaiveDate, Photo, Visit, VisitState};
use serde_json::{Value, json};

use crate::{
    args::field::Purpose,
    exit::{CliError, Code, Result},
    find, format,
    output::Out,
    pages::PAGE,
    phone,
    settings::Settings,
    table::{Align, Table},
    texts::{errors, field as say},
};

pub(super) fn attach(
    settings: &Settings,
    out: &Out,
    file: &Path,
    purpose: Purpose,
    note: Option<String>,
    visit: Option<&str>,
) -> Result<Code> {
    let saha = phone::open(settings)?;
    let visit = meant(&saha, settings, out, visit)?;
    let new = NewPhoto { path: file.to_string_lossy().into_owned(), purpose: purpose.into(), note };
    let photo = saha.photos().attach(visit.id, new)?;
    out.document(&json!({ "photo": photo }));
    let (name, size) = (saha.customers().name(visit.customer)?, format::size(out.lang, photo.size_bytes));
    out.line(say::photo_added(out.lang, &name, &photo.purpose.text(out.lang), &size));
    Ok(Code::Ok)
}

pub(super) fn list(settings: &Settings, out: &Out, visit: Option<&str>, fetch: bool) -> Result<Code> {
    let saha = phone::open(settings)?;
    let visit = meant(&saha, settings, out, visit)?;
    let photos = saha.photos();
    let listed = photos.list_of(visit.id, PAGE, 0)?;
    let mut fetched = Ok(());
    for photo in listed.iter().filter(|_| fetch) {
        // What is here by then is shown in any case.
        if let Err(error) = phone::block_on(out.lang, photos.fetch(photo.id))? {
            fetched = Err(error);
        }
    }
    let documents = listed.iter().map(|photo| document(&photos, photo)).collect::<Result<Vec<_>>>()?;
    out.document(&json!({ "visit": visit.id, "photos": documents }));
    if listed.is_empty() {
        out.line(say::no_photos(out.lang, &saha.customers().name(visit.customer)?));
    }
    let mut table = Table::new(&[Align::Left, Align::Left, Align::Right, Align::Left], 3);
    for photo in &listed {
        table.row([
            format::time(&photo.taken),
            photo.purpose.text(out.lang),
            format::size(out.lang, photo.size_bytes),
            place(&photos, out, photo)?,
        ]);
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    fetched?;
    Ok(Code::Ok)
}

fn document(photos: &Photos, photo: &Photo) -> Result<Value> {
    let file = photos.file(photo.id)?;
    Ok(json!({
        "photo": photo,
        "path": file.path,
        "is_waiting": file.is_waiting,
        "sent_bytes": file.sent_bytes,
        "problem": file.problem,
    }))
}

/// Where the file is, for people.
fn place(photos: &Photos, out: &Out, photo: &Photo) -> Result<String> {
    let file = photos.file(photo.id)?;
    let path = file.path.unwrap_or_else(|| say::not_fetched(out.lang));
    Ok(if file.is_waiting { format!("{path} {}", say::not_sent(out.lang)) } else { path })
}

/// The visit that is named, or else the open one, or else the rep's last one of today.
fn meant(saha: &Saha, settings: &Settings, out: &Out, wanted: Option<&str>) -> Result<Visit> {
    let today = phone::today(settings)?;
    if let Some(wanted) = wanted {
        return find::visit(saha, out.lang, today, wanted);
    }
    let found = match saha.visits().in_progress()? {
        None => last_own(saha, today)?,
        open => open,
    };
    found.ok_or_else(|| CliError::NotFound { message: errors::no_visit_today(out.lang), candidates: Vec::new() })
}

fn last_own(saha: &Saha, today: NaiveDate) -> Result<Option<Visit>> {
    let rep = saha.account().info()?.rep.map(|rep| rep.id);
    let visits = saha.visits().list_on(today, PAGE, 0)?;
    Ok(visits.into_iter().rfind(|visit| Some(visit.rep) == rep && visit.state != VisitState::Voided))
}
