//! Asking an issuer that takes its time.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::*;

const PATIENCE: Duration = Duration::from_secs(4);
const NOW: Moment = Moment(1_795_327_200_000);
/// `{"alg":"EdDSA","kid":"first"}`, and no claims.
const TOKEN: &str = "eyJhbGciOiJFZERTQSIsImtpZCI6ImZpcnN0In0.e30.AA";
const KEYS: &str = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"first","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

async fn slow() -> (TcpListener, Arc<Issuer>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let oidc = Oidc {
        issuer: url.clone(),
        audiences: vec!["deskops".into()],
        jwks_url: Some(format!("{url}/keys")),
        name_claim: "sub".into(),
        role_claim: "role".into(),
        sites_claim: "sites".into(),
    };
    (listener, Arc::new(Issuer::new(oidc).unwrap()))
}

/// Somebody who has asked for the keys, and waits.
async fn asked(listener: &TcpListener) -> TcpStream {
    let (mut stream, _) = timeout(PATIENCE, listener.accept()).await.unwrap().unwrap();
    let mut head = [0; 4096];
    assert!(stream.read(&mut head).await.unwrap() > 0);
    stream
}

async fn answer(mut stream: TcpStream) {
    let length = KEYS.len();
    let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    // Whoever asked may have gone.
    let _ = stream.write_all(format!("{head}{KEYS}").as_bytes()).await;
}

fn meeting(issuer: &Arc<Issuer>, now: Moment) -> tokio::task::JoinHandle<()> {
    let issuer = issuer.clone();
    tokio::spawn(async move { issuer.meet(TOKEN, now).await })
}

#[tokio::test]
async fn keys_are_learnt_though_the_one_who_made_them_be_asked_for_hangs_up() {
    let (listener, issuer) = slow().await;
    let first = meeting(&issuer, NOW);
    let stream = asked(&listener).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    let second = meeting(&issuer, NOW);
    answer(stream).await;
    timeout(PATIENCE, second).await.unwrap().unwrap();
    assert!(issuer.known().has(Some(&"first".to_owned()), NOW), "the next has them");
}

#[tokio::test]
async fn keys_are_kept_fresh_whatever_tokens_have_made_be_asked() {
    let (listener, issuer) = slow().await;
    issuer.change(|known| known.asked = Some(NOW));
    let refreshed = tokio::spawn({
        let issuer = issuer.clone();
        async move { issuer.refresh(NOW).await }
    });
    answer(asked(&listener).await).await;
    timeout(PATIENCE, refreshed).await.unwrap().unwrap();
    assert!(issuer.known().has(Some(&"first".to_owned()), NOW));
}
