//! A bad link: a proxy on loopback that does to each sync request what a test planned, and lets everything else through.

use std::{
    collections::VecDeque,
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    Pass,
    /// It never reaches the server.
    LoseRequest,
    /// The server does its work, and the answer is lost.
    LoseAnswer,
    /// The server gets it twice.
    Twice,
    /// Only so many bytes of the answer arrive.
    Cut(usize),
    /// A captive portal answers: 200, and HTML.
    Html,
    /// Something in between answers with this status, and asks to come again after a second.
    Status(u16),
}

/// The proxy. It ends with the test's process.
pub(crate) struct Link {
    pub(crate) address: SocketAddr,
    plan: Arc<Mutex<VecDeque<Fault>>>,
    syncs: Arc<AtomicUsize>,
}

impl Link {
    pub(crate) fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let link = Self { address: listener.local_addr().unwrap(), plan: Arc::default(), syncs: Arc::default() };
        let (plan, syncs) = (Arc::clone(&link.plan), Arc::clone(&link.syncs));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (plan, syncs) = (Arc::clone(&plan), Arc::clone(&syncs));
                thread::spawn(move || carry(client, server, &plan, &syncs));
            }
        });
        link
    }

    /// The next sync requests meet these, and then nothing.
    pub(crate) fn plan(&self, faults: &[Fault]) {
        *self.plan.lock().unwrap() = faults.iter().copied().collect();
    }

    /// Sync requests that came in so far.
    pub(crate) fn syncs(&self) -> usize {
        self.syncs.load(Ordering::SeqCst)
    }
}

fn carry(
    mut client: TcpStream,
    server: SocketAddr,
    plan: &Mutex<VecDeque<Fault>>,
    syncs: &AtomicUsize,
) -> io::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(20)))?;
    let request = read_request(&mut client)?;
    let mut fault = Fault::Pass;
    if request.starts_with(b"POST /v1/sync ") {
        syncs.fetch_add(1, Ordering::SeqCst);
        fault = plan.lock().unwrap().pop_front().unwrap_or(Fault::Pass);
    }
    let html = "<html><body>Welcome to Kahve WiFi! Please sign in.</body></html>";
    let answer = match fault {
        Fault::LoseRequest => return Ok(()),
        Fault::Html => format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{html}",
            html.len()
        )
        .into_bytes(),
        Fault::Status(status) => {
            format!("HTTP/1.1 {status} No\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .into_bytes()
        }
        Fault::Twice => {
            forward(server, &request)?;
            forward(server, &request)?
        }
        Fault::Pass | Fault::LoseAnswer | Fault::Cut(_) => forward(server, &request)?,
    };
    match fault {
        Fault::LoseAnswer => Ok(()),
        Fault::Cut(bytes) => client.write_all(&answer[..bytes.min(answer.len())]),
        _ => client.write_all(&answer),
    }
}

/// One request, with the wish to close the connection after its answer.
fn read_request(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let read = client.read(&mut buffer)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&buffer[..read]);
        let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
        if bytes.len() >= head + 4 + length.unwrap_or(0) {
            let body = bytes.split_off(head + 4);
            bytes.truncate(head);
            bytes.extend_from_slice(b"\r\nconnection: close\r\n\r\n");
            bytes.extend_from_slice(&body);
            return Ok(bytes);
        }
    }
}

fn forward(server: SocketAddr, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut upstream = TcpStream::connect(server)?;
    upstream.write_all(request)?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer)?;
    Ok(answer)
}
