//! Tokens of an issuer of OpenID Connect: which are taken, whom they name, what they may.

use deskops_tests::TestDesk;
use deskops_tests::desk::{Answer, SITE};
use deskops_tests::issuer::{Issuer, Key, base64, unsigned};
use serde_json::{Value as Json, json};

/// The desk's clock in seconds: 2026-11-22T06:00:00Z.
const NOW: i64 = 1_795_327_200;

struct Office {
    desk: TestDesk,
    issuer: Issuer,
    key: Key,
}

/// An office that believes an issuer with one key.
fn office(algorithm: &'static str, more: &[(&str, &str)]) -> Office {
    let key = Key::new("first", algorithm);
    let issuer = Issuer::start(&[&key]);
    let url = issuer.url.clone();
    let said = [("oidc-issuer", url.as_str()), ("oidc-audience", "deskops, https://app.example")];
    let desk = TestDesk::http_with(&[&said, more].concat());
    Office { desk, issuer, key }
}

impl Office {
    /// A moderator of every site, for five minutes.
    fn claims(&self) -> Json {
        json!({
            "iss": self.issuer.url, "aud": "deskops", "sub": "user_2A", "role": "MODERATOR",
            "sites": "*", "nbf": NOW - 10, "iat": NOW - 10, "exp": NOW + 300,
        })
    }

    /// These claims with some others; null takes one away.
    fn with(&self, others: Json) -> Json {
        let mut claims = self.claims();
        for (name, value) in others.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        claims
    }

    fn session(&self, token: &str) -> Answer {
        self.desk.send("GET", "/api/auth/session", Some(token), None, Vec::new())
    }

    fn is_taken(&self, token: &str) -> bool {
        let answer = self.session(token);
        assert!(matches!(answer.status, 200 | 401), "{answer:?}");
        answer.status == 200
    }

    /// Why a token is not taken.
    fn why_not(&self, token: &str) -> String {
        self.session(token).with(401)["hint"].as_str().unwrap_or_default().to_owned()
    }

    fn post(&self, token: &str, path: &str, body: Json) -> Answer {
        let body = body.to_string().into_bytes();
        self.desk.send("POST", path, Some(token), Some("application/json"), body)
    }
}

#[test]
fn a_token_of_each_kind_is_taken_and_names_its_user() {
    for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
        let office = office(algorithm, &[]);
        let session = office.session(&office.key.token(&office.claims())).with(200);
        assert_eq!(session["userId"], "oidc:user_2A", "{algorithm}");
        assert_eq!(session["isAuthenticated"], true);
    }
}

#[test]
fn each_claim_must_be_right() {
    let office = office("ES256", &[]);
    let why_not = |others: Json| office.why_not(&office.key.token(&office.with(others)));
    for (others, words) in [
        (json!({"iss": "https://other.example"}), "another issuer"),
        (json!({"iss": format!("{}/", office.issuer.url)}), "another issuer"),
        (json!({"iss": null}), "another issuer"),
        (json!({"aud": "others"}), "not meant for DeskOps"),
        (json!({"aud": ["a", "b"]}), "not meant for DeskOps"),
        (json!({"aud": null}), "not meant for DeskOps"),
        (json!({"aud": "others", "azp": "deskops"}), "not meant for DeskOps"),
        (json!({"aud": null, "azp": "https://evil.example"}), "not meant for DeskOps"),
        (json!({"exp": NOW - 61}), "has expired"),
        (json!({"exp": null}), "does not say when"),
        (json!({"exp": "tomorrow"}), "does not say when"),
        (json!({"nbf": NOW + 61}), "not hold yet"),
        (json!({"nbf": "x"}), "not hold yet"),
        (json!({"sub": null}), "names nobody"),
        (json!({"sub": ""}), "names nobody"),
        (json!({"sub": 7}), "names nobody"),
        (json!({"sub": " a"}), "names nobody"),
    ] {
        let told = why_not(others.clone());
        assert!(told.contains(words), "{others}: {told}");
    }
    for others in [
        json!({"aud": ["others", "deskops"]}),
        json!({"aud": null, "azp": "https://app.example"}),
        json!({"exp": NOW - 59}),
        json!({"exp": NOW + 1}),
        json!({"nbf": NOW + 59}),
        json!({"nbf": null}),
    ] {
        assert!(office.is_taken(&office.key.token(&office.with(others.clone()))), "{others}");
    }
    let late = office.key.token_with(
        &json!({"alg": "ES256", "kid": "first"}),
        &serde_json::from_str(
            &office
                .claims()
                .to_string()
                .replace(&(NOW + 300).to_string(), &format!("{}.75", NOW + 300)),
        )
        .unwrap(),
    );
    assert!(office.is_taken(&late), "a time with a fraction is a time");
}

