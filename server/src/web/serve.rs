//! Connections: how many there are at once, and how long one may take to say what it wants.

use std::{
    future::Future,
    io::{ErrorKind, Result},
    net::SocketAddr,
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};

use crate::server::Server;

/// So long may the head of a request take, and the pause before the next one. Phones on a bad line need a few seconds; who
/// sends a byte a minute wants the connection, not the answer.
const HEAD: Duration = Duration::from_secs(20);

/// Serves until `shutdown` ends, and then until every request under way is answered.
///
/// It speaks plain HTTP: put it behind something that ends TLS, or on loopback. Not more connections are open at once than
/// [`crate::ServerConfig::max_connections`] says; others wait for one to end.
pub async fn serve(
    server: Arc<Server>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let app = server.router();
    let places = Arc::new(Semaphore::new(server.config().max_connections.clamp(1, Semaphore::MAX_PERMITS)));
    let (stop, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (place, accept(&listener).await)
        };
        let (place, (stream, address)) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        let (app, stopped) = (app.clone(), stopped.clone());
        connections.spawn(async move {
            answer(stream, address, app, stopped).await;
            drop(place);
        });
        // What has ended is forgotten as others come.
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    stop.send_replace(true);
    while connections.join_next().await.is_some() {}
    Ok(())
}

/// The next connection.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(error.kind()) => {}
            Err(error) => {
                // No file descriptor is left, say: some connection has to end first.
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Whether the other side went away before it was accepted.
fn is_of_one_connection(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

/// Answers the requests of one connection, one after the other.
async fn answer(stream: TcpStream, address: SocketAddr, app: Router, mut stopped: watch::Receiver<bool>) {
    let app = TowerToHyperService::new(app);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(address));
        app.call(request.map(Body::new))
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let told_to_stop = async {
        stopped.wait_for(|is_stopped| *is_stopped).await.ok();
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = told_to_stop => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
