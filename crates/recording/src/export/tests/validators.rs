//! The exports as the field's own readers read them: npm `har-validator` (the JSON schemas of HAR 1.2) and
//! PyPI `warcio`. `./test validators` installs both under `target/tools` and runs these tests.

use super::{har, sample, warc};
use std::path::PathBuf;
use std::process::{Command, Output};

fn tools() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/tools")
}

fn run(command: &mut Command) -> Output {
    let told = command.output();
    let told = told.unwrap_or_else(|error| panic!("{command:?}: {error}: ./test installs what is missing"));
    let text = String::from_utf8_lossy(&told.stdout).into_owned() + &String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{text}");
    told
}

#[test]
fn har_validator_finds_no_fault() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("a.har");
    std::fs::write(&file, har(&sample())).unwrap();
    let script = "require('har-validator').har(JSON.parse(require('fs').readFileSync(process.argv[1])))\
        .then(() => console.log('valid')).catch((error) => { console.log(JSON.stringify(error.errors)); process.exit(1) })";
    let validate = || {
        let mut node = Command::new("node");
        node.args(["-e", script])
            .arg(&file)
            .env("NODE_PATH", tools().join("node_modules"));
        node
    };
    assert_eq!(run(&mut validate()).stdout, b"valid\n");
    // The validator does find what is wrong.
    let text = String::from_utf8(har(&sample())).unwrap();
    std::fs::write(
        &file,
        text.replace("\"startedDateTime\":\"2026", "\"startedDateTime\":\"then"),
    )
    .unwrap();
    assert!(!validate().output().unwrap().status.success());
}

#[test]
fn warcio_finds_no_fault_and_reads_every_record() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("a.warc.gz");
    std::fs::write(&file, warc(&sample())).unwrap();
    let warcio = |arguments: &[&str]| {
        let mut command = Command::new(tools().join("warcio/bin/warcio"));
        command.args(arguments).arg(&file);
        command
    };
    let checked = run(&mut warcio(&["check", "-v"]));
    let checked = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.matches("digest pass").count(), 17, "{checked}");
    assert!(
        !checked.contains("digest failed") && !checked.contains("not present"),
        "{checked}"
    );
    let listed = run(&mut warcio(&["index", "-f", "warc-type,http:status"]));
    assert_eq!(
        listed
            .stdout
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .count(),
        17
    );
    // It reads a request line that is not ASCII, and cannot write it anew.
    let mut plain = sample();
    plain.remove(1);
    std::fs::write(&file, warc(&plain)).unwrap();
    run(warcio(&["recompress"]).arg(place.path().join("b.warc.gz")));
    // The validator does find what is wrong.
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(
        &mut flate2::read::MultiGzDecoder::new(warc(&sample()).as_slice()),
        &mut bytes,
    )
    .unwrap();
    let at = bytes.windows(7).position(|window| window == b"bonjour").unwrap();
    bytes[at] = b'B';
    std::fs::write(&file, bytes).unwrap();
    let told = warcio(&["check", "-v"]).output().unwrap();
    assert!(String::from_utf8_lossy(&told.stdout).contains("digest failed"));
}
