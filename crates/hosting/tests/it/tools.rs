//! What tests ask with: the engine's command, the shell, HTTP.

use crate::namespace::{is_docker, socket};
pub use crate::namespace::{sh, wait};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Runs the words of a command of the engine, and gives what it prints.
pub fn engine(folder: &Path, words: &str) -> String {
    let (program, option) = if is_docker() {
        ("docker", "--host")
    } else {
        ("podman", "--url")
    };
    let output = Command::new(program)
        .args([option, &format!("unix://{}", socket(folder).display())])
        .args(words.split(' '))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{words}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Asks for a path and gives status and body.
pub fn get(address: SocketAddr, path: &str) -> (u16, String) {
    request(address, "GET", path, "")
}

/// Sends a request and gives status and body.
pub fn request(address: SocketAddr, method: &str, path: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(5)).unwrap();
    let length = body.len();
    let text = format!(
        "{method} {path} HTTP/1.1\r\nHost: target\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    // A target that is killed while it answers says nothing more.
    let _ = stream.read_to_string(&mut answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, body.to_owned())
}
