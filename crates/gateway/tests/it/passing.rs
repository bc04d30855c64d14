//! What passes, and how it is recorded.

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use recording::{Outcome, Start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::world::{HOST, PUBLIC, TOKEN, World, credential, request};

#[tokio::test]
async fn a_request_passes_without_its_credential_and_is_recorded_whole() {
    let world = World::new().await;
    let seen = world
        .get(
            "/head?q=1",
            "cookie: beffroi_lease=x; mine=1\r\norigin: http://abc.porte.localhost\r\n",
        )
        .await;
    assert!(seen.starts_with("HTTP/1.1 200 OK\r\n"), "{seen}");
    assert!(seen.contains(&format!("host: {PUBLIC}\n")) && seen.contains("origin: https://www.mairie.example\n"));
    assert!(seen.contains("cookie: mine=1\n") && !seen.contains("beffroi"), "{seen}");
    let sent = world.raw(request("POST", "/echo", "", "bonjour").as_bytes()).await;
    assert!(sent.ends_with("\r\n\r\nbonjour"), "{sent}");

    let (exchanges, mut body) = world.recorded().await;
    assert_eq!(exchanges.len(), 2);
    let (head, echo) = (&exchanges[0], &exchanges[1]);
    assert_eq!((head.lease.as_str(), head.target.as_str()), ("lease-1", "sha256:print"));
    assert_eq!(
        head.request.start,
        Start::Request {
            method: "GET".into(),
            target: "/head?q=1".into()
        }
    );
    assert!(head.request.fields.contains(&("cookie".into(), b"mine=1".to_vec())));
    assert!(head.request.fields.iter().all(|(name, _)| name != "beffroi-lease"));
    assert!(seen.ends_with(&String::from_utf8(body(&head.response_body)).unwrap()));
    assert_eq!(body(&echo.request_body), b"bonjour");
    assert_eq!(body(&echo.response_body), b"bonjour");
    assert_eq!(echo.responses[0].1.start, Start::Status(200));
    assert!(
        exchanges
            .iter()
            .all(|exchange| exchange.end.unwrap().1 == Outcome::Complete)
    );
}

#[tokio::test]
async fn redirects_and_cookies_lead_back_to_the_lease() {
    let world = World::new().await;
    let answer = world.get("/redirect", "").await;
    assert!(
        answer.contains(&format!("location: http://{HOST}/there\r\n")),
        "{answer}"
    );
    assert!(answer.contains("set-cookie: session=1; Path=/\r\n"), "{answer}");
    assert!(!answer.contains("strict-transport-security"));
    // What the target said is recorded as it said it.
    let (exchanges, _) = world.recorded().await;
    let location = ("location".to_owned(), b"https://www.mairie.example/there".to_vec());
    assert!(exchanges[0].responses[0].1.fields.contains(&location));
}

#[tokio::test]
async fn links_in_pages_lead_to_the_lease_and_are_recorded_as_the_target_wrote_them() {
    let world = World::new().await;
    let more = "accept-encoding: gzip, br\r\n";
    let page = world.get("/page?to=http%3A%2F%2Fabc.porte.localhost%2Fx", more).await;
    assert!(page.contains(&format!("<a href=\"http://{HOST}/a\">")), "{page}");
    assert!(page.contains(&format!("http:\\/\\/{HOST}\\/b")), "{page}");
    assert!(
        page.contains("Some(\"identity\")"),
        "what is compressed could not be read: {page}"
    );
    assert!(!page.contains("content-length"), "its length is another: {page}");
    let (exchanges, mut body) = world.recorded().await;
    let target = "/page?to=https%3A%2F%2Fwww.mairie.example%2Fx".to_owned();
    let method = "GET".into();
    assert_eq!(exchanges[0].request.start, Start::Request { method, target });
    let recorded = String::from_utf8(body(&exchanges[0].response_body)).unwrap();
    assert!(
        recorded.starts_with("<a href=\"https://www.mairie.example/a\">"),
        "{recorded}"
    );
    assert!(
        recorded.contains("to=https%3A%2F%2Fwww.mairie.example%2Fx"),
        "{recorded}"
    );
    assert_eq!(exchanges[0].end.unwrap().1, Outcome::Complete);
}

#[tokio::test]
async fn basic_cookie_form_and_proxy_requests_carry_the_credential() {
    use base64::Engine;
    let world = World::new().await;
    let token = sealing::token_text(TOKEN);
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("beffroi:{token}"));
    for field in [
        format!("authorization: Basic {basic}"),
        format!("proxy-authorization: Basic {basic}"),
        format!("cookie: beffroi_lease={token}"),
    ] {
        for target in ["/head", "http://abc.porte.localhost/head"] {
            let asked = format!("GET {target} HTTP/1.1\r\nhost: {HOST}\r\n{field}\r\nconnection: close\r\n\r\n");
            let seen = world.raw(asked.as_bytes()).await;
            assert!(
                seen.contains("GET /head HTTP/1.1\n") && !seen.contains(&token),
                "{seen}"
            );
            assert!(!seen.contains("authorization"), "{seen}");
        }
    }
    let form = format!("credential={token}");
    let asked = format!(
        "POST /.beffroi/enter HTTP/1.1\r\nhost: {HOST}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{form}",
        form.len()
    );
    let entered = world.raw(asked.as_bytes()).await;
    assert!(entered.starts_with("HTTP/1.1 303"), "{entered}");
    assert!(entered.contains(&format!(
        "set-cookie: beffroi_lease={token}; Path=/; HttpOnly; SameSite=Lax\r\n"
    )));
}

