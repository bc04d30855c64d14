//! Scanners of Debian, as hunters run them.

use std::path::Path;
use std::process::Stdio;
use tokio::process::Command;

/// Runs a tool until it ends, and gives everything that it said.
async fn run(program: &str, arguments: &[&str], home: &Path) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Looks for paths that answer, through the gateway's door with the credential in a field; gives what was found.
pub async fn ffuf(door: &str, host: &str, credential: &str, words: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let list = home.path().join("words");
    std::fs::write(&list, words.join("\n")).unwrap();
    let (url, list) = (format!("{door}/FUZZ"), list.display().to_string());
    let (host, credential) = (format!("Host: {host}"), format!("Beffroi-Lease: {credential}"));
    let arguments = [
        "-u",
        &url,
        "-H",
        &host,
        "-H",
        &credential,
        "-w",
        &list,
        "-mc",
        "200",
        "-s",
        "-t",
        "4",
    ];
    run("ffuf", &arguments, home.path()).await
}

/// Looks for injections in an address and empties a table, through the gateway's proxy with its credential.
pub async fn sqlmap(proxy: &str, credential: &str, url: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let credential = format!("beffroi:{credential}");
    let arguments = [
        "--batch",
        "--flush-session",
        "--disable-coloring",
        "--technique",
        "BEU",
        "--proxy",
        proxy,
        "--proxy-cred",
        &credential,
        "--dbms",
        "sqlite",
        "-T",
        "users",
        "--dump",
        "-u",
        url,
    ];
    run("sqlmap", &arguments, home.path()).await
}
