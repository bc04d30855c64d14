//! The demonstration tells its story once, and starts again at once.

use crate::{ask_to_stop, beffroi, free_ports};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// The pages, the gateway and its proxy listen side by side.
const PORTS: u16 = 3;

/// Where no engine of containers is, whatever the machine has: the demonstration does not look for another.
fn without_engine(folder: &Path) -> Command {
    let mut demo = beffroi(folder);
    demo.env("BEFFROI_HOSTING__SOCKET", folder.join("none.sock"));
    demo
}

/// Starts a demonstration and gives what it said until it serves.
pub fn start(mut demo: Command) -> (Child, Vec<String>) {
    let listen = format!("127.0.0.1:{}", free_ports(PORTS));
    let mut demo = demo
        .args(["demo", "--listen", &listen])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = Vec::new();
    for line in BufReader::new(demo.stdout.take().unwrap()).lines().map(Result::unwrap) {
        let last = line == "Pour l’arrêter : Ctrl+C.";
        said.push(line);
        if last {
            break;
        }
    }
    (demo, said)
}

#[test]
fn a_demonstration_starts_again_without_telling_the_story() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, said) = start(without_engine(folder.path()));
    assert!(
        said.iter().any(|line| line.contains("Neuf communes candidatent")),
        "{said:#?}"
    );
    assert!(
        said.iter().any(|line| line.contains("Ouvrez http://127.0.0.1:")),
        "{said:#?}"
    );
    assert!(
        said.iter()
            .any(|line| line.starts_with("Aucune cible n’est hébergée : aucun moteur de conteneurs ne répond")),
        "{said:#?}"
    );
    assert!(said.iter().any(|line| line.contains("podman.socket")), "{said:#?}");
    ask_to_stop(&mut first);
    let began = Instant::now();
    let (mut second, again) = start(without_engine(folder.path()));
    println!("started again in {:.2} s", began.elapsed().as_secs_f64());
    assert!(
        again.iter().any(|line| line.contains("Ouvrez http://127.0.0.1:")),
        "{again:#?}"
    );
    assert!(
        !again.iter().any(|line| line.contains('…')),
        "no step of the story is told: {again:#?}"
    );
    let sign_ins = |said: &[String]| {
        said.iter()
            .filter(|line| line.contains("mot de passe"))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(sign_ins(&said), sign_ins(&again));
    ask_to_stop(&mut second);
}

#[test]
fn a_console_that_closes_does_not_end_the_demonstration() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_ports(PORTS);
    let mut demo = without_engine(folder.path())
        .args(["demo", "--listen", &format!("127.0.0.1:{port}")])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(demo.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    // It plays its story to the end and answers, and stops when it is asked to.
    let mut web = TcpStream::connect(("127.0.0.1", port)).unwrap();
    web.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    web.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
    ask_to_stop(&mut demo);
}
