//! The started server believes an issuer that its settings name, and says what is wrong with them.

use std::time::Duration;

use deskops_core::clock::{Clock as _, SystemClock};
use deskops_tests::issuer::{Issuer, Key};
use deskops_tests::window::until;
use serde_json::{Value, json};

use crate::ask::{Answer, ask, request};
use crate::program::{Server, fails, moved_in};

const PATIENCE: Duration = Duration::from_secs(20);

fn claims(issuer: &Issuer) -> Value {
    let now = SystemClock.now().0 / 1_000;
    json!({"iss": issuer.url, "azp": "https://app.example", "sub": "user_2A", "public_metadata": {"role": "MODERATOR"}, "sites": ["ALASLA-29"], "exp": now + 60})
}

fn session(server: &Server, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    ask(&server.address, &request("GET", "/api/auth/session", &[("Authorization", &bearer)], ""))
}

#[test]
fn a_token_of_the_issuer_is_taken_and_neither_logged_nor_counted_by_name() {
    let folder = moved_in();
    let key = Key::new("first", "RS256");
    let issuer = Issuer::start(&[&key]);
    let flags = ["--oidc-issuer", &issuer.url, "--oidc-audience", "https://app.example"];
    let flags = [&flags[..], &["--oidc-role-claim", "public_metadata.role"]].concat();
    let server = Server::start(folder.path(), &flags);
    until("the keys", PATIENCE, || (issuer.n_asked() == 1).then_some(()));
    let token = key.token(&claims(&issuer));
    let told = session(&server, &token);
    assert_eq!((told.status, &told.json()["userId"]), (200, &json!("oidc:user_2A")), "{told:?}");
    assert_eq!(server.enter(&token, "from a program").status, 200);
    let mut stale = claims(&issuer);
    stale["exp"] = json!(1);
    assert_eq!(session(&server, &key.token(&stale)).status, 401);
    // People of DeskOps itself sign in as before.
    let own = server.sign_in();
    assert_eq!(server.enter(&own, "by hand").status, 200);
    assert!(!server.log().contains(&token));
    assert!(!server.get("/metrics").body.contains("user_2A"));
    server.stop();
}

#[test]
fn a_server_starts_without_its_issuer_and_takes_its_tokens_once_it_is_there() {
    let folder = moved_in();
    let key = Key::new("first", "EdDSA");
    let issuer = Issuer::start(&[&key]);
    issuer.is_down(true);
    let flags = ["--oidc-issuer", &issuer.url, "--oidc-audience", "https://app.example"];
    let server = Server::start(folder.path(), &flags);
    until("the warning", PATIENCE, || server.log().contains("keys cannot be read").then_some(()));
    assert_eq!(session(&server, &key.token(&claims(&issuer))).status, 401);
    let own = server.sign_in();
    assert_eq!(server.enter(&own, "all the same").status, 200);
    issuer.is_down(false);
    until("the keys", Duration::from_secs(40), || {
        (session(&server, &key.token(&claims(&issuer))).status == 200).then_some(())
    });
    server.stop();
}

#[test]
fn an_issuer_that_others_could_speak_for_is_refused() {
    let folder = moved_in();
    let told = fails(folder.path(), &["--oidc-issuer", "http://login.example"]);
    assert!(told.contains("`oidc-issuer` is an address like https://"), "{told}");
    assert!(told.contains("`oidc-audience` says for whom"), "{told}");
    let told = fails(folder.path(), &["--oidc-audience", "deskops"]);
    assert!(told.contains("`oidc-audience` needs its issuer"), "{told}");
}
