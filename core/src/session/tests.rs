use super::*;
use saha_domain::Problem;

#[test]
fn only_https_and_the_literal_loopback_are_taken() {
    for good in
        ["https://saha.example.com", "https://saha.example.com:8443/base/", "http://127.0.0.1:8787", "http://[::1]:1"]
    {
        assert!(server_url(good).is_ok(), "{good}");
    }
    for bad in [
        "http://saha.example.com",
        "http://localhost:8787",
        "http://127.0.0.1.evil.com",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
    ] {
        let error: SahaError = server_url(bad).unwrap_err().into();
        assert_eq!(error, SahaError::invalid("server", Problem::OutOfRange), "{bad}");
    }
    let error: SahaError = server_url("not a url").unwrap_err().into();
    assert_eq!(error, SahaError::invalid("server", Problem::Malformed));
}
