//! A cluster is chosen by the settings: what `check` says of it, asked over HTTP of an API that a test plays.

use crate::{beffroi, said};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Output;

/// Plays the API of a cluster until the test ends: its version, and whether rights are given; 404 for everything else.
fn api(allowed: bool) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || while answer(&stream, allowed).is_some() {});
        }
    });
    port
}

/// Answers one request; nothing where the connection ended.
fn answer(stream: &TcpStream, allowed: bool) -> Option<()> {
    let mut read = BufReader::new(stream);
    let mut first = String::new();
    read.read_line(&mut first).ok().filter(|length| *length > 0)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        read.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    read.read_exact(&mut body).ok()?;
    let (status, body) = if first.starts_with("GET /version ") {
        let fields = [
            "gitCommit",
            "gitTreeState",
            "buildDate",
            "goVersion",
            "compiler",
            "platform",
        ];
        let rest: String = fields.iter().map(|field| format!(",\"{field}\":\"\"")).collect();
        (
            200,
            format!("{{\"major\":\"1\",\"minor\":\"33\",\"gitVersion\":\"v1.33.2-mock\"{rest}}}"),
        )
    } else if first.contains("/selfsubjectaccessreviews") {
        let text = String::from_utf8(body).ok()?;
        let asked = text.trim_end().strip_suffix('}')?;
        // What was asked comes back with an answer beside it.
        let asked = asked.replace(",\"status\":null", "");
        (201, format!("{asked},\"status\":{{\"allowed\":{allowed}}}}}"))
    } else {
        let text = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"not played\",\"reason\":\"NotFound\",\"code\":404}";
        (404, text.to_owned())
    };
    let head = format!(
        "HTTP/1.1 {status} OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (&mut &*stream).write_all(format!("{head}{body}").as_bytes()).ok()
}

/// Lets `check` run with these settings of a cluster whose API answers at a port.
fn check(folder: &Path, port: u16, rest: &str) -> Output {
    let config = format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: one\n\
         clusters: [{{ name: c, cluster: {{ server: \"http://127.0.0.1:{port}\" }} }}]\n\
         users: [{{ name: u, user: {{}} }}]\ncontexts: [{{ name: one, context: {{ cluster: c, user: u }} }}]\n"
    );
    std::fs::write(folder.join("kubeconfig"), config).unwrap();
    let settings = format!(
        "folder = \".\"\n[hosting]\nengine = \"kubernetes\"\n[hosting.kubernetes]\nkubeconfig = \"kubeconfig\"\n{rest}"
    );
    std::fs::write(folder.join("beffroi.toml"), settings).unwrap();
    beffroi(folder).arg("check").output().unwrap()
}

#[test]
fn check_says_what_a_cluster_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let gateway = "gateway_addresses = [\"192.0.2.7/32\"]\n";
    let found = check(folder.path(), api(true), gateway);
    let text = said(&found);
    assert_eq!(found.status.code(), Some(1), "{text}");
    for expected in [
        "✔ grappe Kubernetes 1.33.2-mock",
        "personne n’a essayé si la grappe tient ses règles de réseau",
        "hosting.kubernetes.policies_proven = true",
        "on n’a pas pu essayer si la grappe refuse les pods qui peuvent trop",
        "Un point est à corriger",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let proven = check(folder.path(), api(true), &format!("{gateway}policies_proven = true\n"));
    assert!(proven.status.success(), "{}", said(&proven));
    let denied = said(&check(
        folder.path(),
        api(false),
        &format!("{gateway}policies_proven = true\n"),
    ));
    assert!(
        denied.contains("il manque des droits sur la grappe (get namespaces"),
        "{denied}"
    );
    assert!(denied.contains("kind: ClusterRole"), "{denied}");
    let everybody = "gateway_addresses = [\"0.0.0.0/0\"]\npolicies_proven = true\n";
    assert!(said(&check(folder.path(), api(true), everybody)).contains("tout le monde entrerait dans les cibles"));
}

#[test]
fn check_says_where_no_cluster_answers_or_nobody_may_enter() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = said(&check(folder.path(), api(true), ""));
    assert!(nobody.contains("« hosting.kubernetes.gateway_namespace »"), "{nobody}");
    let silent = said(&check(folder.path(), 1, "gateway_namespace = \"beffroi\"\n"));
    assert!(
        silent.contains("aucune grappe Kubernetes ne répond à http://127.0.0.1:1"),
        "{silent}"
    );
    std::fs::write(folder.path().join("beffroi.toml"), "[hosting]\nengine = \"autre\"\n").unwrap();
    let unknown = said(&beffroi(folder.path()).arg("check").output().unwrap());
    assert!(unknown.contains("autre") && unknown.contains("kubernetes"), "{unknown}");
}
