use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use super::*;

/// A server that answers each request with how many it got.
fn counting_server() -> (SocketAddr, Arc<AtomicU64>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, count) = (listener.local_addr().unwrap(), Arc::new(AtomicU64::new(0)));
    let counted = Arc::clone(&count);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"hi") {
                let mut bytes = [0; 1024];
                let length = stream.read(&mut bytes).unwrap();
                request.extend_from_slice(&bytes[..length]);
            }
            assert!(String::from_utf8_lossy(&request).contains("connection: close"));
            let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
            let body = format!("request number {number}");
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
        }
    });
    (address, count)
}

fn ask(link: &BadLink) -> String {
    let mut stream = TcpStream::connect(link.address).unwrap();
    stream.write_all(b"POST /x?offset=3 HTTP/1.1\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok();
    answer
}

#[test]
fn each_fault_does_what_it_says() {
    let (server, count) = counting_server();
    let link = BadLink::start(server).unwrap();
    for (fault, begins, ends, reached) in [
        (Fault::Pass, "HTTP/1.1 200", "request number 1", 1),
        (Fault::LoseRequest, "", "", 1),
        (Fault::LoseAnswer, "", "", 2),
        (Fault::SendTwice, "HTTP/1.1 200", "request number 4", 4),
        (Fault::Status { status: 500, retry_after_s: None }, "HTTP/1.1 500", "\r\n\r\n", 4),
        (
            Fault::Status { status: 429, retry_after_s: Some(3) },
            "HTTP/1.1 429 Not now\r\nretry-after: 3",
            "\r\n\r\n",
            4,
        ),
        (Fault::Portal, "HTTP/1.1 200", "</html>", 4),
        (Fault::CutAnswer, "HTTP/1.1 200", "request ", 5),
        (Fault::CutAt(20), "HTTP/1.1 200 OK", "\r\ncon", 6),
        (Fault::Offline, "", "", 6),
    ] {
        link.set(Plan::script([fault]));
        let answer = ask(&link);
        assert!(answer.starts_with(begins) && answer.ends_with(ends), "{fault:?}: {answer}");
        assert_eq!(answer.is_empty(), begins.is_empty(), "{fault:?}: {answer}");
        assert_eq!(count.load(Ordering::SeqCst), reached, "{fault:?}");
    }
    let counters = link.counters();
    assert_eq!((counters.requests, counters.reached_server, counters.passed), (10, 6, 1));
    assert_eq!((counters.doubled, counters.lost_answers, counters.cut_answers, counters.portals), (1, 1, 2, 1));
}

#[test]
fn after_a_script_everything_passes() {
    let (server, _) = counting_server();
    let link = BadLink::start(server).unwrap();
    link.set(Plan::script([Fault::Delay(Duration::from_millis(30))]));
    let started = Instant::now();
    assert!(ask(&link).ends_with('1'));
    assert!(started.elapsed() >= Duration::from_millis(30));
    assert!(ask(&link).ends_with('2'));
}

#[test]
fn a_path_can_have_faults_of_its_own() {
    let (server, _) = counting_server();
    let link = BadLink::start(server).unwrap();
    link.set(Plan::Always(Fault::Offline));
    link.set_on("/x", Plan::script([Fault::Pass, Fault::LoseRequest]));
    assert!(ask(&link).ends_with('1'));
    assert!(ask(&link).is_empty());
    assert!(ask(&link).ends_with('2'), "after its script everything passes on this path");
    link.set_on("/y", Plan::Always(Fault::Pass));
    assert_eq!((link.requests_to("/x"), link.requests_to("/y")), (3, 0));
}

#[test]
fn a_deck_deals_each_fault_once_in_an_order_that_the_seed_gives() {
    let faults = [Fault::Pass, Fault::LoseRequest, Fault::LoseAnswer, Fault::Portal, Fault::CutAnswer];
    let deal = |seed| {
        let mut plan = Plan::deck(faults, seed);
        (0..10).map(|_| plan.next()).collect::<Vec<_>>()
    };
    assert_eq!(deal(1), deal(1));
    assert_ne!(deal(1), deal(2));
    for fault in faults {
        assert_eq!(deal(3).iter().filter(|dealt| **dealt == fault).count(), 2, "{fault:?}");
        assert!(deal(3)[..5].contains(&fault), "{fault:?}");
    }
}
