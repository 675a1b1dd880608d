//! The part of a server that takes and gives files, played by a test.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use saha_domain::{BlobHash, Photo, wire::BlobStatus};

use crate::sync::transport::{Answer, Body, ByteRange, HttpRequest, HttpResponse, Method, NoAnswer, Transport};

/// The server.
#[derive(Clone, Default)]
pub(super) struct FileServer(Arc<Mutex<FilesOfServer>>);

#[derive(Default)]
pub(super) struct FilesOfServer {
    /// Files that a row names, and what came of them.
    pub(super) files: BTreeMap<BlobHash, (u64, Vec<u8>)>,
    /// The next parts meet these, in place of the server.
    pub(super) faults: VecDeque<Result<u16, NoAnswer>>,
    /// Methods and offsets, as they were asked for.
    asked: Vec<String>,
}

impl FileServer {
    pub(super) fn expecting(photos: &[&Photo]) -> Self {
        let server = Self::default();
        for photo in photos {
            server.lock().files.insert(photo.sha256, (u64::try_from(photo.size_bytes).unwrap(), vec![]));
        }
        server
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, FilesOfServer> {
        self.0.lock().unwrap()
    }

    pub(super) fn received(&self, photo: &Photo) -> Vec<u8> {
        self.lock().files[&photo.sha256].1.clone()
    }

    pub(super) fn holds(&self, photo: &Photo, bytes: &[u8]) {
        self.lock().files.get_mut(&photo.sha256).unwrap().1 = bytes.to_vec();
    }

    pub(super) fn meet(&self, faults: impl IntoIterator<Item = Result<u16, NoAnswer>>) {
        self.lock().faults = faults.into_iter().collect();
    }

    pub(super) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().asked)
    }

    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let mut server = self.lock();
        let (sha256, query) = path_of(request);
        let asked = match (request.method, request.range) {
            (Method::Put, _) => format!("send {query}"),
            (_, Some(ByteRange { first, .. })) => format!("fetch {first}"),
            (_, None) => "status".to_owned(),
        };
        let is_status = asked == "status";
        server.asked.push(asked);
        if !is_status && let Some(fault) = server.faults.pop_front() {
            return fault.map(|status| response(status, br#"{"code":"busy","message":""}"#.to_vec()));
        }
        let not_found = || response(404, br#"{"code":"not_found","message":""}"#.to_vec());
        let Some((size_bytes, received)) = server.files.get_mut(&sha256) else { return Ok(not_found()) };
        if let Some(ByteRange { first, last }) = request.range {
            let (first, last) = (usize::try_from(first).unwrap(), usize::try_from(last).unwrap());
            return Ok(received.get(first..=last).map_or_else(not_found, |part| response(206, part.to_vec())));
        }
        if let Body::Bytes(part) = &request.body {
            if query != received.len() {
                return Ok(response(409, br#"{"code":"wrong_offset","message":""}"#.to_vec()));
            }
            received.extend_from_slice(part);
        }
        let status = BlobStatus { size_bytes: *size_bytes, received_bytes: u64::try_from(received.len()).unwrap() };
        Ok(response(200, serde_json::to_vec(&status).unwrap()))
    }
}

fn path_of(request: &HttpRequest) -> (BlobHash, usize) {
    let path = request.path.strip_prefix("/v1/blobs/").unwrap().trim_end_matches("/status");
    let (sha256, offset) = path.split_once("?offset=").unwrap_or((path, "0"));
    (sha256.parse().unwrap(), offset.parse().unwrap())
}

fn response(status: u16, body: Vec<u8>) -> HttpResponse {
    HttpResponse { status, retry_after_s: None, body, sent_bytes: 0 }
}

impl Transport for FileServer {
    fn send<'a>(&'a mut self, _server: &'a url::Url, request: HttpRequest) -> Answer<'a> {
        let answer = self.answer(&request);
        Box::pin(async { answer })
    }
}
