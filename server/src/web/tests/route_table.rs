use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};

use super::{refusal, request, send};
use crate::{
    testing::{DAY_MS, World, device_id},
    web::{guard::Access, routes},
};

/// Everyone who may knock, and his token.
fn knockers(world: &World) -> Vec<(&'static str, Option<String>)> {
    let token = |login: &str, device| world.login(login, device).unwrap().access_token;
    let revoked = token("mehmet", 9);
    world.server.revoke_device(&world.admin, device_id(9)).unwrap();
    vec![
        ("nobody", None),
        ("garbage", Some("eyJhbGciOiJub25lIn0.e30.".to_owned())),
        ("revoked", Some(revoked)),
        ("rep", Some(token("ayse", 1))),
        ("manager", Some(token("murat", 2))),
        ("admin", Some(token("it", 3))),
        ("admin token", Some(world.admin_token.clone())),
    ]
}

/// What the guard should say: none when it should let through.
fn expected(access: Access, hands_in: bool, who: &str) -> Option<(StatusCode, &'static str)> {
    match (access, who) {
        (Access::Anyone, _) => None,
        (_, "nobody" | "garbage" | "expired") => Some((StatusCode::UNAUTHORIZED, "unauthenticated")),
        (_, "revoked") if hands_in => None,
        (_, "revoked") => Some((StatusCode::FORBIDDEN, "device_revoked")),
        (Access::SignedIn, _) | (Access::Reps, "rep") | (Access::Admins, "admin" | "admin token") => None,
        (Access::Reps | Access::Admins, _) => Some((StatusCode::FORBIDDEN, "forbidden")),
    }
}

async fn knock(world: &World, method: Method, path: &str, token: Option<&str>) -> (StatusCode, String) {
    let path = path.replace("{id}", &device_id(77).to_string()).replace("{kind}", "reps");
    let path = path.replace("{sha256}", &"a5".repeat(32));
    let response = send(world, request(method, &path, token).body(Body::from("?")).unwrap()).await;
    if response.status().is_success() { (response.status(), String::new()) } else { refusal(response).await }
}

#[tokio::test]
async fn every_route_takes_whom_its_line_says_and_nobody_else() {
    let world = World::new();
    for (who, token) in knockers(&world) {
        for route in routes::table() {
            let answer = knock(&world, route.method.clone(), route.path, token.as_deref()).await;
            let told = format!("{who} at {} {}: {answer:?}", route.method, route.path);
            match expected(route.access, route.hands_in, who) {
                Some((status, code)) => assert_eq!((answer.0, answer.1.as_str()), (status, code), "{told}"),
                None => {
                    let refused_by_guard = ["forbidden", "device_revoked"].contains(&answer.1.as_str());
                    let is_token_route = route.access == Access::Anyone;
                    assert!(!refused_by_guard && (is_token_route || answer.0 != StatusCode::UNAUTHORIZED), "{told}");
                }
            }
        }
    }
}

#[tokio::test]
async fn an_expired_token_is_no_token() {
    let world = World::new();
    let token = world.login("ayse", 1).unwrap().access_token;
    world.host.pass(16 * 60_000);
    for route in routes::table() {
        let answer = knock(&world, route.method, route.path, Some(&token)).await;
        if let Some((status, code)) = expected(route.access, route.hands_in, "expired") {
            assert_eq!((answer.0, answer.1.as_str()), (status, code), "{}", route.path);
        }
    }
}

#[tokio::test]
async fn no_route_takes_a_device_that_was_revoked_14_days_ago() {
    let world = World::new();
    let token = world.login("ayse", 1).unwrap().access_token;
    world.server.revoke_device(&world.admin, device_id(1)).unwrap();
    world.host.pass(14 * DAY_MS);
    for route in routes::table().into_iter().filter(|route| route.access != Access::Anyone) {
        let answer = knock(&world, route.method, route.path, Some(&token)).await;
        assert_eq!(answer, (StatusCode::FORBIDDEN, "device_revoked".to_owned()), "{}", route.path);
    }
}

#[tokio::test]
async fn a_refusal_says_how_to_sign_in_in_the_language_of_the_request() {
    let world = World::new();
    let turkish = request(Method::POST, "/v1/sync", None).header(header::ACCEPT_LANGUAGE, "tr-TR,en;q=0.5");
    let response = send(&world, turkish.body(Body::empty()).unwrap()).await;
    assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
    let body: saha_domain::wire::ErrorBody = serde_json::from_slice(&super::bytes(response).await).unwrap();
    assert_eq!(body.message, "lütfen giriş yapın");
}

#[tokio::test]
async fn an_unknown_path_or_method_is_refused_like_everything_else() {
    let world = World::new();
    let response = send(&world, request(Method::GET, "/v2/sync", None).body(Body::empty()).unwrap()).await;
    assert_eq!(refusal(response).await, (StatusCode::NOT_FOUND, "not_found".to_owned()));
    let response = send(&world, request(Method::GET, "/v1/sync", None).body(Body::empty()).unwrap()).await;
    assert_eq!(refusal(response).await, (StatusCode::NOT_FOUND, "not_found".to_owned()));
}
