use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

use crate::{
    Server, ServerConfig, serve,
    testing::{World, config},
};

const INFO: &[u8] = b"GET /v1/info HTTP/1.1\r\nHost: saha\r\nConnection: close\r\n\r\n";

/// A server on a port, until it is told to stop.
struct Serving {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

impl Serving {
    async fn start(server: Arc<Server>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = tokio::spawn(serve(server, listener, async {
            stopped.await.ok();
        }));
        Self { address, stop, ended }
    }

    async fn connect(&self, said: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(said).await.unwrap();
        stream
    }
}

async fn answer(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn the_server_answers_over_a_socket_and_stops_when_told() {
    let serving = Serving::start(World::new().server).await;
    let answer = answer(serving.connect(INFO).await).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains(r#""server":"saha""#), "{answer}");
    // One that says nothing does not hold the end up.
    let _idle = serving.connect(b"").await;
    serving.stop.send(()).unwrap();
    serving.ended.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn who_never_finishes_his_request_is_hung_up_on() {
    let serving = Serving::start(World::empty().server).await;
    let slow = serving.connect(b"GET /v1/info HTTP/1.1\r\nHost:").await;
    let hung_up = tokio::time::timeout(Duration::from_mins(1), answer(slow)).await.unwrap();
    assert!(!hung_up.contains("200 OK"), "{hung_up}");
}

#[tokio::test]
async fn a_connection_too_many_waits_for_another_to_end() {
    let world = World::empty();
    let alone = ServerConfig { max_connections: 1, ..config(&world.dir) };
    let serving = Serving::start(Server::open_on(alone, world.host.clone()).unwrap().server).await;
    let first = serving.connect(b"GET /v1/info HTTP/1.1\r\n").await;
    let mut second = serving.connect(INFO).await;
    let early = tokio::time::timeout(Duration::from_millis(200), second.read_u8()).await;
    assert!(early.is_err(), "{early:?}");
    drop(first);
    assert!(answer(second).await.starts_with("HTTP/1.1 200 OK"));
}