#[test]
fn how_it_is_signed_is_said_by_the_key_and_not_by_the_token() {
    let office = office("RS256", &[]);
    let claims = office.claims();
    let head = |algorithm: &str| json!({"alg": algorithm, "kid": "first", "typ": "JWT"});
    let unsigned_at_all = format!("{}.", unsigned(&head("none"), &claims));
    assert!(!office.is_taken(&unsigned_at_all));
    // The oldest trick: the public key as a secret that both sides know.
    let public = office.key.public();
    let secrets =
        [public["n"].as_str().unwrap().as_bytes().to_vec(), public.to_string().into_bytes()];
    for secret in secrets {
        let said = unsigned(&head("HS256"), &claims);
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &secret);
        let tag = aws_lc_rs::hmac::sign(&key, said.as_bytes());
        assert!(!office.is_taken(&format!("{said}.{}", base64(tag.as_ref()))));
    }
    for algorithm in ["PS256", "ES256", "RS512", "none", "made-up"] {
        assert!(!office.is_taken(&office.key.token_with(&head(algorithm), &claims)), "{algorithm}");
    }
    let stranger = Key::new("first", "RS256");
    assert!(office.why_not(&stranger.token(&claims)).contains("signature"));
    let token = office.key.token(&claims);
    let other = office.key.token(&office.with(json!({"role": "ADMIN"})));
    let parts = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (own, forged) = (parts(&token), parts(&other));
    assert!(!office.is_taken(&format!("{}.{}.{}", own[0], forged[1], own[2])));
    let mut critical = head("RS256");
    critical["crit"] = json!(["b64"]);
    assert!(
        office.why_not(&office.key.token_with(&critical, &claims)).contains("asks for something")
    );
    for broken in ["..", "a.b.c", "....", &format!("{token}x"), &token[1..], &"a.".repeat(9_000)] {
        assert!(!office.is_taken(broken), "{broken:.40}");
    }
    assert!(office.is_taken(&token));
}

#[test]
fn a_new_key_is_asked_for_once_and_made_up_ones_do_not_flood_the_issuer() {
    let office = office("ES256", &[]);
    assert!(office.is_taken(&office.key.token(&office.claims())));
    assert_eq!(office.issuer.n_asked(), 1);
    let next = Key::new("second", "EdDSA");
    office.issuer.has(&[&office.key, &next]);
    office.desk.at("2026-11-22T06:00:20Z");
    assert!(office.is_taken(&next.token(&office.claims())), "the key is learnt on the way");
    assert_eq!(office.issuer.n_asked(), 2);
    for n in 0..50 {
        let made_up = Key::new(&format!("made-up-{n}"), "EdDSA");
        assert!(office.why_not(&made_up.token(&office.claims())).contains("not known"));
    }
    assert_eq!(office.issuer.n_asked(), 2, "made-up keys are not asked for again and again");
    office.desk.at("2026-11-22T06:00:40Z");
    let made_up = Key::new("made-up", "EdDSA").token(&office.claims());
    assert!(!office.is_taken(&made_up) && !office.is_taken(&made_up));
    assert_eq!(office.issuer.n_asked(), 3);
}

#[test]
fn a_key_that_is_taken_back_ends_and_one_without_a_name_is_the_only_one() {
    let office = office("ES256", &[]);
    let old = office.key.token(&office.claims());
    assert!(office.is_taken(&old));
    let nameless = office.key.token_with(&json!({"alg": "ES256"}), &office.claims());
    assert!(office.is_taken(&nameless));
    let next = Key::new("second", "ES256");
    office.issuer.has(&[&next]);
    office.desk.at("2026-11-22T06:00:20Z");
    assert!(office.is_taken(&next.token(&office.claims())));
    assert!(!office.is_taken(&old));
    office.issuer.has(&[&next, &Key::new("third", "ES256")]);
    office.desk.at("2026-11-22T06:00:40Z");
    assert!(!office.is_taken(&Key::new("x", "ES256").token(&office.claims())));
    let nameless = next.token_with(&json!({"alg": "ES256"}), &office.claims());
    assert!(office.why_not(&nameless).contains("which key"));
}

