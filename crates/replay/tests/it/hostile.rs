//! Instances that answer as none should: bounded time and room, and a clear word.

use std::time::{Duration, Instant};

use replay::{Limits, NoAnswer, Replay, Replayed, Request, Step, Target};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Asks an instance that answers each connection so.
async fn asked<F>(answer: impl Fn(TcpStream) -> F + Send + 'static, request: Request) -> Replayed
where
    F: Future<Output = std::io::Result<()>> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
        // Whoever asked may have gone.
        let _ = answer(stream).await;
    });
    let limits = Limits {
        exchange: Duration::from_secs(2),
        body: 100_000,
        read: 10 << 20,
        ..Limits::default()
    };
    let steps = [Step {
        name: "1".into(),
        request,
        answer: None,
    }];
    let target = Target {
        address,
        host: "a.example".into(),
        tls: None,
    };
    let replayed = Replay::new(target, &steps, limits).finish().await;
    serving.abort();
    replayed.into_iter().next().unwrap()
}

fn get() -> Request {
    Request {
        method: "GET".into(),
        target: "/".into(),
        fields: vec![],
        body: vec![],
    }
}

#[tokio::test]
async fn an_endless_body_is_cut() {
    let endless = |mut stream: TcpStream| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
        loop {
            stream.write_all(&[b'a'; 65_536]).await?;
        }
    };
    let begin = Instant::now();
    let answer = asked(endless, get()).await.answer.unwrap();
    assert_eq!((answer.body.len(), answer.cut), (100_000, true));
    assert!(begin.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn an_endless_head_is_refused() {
    let endless = |mut stream: TcpStream| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
        loop {
            stream
                .write_all(b"x: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")
                .await?;
        }
    };
    assert!(matches!(asked(endless, get()).await.answer, Err(NoAnswer::Broken(_))));
}

#[tokio::test]
async fn silence_and_dripping_end_in_time() {
    let silent = |stream: TcpStream| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(stream);
        Ok(())
    };
    let begin = Instant::now();
    assert_eq!(asked(silent, get()).await.answer, Err(NoAnswer::TooSlow));
    let dripping = |mut stream: TcpStream| async move {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
            .await?;
        loop {
            stream.write_all(b"a").await?;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    assert_eq!(asked(dripping, get()).await.answer, Err(NoAnswer::TooSlow));
    assert!(begin.elapsed() < Duration::from_secs(6));
}

#[tokio::test]
async fn what_is_no_http_and_what_stops_in_the_middle_is_said() {
    for word in [
        "hello\r\n\r\n",
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let answering = move |mut stream: TcpStream| async move { stream.write_all(word.as_bytes()).await };
        let answer = asked(answering, get()).await.answer;
        assert!(matches!(answer, Err(NoAnswer::Broken(_))), "{word:?}: {answer:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_not_sent() {
    for (method, target, name) in [
        ("GE T", "/", "a"),
        ("GET", "/a b", "a"),
        ("GET", "/", "a b"),
        ("GET", "/\r\nx: y", "a"),
    ] {
        let request = Request {
            method: method.into(),
            target: target.into(),
            fields: vec![(name.into(), b"b".to_vec())],
            body: vec![],
        };
        let unasked = |_stream: TcpStream| async { Ok(()) };
        assert!(
            matches!(asked(unasked, request).await.answer, Err(NoAnswer::Unsendable(_))),
            "{method} {target} {name}"
        );
    }
}
