use std::io::{self, IsTerminal as _};

use serde_json::json;

use crate::{
    args::account::LoginArgs,
    exit::{CliError, Code, Result},
    output::Out,
    phone,
    settings::Settings,
    texts,
};

pub(super) fn sign_in(settings: &Settings, out: &Out, args: &LoginArgs) -> Result<Code> {
    let password = password(out, args)?;
    let saha = phone::open(settings)?;
    let signing_in = saha.account();
    phone::block_on(out.lang, signing_in.sign_in(args.server.clone(), args.user.clone(), password))??;
    let is_complete = saha.sync().status()?.is_complete;
    out.document(&json!({ "login": args.user, "server": args.server, "is_complete": is_complete }));
    out.line(texts::account::signed_in(out.lang, &args.user, &args.server));
    if !is_complete {
        out.line(texts::account::fetch_next(out.lang));
    }
    Ok(Code::Ok)
}

pub(super) fn sign_out(settings: &Settings, out: &Out) -> Result<Code> {
    phone::open(settings)?.account().sign_out()?;
    out.document(&json!({ "is_signed_in": false }));
    out.line(texts::account::signed_out(out.lang));
    Ok(Code::Ok)
}

fn password(out: &Out, args: &LoginArgs) -> Result<String> {
    let unreadable = |error: io::Error| CliError::Failed(texts::errors::system(out.lang, &error.to_string()));
    if args.password_stdin {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(unreadable)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(CliError::Usage(texts::errors::no_password(out.lang)));
    }
    let terminal = console::Term::stderr();
    terminal.write_str(&texts::account::ask_password(out.lang, &args.user)).map_err(unreadable)?;
    terminal.read_secure_line().map_err(unreadable)
}
