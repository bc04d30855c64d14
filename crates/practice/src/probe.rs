//! Tries connections outwards and says who answered: how the tests prove what a target cannot reach.

use crate::http::{self, Response};
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_millis(700);

/// What became of an attempt. A refusal is an answer too: somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A connection was made, or a datagram came back.
    Answered,
    /// The address is there and refused.
    Refused,
    /// There is no way to the address.
    Unreachable,
    /// Nothing came back.
    Silent,
    /// The place is not written as `tcp:ADDRESS:PORT` or `udp:ADDRESS:PORT`.
    Malformed,
}

impl Outcome {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Silent => "silent",
            Self::Malformed => "malformed",
        }
    }
}

/// Serves `/?to=tcp:10.0.0.1:80,udp:10.0.0.1:53`: one line for each place, all tried at once.
pub(crate) fn serve(address: &str) -> std::io::Result<()> {
    http::serve(address, |request| match request.path.as_str() {
        "/" => Response::text(200, attempts(request.query("to"))),
        "/name" => Response::text(200, name(request.query("of"))),
        "/file" => Response::text(200, std::fs::read_to_string(request.query("of")).unwrap_or_default()),
        "/write" => Response::text(200, write(request.query("to"), request.query("mebibytes"))),
        "/threads" => Response::text(200, threads(request.query("of").parse().unwrap_or(1)).to_string()),
        "/end" => std::process::exit(request.query("with").parse().unwrap_or(1)),
        "/burn" => {
            burn(request.query("mebibytes").parse().unwrap_or(1));
            Response::text(200, String::new())
        }
        _ => Response::text(404, String::new()),
    })
}

fn attempts(places: &str) -> String {
    let places: Vec<String> = places.split(',').map(str::to_owned).collect();
    let tried: Vec<_> = places
        .into_iter()
        .map(|place| std::thread::spawn(move || format!("{place} {}\n", attempt(&place).code())))
        .collect();
    tried.into_iter().filter_map(|one| one.join().ok()).collect()
}

/// Tries one place.
pub(crate) fn attempt(place: &str) -> Outcome {
    let Some((protocol, address)) = place.split_once(':') else {
        return Outcome::Malformed;
    };
    let Ok(address) = address.parse::<SocketAddr>() else {
        return Outcome::Malformed;
    };
    let done = match protocol {
        "tcp" => TcpStream::connect_timeout(&address, PATIENCE).map(drop),
        "udp" => ask(address),
        _ => return Outcome::Malformed,
    };
    match done.map_err(|error| error.kind()) {
        Ok(()) => Outcome::Answered,
        Err(ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset) => Outcome::Refused,
        Err(ErrorKind::TimedOut | ErrorKind::WouldBlock) => Outcome::Silent,
        Err(_) => Outcome::Unreachable,
    }
}

/// A question to a name server: the name `example.org`, type A (RFC 1035, section 4.1).
const QUESTION: &[u8] = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x07example\x03org\x00\x00\x01\x00\x01";

/// Asks a name server and waits for any answer: first from the address that was asked, which also hears a refusal, then
/// from whichever address the server answers by.
fn ask(address: SocketAddr) -> std::io::Result<()> {
    let any = if address.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.connect(address)?;
    socket.send(QUESTION)?;
    match socket.recv(&mut [0; 512]) {
        Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => (),
        other => return other.map(drop),
    }
    let socket = UdpSocket::bind(any)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.send_to(QUESTION, address)?;
    socket.recv(&mut [0; 512]).map(drop)
}

/// Says whether a host name is known here, by the address that it has.
fn name(of: &str) -> String {
    use std::net::ToSocketAddrs;
    let found = (of, 0).to_socket_addrs().ok().and_then(|mut all| all.next());
    found.map_or_else(|| "unknown".to_owned(), |address| address.ip().to_string())
}

fn write(to: &str, mebibytes: &str) -> String {
    let bytes = vec![1; mebibytes.parse::<usize>().unwrap_or(0) << 20];
    std::fs::write(to, bytes).map_or_else(|error| format!("{:?}", error.kind()), |()| "written".to_owned())
}

/// Starts threads until one is refused, and says how many ran once they have ended.
fn threads(wanted: usize) -> usize {
    let started = (0..wanted).map_while(|_| {
        let thread = std::thread::Builder::new().stack_size(64 << 10);
        thread.spawn(|| std::thread::sleep(Duration::from_millis(300))).ok()
    });
    let started: Vec<_> = started.collect();
    let count = started.len();
    // The next answer needs a thread too: until these have ended, there may be none for it.
    for thread in started {
        drop(thread.join());
    }
    count
}

/// Takes memory and writes to each page of it, so that it counts.
pub(crate) fn burn(mebibytes: usize) {
    let mut held: Vec<Vec<u8>> = Vec::new();
    for step in 0..mebibytes {
        held.push(vec![step as u8 | 1; 1 << 20]);
    }
    let sum: usize = held.iter().map(|block| usize::from(block[block.len() / 2])).sum();
    println!("held {mebibytes} MiB ({sum})");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_answers_and_a_closed_port_refuses() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let place = format!("tcp:{}", listener.local_addr().unwrap());
        assert_eq!(attempt(&place), Outcome::Answered);
        drop(listener);
        assert_eq!(attempt(&place), Outcome::Refused);
        assert_eq!(attempt("tcp:nowhere"), Outcome::Malformed);
        assert_eq!(attempt("ftp:127.0.0.1:1"), Outcome::Malformed);
    }

    #[test]
    fn a_name_server_answers() {
        let server = UdpSocket::bind("127.0.0.1:0").unwrap();
        let place = format!("udp:{}", server.local_addr().unwrap());
        std::thread::spawn(move || {
            let mut buffer = [0; 512];
            let (length, from) = server.recv_from(&mut buffer).unwrap();
            server.send_to(&buffer[..length], from).unwrap();
        });
        assert_eq!(attempt(&place), Outcome::Answered);
    }
}
