//! One request after the other, each on a connection of its own, each with its fault.

use std::{io, net::SocketAddr};

use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpStream},
};

use super::{
    Fault, Shared,
    http::{self, Message},
};

/// Serves until it is dropped.
pub(super) async fn accept(listener: TcpListener, upstream: SocketAddr, shared: Shared) {
    loop {
        if let Ok((client, _)) = listener.accept().await {
            let shared = shared.clone();
            // What breaks here is what a bad link is for: the phone sees a broken connection.
            tokio::spawn(async move { relay(client, upstream, &shared).await.ok() });
        }
    }
}

async fn relay(mut client: TcpStream, upstream: SocketAddr, shared: &Shared) -> io::Result<()> {
    let Some(request) = http::read_request(&mut client).await? else { return Ok(()) };
    let forward = || async {
        shared.reached_server();
        exchange(upstream, &request).await
    };
    let answer = match shared.next_fault(request.path()) {
        Fault::Pass => forward().await?,
        Fault::Delay(pause) => {
            tokio::time::sleep(pause).await;
            forward().await?
        }
        Fault::SendTwice => {
            forward().await?;
            forward().await?
        }
        Fault::LoseAnswer => {
            forward().await?;
            return Ok(());
        }
        Fault::CutAnswer => {
            let mut answer = forward().await?;
            answer.body.truncate(answer.body.len() / 2);
            answer
        }
        Fault::CutAt(bytes) => forward().await?.cut_at(bytes),
        Fault::LoseRequest | Fault::Offline => return Ok(()),
        Fault::Status { status, retry_after_s } => {
            let wait = retry_after_s.map(|seconds| format!("retry-after: {seconds}\r\n")).unwrap_or_default();
            http::answer(&format!("{status} Not now"), &wait, "")
        }
        Fault::Portal => http::answer("200 OK", "content-type: text/html\r\n", "<html><body>Hotel Wi-Fi</body></html>"),
    };
    client.write_all(&answer.head).await?;
    client.write_all(&answer.body).await?;
    client.shutdown().await
}

async fn exchange(upstream: SocketAddr, request: &Message) -> io::Result<Message> {
    let mut server = TcpStream::connect(upstream).await?;
    server.write_all(&request.head).await?;
    server.write_all(&request.body).await?;
    http::read_answer(&mut server).await
}