#[test]
fn keys_go_on_holding_while_the_issuer_is_away_but_not_for_ever() {
    let office = office("ES256", &[]);
    let token = office.key.token(&office.with(json!({"exp": NOW + 10 * 86_400})));
    office.issuer.is_down(true);
    assert!(office.why_not(&token).contains("cannot be reached"), "nothing is known yet");
    office.issuer.is_down(false);
    office.desk.at("2026-11-22T06:00:16Z");
    assert!(office.is_taken(&token));
    office.issuer.is_down(true);
    for later in ["2026-11-22T18:00:00Z", "2026-11-23T06:00:15Z"] {
        office.desk.at(later);
        assert!(office.is_taken(&token), "{later}");
    }
    office.desk.at("2026-11-23T06:00:17Z");
    assert!(office.why_not(&token).contains("cannot be reached"));
    office.issuer.is_down(false);
    office.desk.at("2026-11-23T06:01:00Z");
    assert!(office.is_taken(&token));
    office.issuer.sends(json!("no keys"));
    office.desk.at("2026-11-23T06:02:00Z");
    assert!(!office.is_taken(&Key::new("x", "ES256").token(&office.claims())));
    assert!(office.is_taken(&token), "an answer without keys takes none away");
}

#[test]
fn d_59_role_and_sites_are_what_the_claims_say_and_nothing_else() {
    let office = office("EdDSA", &[("oidc-role-claim", "public_metadata.role")]);
    let token = |role: Json, sites: Json| {
        let others = json!({"public_metadata": {"role": role}, "sites": sites});
        office.key.token(&office.with(others))
    };
    let list = |token: &str| {
        let path = format!("/api/dispatch?siteId={SITE}");
        office.desk.send("GET", &path, Some(token), None, Vec::new())
    };
    for role in [Json::Null, json!("BOSS"), json!(""), json!({"ADMIN": true})] {
        let told = list(&token(role.clone(), json!("*"))).with(403);
        assert!(told["message"].as_str().unwrap().contains("You have no role here yet"), "{told}");
        let session = office.session(&token(role, json!("*")));
        assert_eq!(session.status, 200, "somebody is there, with no rights: {session:?}");
    }
    for sites in [json!("*"), json!("ALASLA-29"), json!([SITE]), json!("alasla-29, OTHER")] {
        assert_eq!(list(&token(json!("OPERATOR"), sites.clone())).status, 200, "{sites}");
    }
    for sites in [Json::Null, json!([]), json!("OTHER"), json!(["OTHER"]), json!(29)] {
        assert_eq!(list(&token(json!("OPERATOR"), sites.clone())).status, 403, "{sites}");
    }
    let draft = json!({"siteId": SITE, "date": "2026-11-22", "materialId": "MAT002", "qtyTon": 7});
    let clerk = token(json!("operator"), json!("*"));
    let made = office.post(&clerk, "/api/dispatch", draft).with(201);
    assert_eq!(made["dispatch"]["createdBy"], "oidc:user_2A");
    let users = office.post(&clerk, "/api/users/list", json!({}));
    assert_eq!(users.status, 403, "an operator keeps no users: {users:?}");
    let admin = token(json!(["none", "ADMIN"]), json!("*"));
    assert_eq!(office.post(&admin, "/api/users/list", json!({})).status, 200);
}

