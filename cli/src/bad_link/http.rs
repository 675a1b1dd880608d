//! As much of HTTP/1.1 as a proxy needs that uses each connection once.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

/// A head longer than this is not from our phone.
const MAX_HEAD_BYTES: usize = 64 << 10;

/// A message, its head rewritten so that the connection ends after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) head: Vec<u8>,
    pub(super) body: Vec<u8>,
}

impl Message {
    /// Of a request: what is asked for, such as `/v1/sync`, without a query.
    pub(super) fn path(&self) -> &str {
        let line = self.head.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let target = std::str::from_utf8(line).ok().and_then(|line| line.split([' ', '?']).nth(1));
        target.unwrap_or_default()
    }

    /// The first bytes of it.
    pub(super) fn cut_at(mut self, bytes: usize) -> Self {
        self.body.truncate(bytes.saturating_sub(self.head.len()));
        self.head.truncate(bytes);
        self
    }
}

/// Reads a request whose body has a known length. None at the end of the connection.
pub(super) async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Message>> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = end_of_head(&bytes) {
            break end;
        }
        if stream.read_buf(&mut bytes).await? == 0 || bytes.len() > MAX_HEAD_BYTES {
            return Ok(None);
        }
    };
    let mut body = bytes.split_off(head_end);
    let head = String::from_utf8(bytes).map_err(|_| malformed())?;
    let length = content_length(&head)?;
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(Message { head: closing(&head), body }))
}

/// Reads an answer that ends with its connection.
pub(super) async fn read_answer(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Message> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    let head_end = end_of_head(&bytes).ok_or_else(malformed)?;
    let body = bytes.split_off(head_end);
    Ok(Message { head: bytes, body })
}

/// An answer of the link's own.
pub(super) fn answer(status: &str, headers: &str, body: &str) -> Message {
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    Message { head: head.into_bytes(), body: body.as_bytes().to_vec() }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|start| start + 4)
}

fn content_length(head: &str) -> io::Result<usize> {
    let value = |name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    match (value("content-length"), value("transfer-encoding")) {
        (_, Some(_)) => Err(malformed()),
        (Some(length), None) => length.parse().map_err(|_| malformed()),
        (None, None) => Ok(0),
    }
}

/// The head with `connection: close` in place of whatever it said of the connection.
fn closing(head: &str) -> Vec<u8> {
    let says_connection =
        |line: &&str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case("connection"));
    let mut lines: Vec<&str> = head.trim_end().split("\r\n").filter(|line| !says_connection(line)).collect();
    lines.push("connection: close");
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

fn malformed() -> io::Error {
    io::ErrorKind::InvalidData.into()
}
