//! One function for each command: open the core, do one thing, tell it.

mod call;
mod completions;
mod customers;
mod devices;
mod edits;
mod export;
mod import;
mod login;
mod outbox;
mod photos;
mod plan;
mod sale;
mod serve;
mod status;
mod sync;
mod targets;
mod visit;

pub(crate) use import::{kind_text, report_line};
pub(crate) use outbox::entry_lines;
pub(crate) use sale::sale_lines;
pub(crate) use sync::watched as sync_watched;
pub(crate) use targets::progress_lines;
pub(crate) use visit::verdict;

use crate::{
    args::{
        Command,
        account::OutboxAction,
        field::{CallAction, CustomersAction, PlanAction, SaleAction, VisitAction},
        office::DevicesAction,
    },
    demo,
    exit::{Code, Result},
    output::Out,
    settings::Settings,
};

/// Runs a command to its end.
pub(crate) fn run(command: Command, settings: &Settings, out: &Out) -> Result<Code> {
    match command {
        Command::Customers(args) => match args.action {
            None => customers::list(settings, out, &args),
            Some(CustomersAction::Show { customer, limit, offset }) => {
                customers::show(settings, out, &customer, limit, offset)
            }
            Some(CustomersAction::Add { name, fields }) => customers::add(settings, out, name, fields),
            Some(CustomersAction::Edit { customer, name, fields }) => {
                customers::edit(settings, out, &customer, name, fields)
            }
        },
        Command::Plan(args) => match args.action {
            None => plan::show(settings, out, args.date),
            Some(PlanAction::Add { customer, date, note }) => plan::add(settings, out, &customer, date, note),
            Some(PlanAction::Remove { item, date }) => plan::remove(settings, out, &item, date),
        },
        Command::Visit(args) => match args.action {
            VisitAction::CheckIn { customer, place } => visit::check_in(settings, out, &customer, &place),
            VisitAction::CheckOut { outcome, note, place } => visit::check_out(settings, out, outcome, note, &place),
            VisitAction::List { date } => visit::list(settings, out, date),
            VisitAction::Photo { file, purpose, note, visit } => {
                photos::attach(settings, out, &file, purpose, note, visit.as_deref())
            }
            VisitAction::Photos { visit, fetch } => photos::list(settings, out, visit.as_deref(), fetch),
            VisitAction::Void { visit } => visit::void(settings, out, &visit),
        },
        Command::Call(args) => match args.action {
            None => call::log(settings, out, args),
            Some(CallAction::List { date }) => call::list(settings, out, date),
            Some(CallAction::Delete { call }) => call::delete(settings, out, &call),
        },
        Command::Sale(args) => match args.action {
            None => {
                sale::make(settings, out, &args.customer.unwrap_or_default(), &args.lines, &args.discount, args.note)
            }
            Some(SaleAction::Edit { sale, line, price, quantity }) => {
                sale::edit(settings, out, &sale, line, price.as_deref(), quantity.as_deref())
            }
            Some(SaleAction::Cancel { sale }) => sale::cancel(settings, out, &sale),
            Some(SaleAction::List { date }) => sale::list(settings, out, date),
        },
        Command::Targets(args) => match args.records {
            None => targets::show(settings, out),
            Some(number) => targets::records(settings, out, number, args.limit, args.offset),
        },
        Command::Sync(args) => sync::run(settings, out, &args),
        Command::Outbox(args) => match args.action.unwrap_or(OutboxAction::List) {
            OutboxAction::List => outbox::list(settings, out),
            OutboxAction::Resend { op } => outbox::resend(settings, out, &op),
            OutboxAction::Withdraw { op, with_dependants } => outbox::withdraw(settings, out, &op, with_dependants),
            OutboxAction::Dismiss { op } => outbox::dismiss(settings, out, &op),
            OutboxAction::UseExisting { op } => outbox::use_existing(settings, out, &op),
            OutboxAction::Fix { op, set, price, quantity } => {
                outbox::fix(settings, out, &op, &edits::Edits { set: &set, price: &price, quantity: &quantity })
            }
        },
        Command::Status => status::show(settings, out),
        Command::Login(args) => login::sign_in(settings, out, &args),
        Command::Logout => login::sign_out(settings, out),
        Command::Export(args) => export::run(settings, out, &args.file),
        Command::Serve(args) => serve::run(settings, out, &args),
        Command::Import(args) => import::run(settings, out, &args),
        Command::Devices(args) => match args.action {
            DevicesAction::List { desk } => devices::list(settings, out, &desk),
            DevicesAction::Revoke { device, desk } => devices::revoke(out, &device, &desk),
        },
        Command::Demo(args) => demo::run(settings, out, &args),
        Command::Completions(args) => Ok(completions::print(settings, out, args.shell)),
        Command::DemoWorker(args) => demo::work_until_killed(settings, out, &args),
    }
}
