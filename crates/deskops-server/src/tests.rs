//! What a browser, a stranger and a program get from the server.

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, StatusCode};
use deskops_core::{Opener, Place};
use deskops_domain::access::Caller;
use deskops_domain::api::Code;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::*;

#[derive(Clone)]
struct Served {
    folder: Arc<TempDir>,
    desk: Arc<Desk>,
    app: axum::Router,
    token: String,
}

fn served() -> Served {
    let folder = TempDir::new().unwrap();
    let page = folder.path().join("page");
    std::fs::create_dir_all(&page).unwrap();
    std::fs::write(page.join("index.html"), "<!doctype html><title>DeskOps</title>").unwrap();
    std::fs::write(page.join("app_bg.wasm"), "\0asm").unwrap();
    let place = Place::in_folder(folder.path());
    let exports = Some(place.exports.clone());
    let desk = Arc::new(Desk::open(place).unwrap());
    let token = desk.admit(Caller::at_this_computer());
    let fixed = Opener::fixed(Ok(desk.clone()));
    let app = Serving { desk: fixed, page: Some(page), exports }.app();
    Served { folder: Arc::new(folder), desk, app, token }
}

async fn ask(
    app: &axum::Router,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:4600");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap()
}

async fn bytes(response: Response<Body>) -> Vec<u8> {
    to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

async fn post(app: &axum::Router, path: &str, body: &str) -> (StatusCode, Value) {
    let response =
        ask(app, Method::POST, path, &[("content-type", "application/json")], body).await;
    let status = response.status();
    (status, serde_json::from_slice(&bytes(response).await).unwrap())
}

async fn post_as(served: &Served, token: &str, path: &str, body: &str) -> (StatusCode, Value) {
    let bearer = format!("Bearer {token}");
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    let response = ask(&served.app, Method::POST, path, &headers, body).await;
    (response.status(), serde_json::from_slice(&bytes(response).await).unwrap())
}

async fn fetch(served: &Served, name: &str) -> Response<Body> {
    let bearer = format!("Bearer {}", served.token);
    let path = format!("/api/exports/{name}");
    ask(&served.app, Method::GET, &path, &[("authorization", &bearer)], "").await
}

fn code(refusal: &Value) -> Code {
    serde_json::from_value(refusal["code"].clone()).unwrap()
}

#[tokio::test]
async fn a_command_is_answered_with_json() {
    let served = served();
    let (status, welcome) = post_as(&served, &served.token, "/api/session/hello", "{}").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(welcome["session"]["catalogue"]["sites"][0]["code"], "ALASLA-29");
}

#[tokio::test]
async fn g_07_whoever_is_not_signed_in_gets_401_and_is_told_to_sign_in() {
    let served = served();
    let filter = json!({ "filter": { "siteId": "calasla290000000000000000" } }).to_string();
    for token in ["", "made-up", &served.token.to_uppercase()] {
        let (status, refusal) = post_as(&served, token, "/api/production/list", &filter).await;
        assert_eq!((status, code(&refusal)), (StatusCode::UNAUTHORIZED, Code::Unauthorized));
        assert_eq!(refusal["message"], "Sign in first.");
    }
    let (status, _) = post_as(&served, &served.token, "/api/production/list", &filter).await;
    assert_eq!(status, StatusCode::OK);
    let (_, welcome) = post(&served.app, "/api/session/hello", "{}").await;
    assert_eq!(welcome["session"], Value::Null);
    let file = ask(&served.app, Method::GET, "/api/exports/x.csv", &[], "").await;
    assert_eq!(file.status(), StatusCode::UNAUTHORIZED, "files are for those who are signed in");
}

#[tokio::test]
async fn s_dsh_01_the_figures_are_asked_for_in_the_address() {
    let served = served();
    let get = async |path: &str| {
        let bearer = format!("Bearer {}", served.token);
        let headers = [("authorization", bearer.as_str())];
        let response = ask(&served.app, Method::GET, path, &headers, "").await;
        let status = response.status();
        let answer: Value = serde_json::from_slice(&bytes(response).await).unwrap();
        (status, answer)
    };
    let site = "siteId=calasla290000000000000000";
    let (status, figures) = get(&format!("/api/dashboard/metrics?{site}&dateTo=2026-11-22")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        figures["totalProduction"],
        json!({"current": 0, "previous": 0, "percentageChange": 0})
    );
    let (status, told) = get("/api/dashboard/metrics").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(told["message"], "siteId parameter required");
    let (status, told) = get(&format!("/api/dashboard/metrics?{site}&dateFrom=2026-02-31")).await;
    assert_eq!((status, code(&told)), (StatusCode::BAD_REQUEST, Code::ValidationError));
    assert_eq!(told["details"][0]["code"], "E-DATE", "d_14");
}

#[tokio::test]
async fn what_is_not_a_command_is_refused_in_json() {
    let served = served();
    let (status, refusal) = post(&served.app, "/api/production/explode", "{}").await;
    assert_eq!((status, code(&refusal)), (StatusCode::NOT_FOUND, Code::NotFound));
    let (status, refusal) = post(&served.app, "/api/a/b/c", "{}").await;
    assert_eq!((status, code(&refusal)), (StatusCode::NOT_FOUND, Code::NotFound));
    let (status, refusal) = post(&served.app, "/api/production/list", "{not json").await;
    assert_eq!((status, code(&refusal)), (StatusCode::BAD_REQUEST, Code::BadRequest));
    // A command is not fetched; with GET this is the record of that id.
    let response = ask(&served.app, Method::GET, "/api/production/list", &[], "").await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let response = ask(&served.app, Method::GET, "/api/nothing/list", &[], "").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let as_a_form = ask(
        &served.app,
        Method::POST,
        "/api/session/hello",
        &[("content-type", "text/plain")],
        "{}",
    )
    .await;
    assert_eq!(as_a_form.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_command_of_more_than_two_mebibytes_is_refused() {
    let served = served();
    let huge = json!({ "draft": { "notes": "x".repeat(2 << 20) } }).to_string();
    let (status, refusal) = post(&served.app, "/api/production/create", &huge).await;
    assert_eq!((status, code(&refusal)), (StatusCode::BAD_REQUEST, Code::BadRequest));
}

#[tokio::test]
async fn hello_is_plain_text_and_health_says_whether_the_desk_is_open() {
    let served = served();
    let hello = ask(&served.app, Method::GET, "/api/hello", &[], "").await;
    assert!(hello.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
    assert_eq!(bytes(hello).await, b"Hello, from API!");
    assert_eq!(
        ask(&served.app, Method::GET, "/api/health", &[], "").await.status(),
        StatusCode::OK
    );
    let shut = app(Err(Refusal::new(Code::DatabaseUnavailable, "no")), None);
    assert_eq!(
        ask(&shut, Method::GET, "/api/health", &[], "").await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[tokio::test]
async fn another_host_or_another_page_is_turned_away() {
    let served = served();
    let status = async |headers: &[(&str, &str)]| {
        let headers: Vec<_> =
            headers.iter().copied().chain([("content-type", "application/json")]).collect();
        ask(&served.app, Method::POST, "/api/session/hello", &headers, "{}").await.status()
    };
    assert_eq!(
        status(&[("host", "localhost:4600"), ("origin", "http://localhost:4600")]).await,
        StatusCode::OK
    );
    for headers in [
        [("host", "evil.example"), ("accept", "*/*")],
        [("host", "127.0.0.1:4600"), ("origin", "http://evil.example")],
        [("host", "127.0.0.1:4600"), ("origin", "http://127.0.0.1:8080")],
        [("host", "127.0.0.1:4600"), ("origin", "null")],
    ] {
        assert_eq!(status(&headers).await, StatusCode::FORBIDDEN, "{headers:?}");
    }
}

#[tokio::test]
async fn the_page_comes_with_the_rules_of_the_window_and_wasm_with_its_kind() {
    let served = served();
    let page = ask(&served.app, Method::GET, "/", &[], "").await;
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval'")
            && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    assert_eq!(page.headers()["cache-control"], "no-cache");
    let wasm = ask(&served.app, Method::GET, "/app_bg.wasm", &[], "").await;
    assert_eq!(wasm.headers()["content-type"], "application/wasm");
    for path in ["/../deskops.db", "/%2e%2e/deskops.db", "/deskops.db"] {
        assert_eq!(
            ask(&served.app, Method::GET, path, &[], "").await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_export_is_fetched_by_its_name_and_nothing_else_is() {
    let served = served();
    let filter = json!({ "siteId": "calasla290000000000000000", "dateFrom": "2026-11-01", "dateTo": "2026-11-02" });
    for (format, kind) in [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ] {
        let input = json!({ "filter": filter, "format": format }).to_string();
        let (status, exported) =
            post_as(&served, &served.token, "/api/production/export", &input).await;
        assert_eq!(status, StatusCode::OK, "{exported}");
        assert_eq!(exported["path"], Value::Null, "where it lies is not told");
        let name = exported["fileName"].as_str().unwrap();
        let file = fetch(&served, name).await;
        assert_eq!(file.headers()["content-type"], kind);
        assert_eq!(
            file.headers()["content-disposition"].to_str().unwrap(),
            format!("attachment; filename=\"{name}\"")
        );
        assert_eq!(bytes(file).await.len() as u64, exported["bytes"].as_u64().unwrap());
    }
    let other = Caller { user: "another".into(), ..Caller::at_this_computer() };
    let other = Served { token: served.desk.admit(other), ..served.clone() };
    let name = "production_2026-11-01_to_2026-11-02.csv";
    assert_eq!(fetch(&served, name).await.status(), StatusCode::OK);
    assert_eq!(fetch(&other, name).await.status(), StatusCode::NOT_FOUND, "by who wrote it");
    std::fs::write(served.folder.path().join("secret.csv"), "x").unwrap();
    for name in
        ["..%2Fsecret.csv", "..%2Fdeskops.db", "nothing.csv", "%2Fetc%2Fpasswd", "deskops.db", "."]
    {
        let answer = fetch(&served, name).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{name}");
    }
}

#[tokio::test]
async fn without_a_database_the_page_still_comes_and_commands_say_why() {
    let served = served();
    // The first desk holds the database.
    let place = Place::in_folder(served.folder.path());
    let desk = Opener::new(move || {
        Desk::open(place.clone()).map(Arc::new).map_err(|trouble| trouble.refusal())
    });
    let second =
        Serving { desk, page: Some(served.folder.path().join("page")), exports: None }.app();
    assert_eq!(ask(&second, Method::GET, "/", &[], "").await.status(), StatusCode::OK);
    let (status, refusal) = post(&second, "/api/session/hello", "{}").await;
    assert_eq!(
        (status, code(&refusal)),
        (StatusCode::SERVICE_UNAVAILABLE, Code::DatabaseUnavailable)
    );
    assert!(refusal["hint"].is_string());
    drop((served.app, served.desk));
    let (status, _) = post(&second, "/api/session/hello", "{}").await;
    assert_eq!(status, StatusCode::OK, "a page that starts anew tries again");
    drop(served.folder);
}