#[test]
fn a_user_of_that_name_who_is_disabled_shuts_the_person_out() {
    let office = office("ES256", &[("oidc-name-claim", "preferred_username")]);
    let named = |sub: &str| {
        office.key.token(&office.with(json!({"sub": sub, "preferred_username": "Omar"})))
    };
    let name = |sub: &str| office.session(&named(sub)).with(200)["userId"].clone();
    let first = name("1");
    assert!(first.as_str().unwrap().starts_with("oidc:Omar#"), "{first}");
    assert_ne!(first, name("2"), "two people who call themselves the same are two");
    let person = json!({"name": "omar", "fullName": "Omar G", "password": "long enough"});
    let rights = json!({"role": "OPERATOR", "sites": null});
    let user = office.desk.done("users/create", json!({"person": person, "rights": rights}));
    assert_eq!(name("1"), first, "a user of DeskOps is somebody else");
    let edit = json!({"id": user["id"], "fullName": "Omar G", "rights": rights, "isActive": false});
    office.desk.done("users/edit", edit);
    let told = office.session(&named("1")).with(403);
    assert!(told["message"].as_str().unwrap().contains("may not sign in any more"), "{told}");
    assert!(
        office.is_taken(&office.key.token(&office.with(json!({"preferred_username": "huda"}))))
    );
}

#[test]
fn a_sign_in_from_outside_is_in_the_security_log_once_a_day() {
    let office = office("ES256", &[]);
    let token = office.key.token(&office.with(json!({"exp": NOW + 10 * 86_400})));
    let noted = || {
        let page = office.desk.done("security/list", json!({}));
        let entries = page["entries"].as_array().unwrap().clone();
        entries.into_iter().filter(|entry| entry["subject"] == "oidc:user_2A").collect::<Vec<_>>()
    };
    for _ in 0..5 {
        assert!(office.is_taken(&token));
    }
    let once = noted();
    assert_eq!(once.len(), 1, "{once:?}");
    assert_eq!(
        (&once[0]["event"], &once[0]["actor"]),
        (&json!("SIGNED_IN"), &json!("oidc:user_2A"))
    );
    assert_eq!(once[0]["note"], json!(format!("By {}", office.issuer.url)));
    office.desk.at("2026-11-23T05:00:00Z");
    assert!(office.is_taken(&token) && office.is_taken(&token));
    assert_eq!(noted().len(), 2);
}

#[test]
fn whoever_has_a_token_from_outside_has_no_password_and_no_session_here() {
    let office = office("ES256", &[]);
    let token = office.key.token(&office.claims());
    let change = json!({"old": "long enough", "new": "longer still"});
    let told = office.post(&token, "/api/session/change-password", change).with(403);
    assert_eq!(told["message"], "You have no password here.");
    assert_eq!(office.post(&token, "/api/session/sign-out", json!({"token": token})).status, 200);
    let welcome = office.post(&token, "/api/session/hello", json!({})).with(200);
    assert_eq!(welcome["session"]["user"], "oidc:user_2A");
    // Those of DeskOps itself go on as before.
    let own = office.desk.desk.admit(office.desk.caller.clone());
    assert_eq!(office.session(&own).with(200)["userId"], "this-computer");
}

#[test]
fn without_an_issuer_nobody_vouches_for_anybody() {
    let key = Key::new("first", "ES256");
    let desk = TestDesk::http();
    let claims = json!({"iss": "https://x", "aud": "deskops", "sub": "u", "role": "ADMIN", "sites": "*", "exp": NOW + 300});
    let answer = desk.send("GET", "/api/auth/session", Some(&key.token(&claims)), None, Vec::new());
    assert_eq!(answer.status, 401);
}

#[test]
fn an_issuer_that_speaks_for_another_is_not_believed_unless_its_keys_are_named() {
    let key = Key::new("first", "ES256");
    let issuer = Issuer::start(&[&key]);
    let name = format!("{}/", issuer.url);
    let said = [("oidc-issuer", name.as_str()), ("oidc-audience", "deskops")];
    let claims = json!({"iss": name, "aud": "deskops", "sub": "u", "exp": NOW + 300});
    let token = key.token(&claims);
    let status = |desk: &TestDesk| {
        desk.send("GET", "/api/auth/session", Some(&token), None, Vec::new()).status
    };
    let desk = TestDesk::http_with(&said);
    assert_eq!((status(&desk), issuer.n_asked()), (401, 0));
    let keys = format!("{}/keys", issuer.url);
    let desk = TestDesk::http_with(&[&said[..], &[("oidc-jwks-url", keys.as_str())]].concat());
    assert_eq!(status(&desk), 200);
}