#[tokio::test]
async fn large_bodies_stream_and_are_stored_once() {
    let world = World::new().await;
    for _ in 0..2 {
        let answer = world.get("/large", "").await;
        assert!(answer.len() > 64 << 20);
    }
    let (exchanges, mut body) = world.recorded().await;
    for exchange in &exchanges {
        assert_eq!(exchange.response_body.length, Some(64 << 20));
        let bytes = body(&exchange.response_body);
        assert!(
            bytes
                .chunks(1 << 20)
                .zip(0..)
                .all(|(piece, number)| piece.iter().all(|byte| *byte == number))
        );
    }
}

#[tokio::test]
async fn expect_continue_is_answered_when_the_body_is_wanted() {
    let world = World::new().await;
    let mut stream = world.connect().await;
    let head = format!(
        "POST /echo HTTP/1.1\r\nhost: {HOST}\r\n{}expect: 100-continue\r\ncontent-length: 4\r\nconnection: close\r\n\r\n",
        credential()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut buffer = [0; 25];
    stream.read_exact(&mut buffer).await.unwrap();
    assert_eq!(&buffer, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"body").await.unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    assert!(rest.starts_with("HTTP/1.1 200") && rest.ends_with("body"), "{rest}");
    // A refusal comes at once, and no body is asked for.
    let refused = format!(
        "POST /echo HTTP/1.1\r\nhost: {HOST}\r\nexpect: 100-continue\r\ncontent-length: 4\r\nconnection: close\r\n\r\n"
    );
    assert!(world.raw(refused.as_bytes()).await.starts_with("HTTP/1.1 401"));
}

#[tokio::test]
async fn events_come_as_they_are_sent() {
    let world = World::new().await;
    let mut stream = world.connect().await;
    let asked = format!("GET /events HTTP/1.1\r\nhost: {HOST}\r\n{}\r\n", credential());
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut seen = String::new();
    let mut buffer = [0; 1000];
    while !seen.contains("data: 2") {
        let read = stream.read(&mut buffer).await.unwrap();
        seen.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        assert!(!seen.contains("data: 9"), "events come one by one");
    }
    drop(stream);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let (exchanges, mut body) = world.recorded().await;
    let text = String::from_utf8(body(&exchanges[0].response_body)).unwrap();
    assert!(text.starts_with("data: 0\n\ndata: 1\n\ndata: 2"), "{text}");
    assert!(!exchanges[0].response_body.complete);
    assert_eq!(exchanges[0].end.unwrap().1, Outcome::ClientGone);
}

#[tokio::test]
async fn many_requests_pass_on_one_http2_connection() {
    let world = World::new().await;
    let stream = TokioIo::new(world.connect().await);
    let (sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream)
        .await
        .unwrap();
    tokio::spawn(connection);
    let asked = (0..20).map(|number| {
        let mut sender = sender.clone();
        let request = Request::post(format!("http://{HOST}/echo"))
            .header("beffroi-lease", sealing::token_text(TOKEN))
            .header("cookie", "a=1")
            .header("cookie", "b=2")
            .body(Full::new(Bytes::from(format!("body {number}"))))
            .unwrap();
        async move {
            let response = sender.send_request(request).await.unwrap();
            assert_eq!(response.status(), 200);
            response.into_body().collect().await.unwrap().to_bytes()
        }
    });
    let answers = futures_util::future::join_all(asked).await;
    assert_eq!(answers.last().unwrap(), "body 19");
    drop(sender);
    let (exchanges, _) = world.recorded().await;
    assert_eq!(exchanges.len(), 20);
    assert_eq!(exchanges[0].request.version, "HTTP/2");
    assert!(
        exchanges[0]
            .request
            .fields
            .contains(&("cookie".into(), b"a=1; b=2".to_vec()))
    );
}
