//! One HTTP/1.1 request over one stream, its answer bounded: for health checks and for what the Docker API lacks.

use std::io::{Error, ErrorKind};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The most bytes of an answer's head.
const HEAD: usize = 16 << 10;

/// An answer: its status and its body, whole or up to where it was cut.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Sends a request that asks for the connection's end, and reads the answer up to it or up to `most` bytes.
///
/// # Errors
/// Those of the stream; `InvalidData` where what comes back is no HTTP/1 (RFC 9112, section 4).
pub(crate) async fn exchange<S>(stream: S, head: &str, body: &[u8], most: usize) -> Result<Answer, Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = stream;
    let request = format!("{head}Connection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(request.as_bytes()).await?;
    stream.write_all(body).await?;
    stream.flush().await?;
    let mut bytes = Vec::new();
    // A server that keeps the connection or breaks it off has said its status all the same.
    let read = read(&mut stream, &mut bytes, most).await;
    match parse(&bytes) {
        Some(answer) => Ok(answer),
        None => Err(read.err().unwrap_or_else(|| ErrorKind::InvalidData.into())),
    }
}

/// Reads until the answer is whole, the stream ends, or it is too long.
async fn read<S: AsyncRead + Unpin>(stream: &mut S, bytes: &mut Vec<u8>, most: usize) -> Result<(), Error> {
    let mut stream = stream.take(most as u64);
    let mut whole = None;
    loop {
        if whole.is_none() {
            whole = length(bytes);
        }
        let enough = whole.map_or(bytes.len() > HEAD, |whole| bytes.len() >= whole);
        if enough || stream.read_buf(bytes).await? == 0 {
            return Ok(());
        }
    }
}

/// Gives the length of the whole answer once its head is there; the longest where it does not announce its body's.
fn length(bytes: &[u8]) -> Option<usize> {
    let end = head_end(bytes)?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let body = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let body = body.and_then(|length| length.trim().parse::<usize>().ok());
    Some(body.map_or(usize::MAX, |body| end.saturating_add(body)))
}

fn head_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = head_end(bytes)?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let rest = head.strip_prefix("HTTP/1.")?;
    let status = rest.get(2..5)?.parse().ok()?;
    let chunked = head.to_ascii_lowercase().contains("\r\ntransfer-encoding: chunked\r\n");
    let body = if chunked {
        dechunked(&bytes[end..])
    } else {
        bytes[end..].to_vec()
    };
    Some(Answer { status, body })
}

/// Puts chunks together (RFC 9112, section 7.1); what is cut or malformed ends it.
fn dechunked(bytes: &[u8]) -> Vec<u8> {
    let (mut body, mut rest) = (Vec::new(), bytes);
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).ok();
        let size = size.and_then(|text| usize::from_str_radix(text.split(';').next()?.trim(), 16).ok());
        let chunk = size.and_then(|size| rest.get(end + 2..)?.get(..size));
        let Some(chunk) = chunk.filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        body.extend_from_slice(chunk);
        rest = rest.get(end + 2 + chunk.len() + 2..).unwrap_or_default();
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_or_refused() {
        let good = parse(b"HTTP/1.1 204 No Content\r\nA: b\r\n\r\nrest").unwrap();
        assert_eq!((good.status, good.body.as_slice()), (204, b"rest".as_slice()));
        assert_eq!(parse(b"HTTP/1.0 200\r\n\r\n").unwrap().status, 200);
        let chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        assert_eq!(parse(chunks).unwrap().body, b"abcde");
        assert_eq!(dechunked(b"ffffffffffffffff\r\nab"), b"");
        let bad: [&[u8]; 5] = [
            b"",
            b"SSH-2.0-x\r\n\r\n",
            b"HTTP/1.1 2x0 A\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n",
            b"\xff\r\n\r\n",
        ];
        for bytes in bad {
            assert_eq!(parse(bytes), None);
        }
    }

    #[tokio::test]
    async fn a_kept_connection_is_not_waited_for_and_an_endless_one_is_cut() {
        let (client, mut server) = tokio::io::duplex(1 << 20);
        let write = async {
            server
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                .await
                .unwrap();
            server
        };
        let (answer, _open) = tokio::join!(exchange(client, "GET / HTTP/1.1\r\n", b"", 64 << 10), write);
        assert_eq!(answer.unwrap().body, b"ok");
        let (client, mut server) = tokio::io::duplex(1 << 10);
        let write = async {
            server.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            while server.write_all(&[0; 512]).await.is_ok() {}
        };
        let (answer, ()) = tokio::join!(exchange(client, "GET / HTTP/1.1\r\n", b"", 64 << 10), write);
        assert!(answer.unwrap().body.len() < 64 << 10);
    }

    #[tokio::test]
    async fn an_endless_head_is_no_answer() {
        let (client, mut server) = tokio::io::duplex(1 << 10);
        let write = async { while server.write_all(b"HTTP/1.1 200 OK\r\nA: b\r\n").await.is_ok() {} };
        let (answer, ()) = tokio::join!(exchange(client, "GET / HTTP/1.1\r\n", b"", 1 << 20), write);
        assert_eq!(answer.unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
