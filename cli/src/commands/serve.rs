use std::{io, net::SocketAddr, sync::Arc};

use saha_server::{Host, Server, ServerConfig, SystemHost};
use serde_json::json;
use tokio::net::TcpListener;

use crate::{
    args::office::ServeArgs,
    clock_file::ClockFile,
    exit::{CliError, Code, Result},
    output::{Out, Tone},
    settings::Settings,
    texts,
};

pub(super) fn run(settings: &Settings, out: &Out, args: &ServeArgs) -> Result<Code> {
    let address: SocketAddr =
        args.listen.parse().map_err(|_| CliError::Usage(texts::errors::bad_listen(out.lang, &args.listen)))?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| failed(out, &error))?;
    runtime.block_on(async {
        // The port first: a server that can't listen must not make a company whose token nobody sees.
        let listener = TcpListener::bind(address).await.map_err(|error| no_port(out, address, &error))?;
        let company = args.company.clone().unwrap_or_else(|| texts::office::default_company(out.lang));
        let opened = Server::open_on(config(settings, args, &company), host(out, args)?);
        let opened = opened.map_err(|error| failed(out, &error))?;
        let token = opened.first_start.map(|first| first.admin_token);
        greet(out, listener.local_addr().map_err(|error| failed(out, &error))?, &company, token);
        let ended = until_asked_to_end().map_err(|error| failed(out, &error))?;
        saha_server::serve(opened.server, listener, ended).await.map_err(|error| failed(out, &error))?;
        out.line(texts::office::stopped(out.lang));
        Ok(Code::Ok)
    })
}

fn config(settings: &Settings, args: &ServeArgs, company: &str) -> ServerConfig {
    let mut config = ServerConfig::new(settings.server(), company);
    if let Some(seconds) = args.access_ttl {
        config.tokens.access_ms = i64::from(seconds) * 1_000;
    }
    config
}

fn host(out: &Out, args: &ServeArgs) -> Result<Arc<dyn Host>> {
    let Some(path) = &args.clock else { return Ok(Arc::new(SystemHost)) };
    Ok(Arc::new(ClockFile::open(path.clone()).map_err(|error| failed(out, &error))?))
}

fn greet(out: &Out, address: SocketAddr, company: &str, token: Option<String>) {
    let url = format!("http://{address}");
    out.document(&json!({ "url": url, "port": address.port(), "admin_token": token }));
    if let Some(token) = token {
        out.line(texts::office::first_start(out.lang, company));
        out.line(format!("  {}", out.paint(Tone::Strong, token)));
    }
    out.line(texts::office::listening(out.lang, &url));
}

/// Ends with Ctrl-C or, on Unix, with SIGTERM.
fn until_asked_to_end() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        drop(tokio::signal::ctrl_c().await);
    })
}

fn no_port(out: &Out, address: SocketAddr, error: &io::Error) -> CliError {
    if error.kind() == io::ErrorKind::AddrInUse {
        CliError::Busy(texts::errors::port_taken(out.lang, &address.to_string()))
    } else {
        failed(out, error)
    }
}

/// With every cause: whoever runs a server needs them.
fn failed(out: &Out, error: &dyn std::error::Error) -> CliError {
    let causes: Vec<String> =
        std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect();
    CliError::Failed(texts::errors::server_failed(out.lang, &causes.join(": ")))
}
