//! What is in the way is told by its kind, in words that help.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use deskops_core::clock::Clock as _;
use deskops_domain::api::connection::{Hindrance, MOST_CLOCK_MS};
use deskops_domain::entry::Moment;

use crate::head::{Head, Shown};
use crate::laptop::Laptop;

#[test]
fn a_server_on_this_computer_is_asked_in_the_clear_and_shows_no_certificate() {
    let head = Head::plain();
    let looked = Laptop::new().start().look(&format!("127.0.0.1:{}", head.at.port()), None);
    assert_eq!((looked.trouble, looked.certificate), (None, None));
    assert_eq!(looked.address, format!("http://127.0.0.1:{}", head.at.port()));
    assert_eq!(looked.version.as_deref(), Some(deskops_core::VERSION));
}

/// Answers everybody with this text.
fn answering(text: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer);
            let _ = stream.write_all(text.as_bytes());
        }
    });
    port
}

#[test]
fn each_kind_of_trouble_is_told_with_what_to_do() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let page = answering("HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>");
    let elsewhere = answering(
        "HTTP/1.1 302 Found\r\nlocation: /login\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    );
    let gone =
        answering("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let silent = answering("");
    let laptop = Laptop::new().start();
    for (address, expected) in [
        ("https://no-such-head-office.invalid".to_owned(), Hindrance::NoSuchName),
        (format!("localhost:{closed}"), Hindrance::Refused),
        (format!("http://127.0.0.1:{page}"), Hindrance::NotDeskOps),
        (format!("http://127.0.0.1:{elsewhere}"), Hindrance::NotDeskOps),
        (format!("http://127.0.0.1:{gone}"), Hindrance::NotReady),
        (format!("http://127.0.0.1:{silent}"), Hindrance::Broken),
        (format!("https://127.0.0.1:{page}"), Hindrance::NoTls),
    ] {
        let looked = laptop.look(&address, None);
        let trouble = looked.trouble.unwrap_or_else(|| panic!("{address} is no head office"));
        assert_eq!(trouble.kind, expected, "{address}: {}", trouble.message);
        assert!(trouble.message.contains(&looked.name), "{}", trouble.message);
        assert!(trouble.hint.ends_with('.'), "{}", trouble.hint);
        assert_eq!((looked.version, looked.latency_ms), (None, None));
    }
}

#[test]
fn a_server_that_is_not_called_so_says_so() {
    // It answers as localhost; the name that leads to it is another one.
    let shown = Shown::of("localhost.localdomain");
    let head = Head::showing(&shown);
    let address = format!("https://localhost.localdomain:{}", head.at.port());
    let looked = Laptop::trusting(&[&shown.certificate]).start().look(&address, None);
    let kind = looked.trouble.unwrap().kind;
    // Where this computer does not know the name there is nothing to ask.
    assert!([Hindrance::OtherName, Hindrance::NoSuchName].contains(&kind), "{kind:?}");
}

#[test]
fn a_clock_that_is_wrong_is_measured_and_told_on_every_screen() {
    let shown = Shown::of("localhost");
    let head = Head::showing(&shown);
    let laptop = Laptop::trusting(&[&shown.certificate]);
    laptop.clock.set(Moment(laptop.clock.now().0 + MOST_CLOCK_MS + 120_000));
    let started = laptop.start();
    let clock = started.look(&head.address(), None).clock.unwrap();
    assert!((clock.ahead_ms - 420_000).abs() < 5_000, "{clock:?}");
    started.choose(&head.address(), None);
    let notices = || {
        let hello = started.call(deskops_domain::api::session::Hello {}).unwrap();
        hello.notices.into_iter().filter(|told| told.contains("head office")).collect::<Vec<_>>()
    };
    assert_eq!(notices(), Vec::<String>::new(), "nobody has asked yet");
    started.sign_in("noura").unwrap();
    started.greet();
    let told = notices();
    assert!(told[0].contains("minutes ahead of head office"), "{told:?}");
    laptop.clock.set(head.clock.now());
    assert!(started.greet().server.unwrap().clock_ms.unwrap().abs() < 10_000);
    assert_eq!(notices(), Vec::<String>::new());
}
