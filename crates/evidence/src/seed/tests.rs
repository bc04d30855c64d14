//! Archives made by `tar`, and by hand where it would not make them.

use super::*;
use domain::seed::{PersonalCounts, PersonalKind};
use std::fs;
use std::path::Path;
use std::process::Command;

const LIMITS: SeedLimits = SeedLimits {
    bytes: 1 << 20,
    unpacked: 1 << 20,
    entries: 50,
    texts: 1 << 20,
};

/// Looks through an archive in parts of a length.
fn look_in_parts(archive: &[u8], part: usize, limits: SeedLimits) -> Result<SeedFound, Refusal> {
    let mut look = Look::new(limits);
    for part in archive.chunks(part) {
        look.take(part)?;
    }
    look.finish()
}

fn look(archive: &[u8]) -> Result<SeedFound, Refusal> {
    let whole = look_in_parts(archive, usize::MAX, LIMITS);
    for part in [1, 511, 513] {
        assert_eq!(look_in_parts(archive, part, LIMITS), whole, "in parts of {part}");
    }
    whole
}

fn refused(archive: &[u8]) -> (SeedProblem, String) {
    let refusal = look(archive).unwrap_err();
    (refusal.problem, refusal.entry)
}

/// Lets `tar` pack a folder.
fn packed(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut tar = Command::new("tar");
    tar.arg("--create").arg("--directory").arg(folder).args(arguments);
    let output = tar.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("base")).unwrap();
    let people = "nom;téléphone;courriel\nA;06 12 34 56 78;alice.martin@mairie-du-guet.fr\nB;07 98 76 54 32;\n";
    fs::write(folder.path().join("base/clients.csv"), people).unwrap();
    fs::write(folder.path().join("lisez-moi.txt"), "Rien ici.\n").unwrap();
    fs::write(folder.path().join("image.bin"), [0, 1, 2, 3]).unwrap();
    std::os::unix::fs::symlink("base/clients.csv", folder.path().join("actuel.csv")).unwrap();
    folder
}

/// One header with a right sum, and its content in whole blocks.
fn entry(name: &str, kind: u8, link: &str, content: &[u8]) -> Vec<u8> {
    let mut block = vec![0u8; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[100..107].copy_from_slice(b"0000644");
    block[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    block[156] = kind;
    block[157..157 + link.len()].copy_from_slice(link.as_bytes());
    block[257..265].copy_from_slice(b"ustar\x0000");
    summed(&mut block);
    block.extend_from_slice(content);
    let length = block.len().next_multiple_of(512);
    block.resize(length, 0);
    block
}

fn summed(block: &mut [u8]) {
    block[148..156].copy_from_slice(b"        ");
    let sum: u32 = block[..512].iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

fn archive(entries: &[Vec<u8>]) -> Vec<u8> {
    [entries.concat(), vec![0; 1024]].concat()
}

#[test]
fn what_tar_packs_is_found_in_each_of_its_formats() {
    let folder = folder();
    let mut digests = std::collections::BTreeSet::new();
    for format in ["--format=gnu", "--format=pax", "--format=ustar", "--format=v7"] {
        for gzip in [None, Some("--gzip")] {
            let arguments: Vec<&str> = [format].into_iter().chain(gzip).chain(["."]).collect();
            let bytes = packed(folder.path(), &arguments);
            let found = look(&bytes).unwrap();
            assert_eq!(found.entries, 6, "{format}");
            assert_eq!(found.digest, <[u8; 32]>::from(Sha256::digest(&bytes)));
            digests.insert(found.digest);
            let mut counts = PersonalCounts::default();
            counts.add(PersonalKind::Phone);
            counts.add(PersonalKind::Phone);
            counts.add(PersonalKind::Email);
            assert_eq!(found.personal.files, [("./base/clients.csv".to_owned(), counts)]);
            assert_eq!((found.personal.other, found.personal.unread), (1, 0));
            let told = format!("{:?}", found.personal);
            assert!(!told.contains("06 12") && !told.contains("martin"), "{told}");
        }
    }
    assert_eq!(digests.len(), 8, "the digest is of the bytes that were sent");
}

#[test]
fn long_names_are_read_in_both_ways() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("d".repeat(150)).join("e".repeat(150));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("clients.txt"), "06 12 34 56 78\n").unwrap();
    for format in ["--format=gnu", "--format=pax"] {
        let found = look(&packed(folder.path(), &[format, "."])).unwrap();
        let (name, _) = &found.personal.files[0];
        assert!(name.ends_with("/clients.txt") && name.len() > 300, "{name}");
    }
}

#[test]
fn what_leads_out_is_refused_with_its_name() {
    let refused_one = |name, kind, link, content: &[u8]| refused(&archive(&[entry(name, kind, link, content)]));
    let named = |problem, name: &str| (problem, name.to_owned());
    assert_eq!(
        refused_one("/etc/passwd", b'0', "", b"x"),
        named(SeedProblem::Absolute, "/etc/passwd")
    );
    assert_eq!(
        refused_one("a/../../b", b'0', "", b"x"),
        named(SeedProblem::Climbs, "a/../../b")
    );
    assert_eq!(refused_one("sda", b'4', "", b""), named(SeedProblem::Device, "sda"));
    assert_eq!(refused_one("tty", b'3', "", b""), named(SeedProblem::Device, "tty"));
    assert_eq!(refused_one("pipe", b'6', "", b""), named(SeedProblem::Device, "pipe"));
    assert_eq!(refused_one("l", b'2', "/etc", b""), named(SeedProblem::Link, "l"));
    assert_eq!(refused_one("l", b'1', "../x", b""), named(SeedProblem::Link, "l"));
    assert_eq!(refused_one("holes", b'S', "", b""), named(SeedProblem::Kind, "holes"));
    let behind = archive(&[entry("l", b'2', "d", b""), entry("l/x", b'0', "", b"x")]);
    assert_eq!(refused(&behind), named(SeedProblem::BehindLink, "l/x"));
    // What an extended header says counts, not what the header repeats.
    let pax = archive(&[
        entry("x", b'x', "", b"21 path=../../passwd\n"),
        entry("ok.txt", b'0', "", b"x"),
    ]);
    assert_eq!(refused(&pax), named(SeedProblem::Climbs, "../../passwd"));
    let long = archive(&[
        entry("././@LongLink", b'L', "", b"/etc/shadow\0"),
        entry("ok", b'0', "", b"x"),
    ]);
    assert_eq!(refused(&long), named(SeedProblem::Absolute, "/etc/shadow"));
}

#[test]
fn what_two_readers_could_read_in_two_ways_is_refused() {
    let file = || entry("a", b'0', "", b"x");
    let bad = |archive: &[u8]| refused(archive).0;
    assert_eq!(bad(b""), SeedProblem::Empty);
    assert_eq!(bad(&[0; 1024]), SeedProblem::Malformed);
    assert_eq!(
        bad(&[b"no archive".to_vec(), vec![7; 2000]].concat()),
        SeedProblem::Malformed
    );
    assert_eq!(bad(&file()), SeedProblem::Truncated);
    assert_eq!(bad(&file()[..700]), SeedProblem::Truncated);
    assert_eq!(bad(&[archive(&[file()]), file()].concat()), SeedProblem::Trailing);
    assert_eq!(
        bad(&[file(), vec![0; 512], file(), vec![0; 1024]].concat()),
        SeedProblem::Malformed
    );
    let mut wrong_sum = archive(&[file()]);
    wrong_sum[0] = b'b';
    assert_eq!(bad(&wrong_sum), SeedProblem::Malformed);
    assert_eq!(
        bad(&archive(&[entry("d/", b'5', "", b"content")])),
        SeedProblem::Malformed
    );
    let global = entry("g", b'g', "", b"10 path=a\n");
    assert_eq!(bad(&archive(&[global, file()])), SeedProblem::Malformed);
    let sparse = entry("x", b'x', "", b"22 GNU.sparse.major=1\n");
    assert_eq!(bad(&archive(&[sparse, file()])), SeedProblem::Kind);
    let twice = entry("x", b'x', "", b"10 path=a\n");
    assert_eq!(bad(&archive(&[twice.clone(), twice, file()])), SeedProblem::Malformed);
    let gzip = packed(folder().path(), &["--gzip", "."]);
    assert_eq!(bad(&gzip[..gzip.len() - 9]), SeedProblem::Truncated);
}

#[test]
fn bombs_are_refused_while_they_come() {
    let huge = |size: &str| {
        let mut block = entry("bombe", b'0', "", b"");
        block[124..135].copy_from_slice(size.as_bytes());
        summed(&mut block);
        block
    };
    let named = (SeedProblem::Bomb, "bombe".to_owned());
    assert_eq!(refused(&archive(&[huge("77777777777")])), named);
    // A megabyte of zeros is a kilobyte for gzip: what is unpacked counts.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bombe"), vec![0; 2 << 20]).unwrap();
    let bomb = packed(folder.path(), &["--gzip", "bombe"]);
    assert!(bomb.len() < 10_000);
    assert_eq!(refused(&bomb), named);
    let many: Vec<_> = (0..60).map(|n| entry(&format!("{n}"), b'0', "", b"")).collect();
    assert_eq!(refused(&archive(&many)).0, SeedProblem::TooMany);
    let small = SeedLimits { bytes: 1000, ..LIMITS };
    let whole = archive(&[entry("a", b'0', "", b"x")]);
    let too_large = look_in_parts(&whole, 512, small).unwrap_err();
    assert_eq!(too_large.problem, SeedProblem::TooLarge);
}

#[test]
fn texts_are_read_up_to_a_bound_and_across_parts() {
    // A number stands on the border of what is held at once, in a text of several such parts.
    let mut text = "une ligne sans rien de personnel\n".repeat(40_000);
    text.insert_str((256 << 10) - 5, "\n06 12 34 56 78\n");
    text.push_str("07 98 76 54 32\n");
    let limits = SeedLimits {
        bytes: 4 << 20,
        unpacked: 4 << 20,
        texts: 4 << 20,
        ..LIMITS
    };
    let whole = archive(&[
        entry("a.txt", b'0', "", text.as_bytes()),
        entry("b.txt", b'0', "", b"06 12 34 56 78"),
    ]);
    let found = look_in_parts(&whole, 100_000, limits).unwrap().personal;
    let counts: Vec<u64> = found
        .files
        .iter()
        .map(|(_, counts)| counts.of(PersonalKind::Phone))
        .collect();
    assert_eq!((counts, found.unread), (vec![2, 1], 0));
    let bounded = SeedLimits {
        texts: 300 << 10,
        ..limits
    };
    let found = look_in_parts(&whole, 100_000, bounded).unwrap().personal;
    assert_eq!(found.unread, 1, "{found:?}");
    assert_eq!(
        found.counts.of(PersonalKind::Phone),
        1,
        "the short one, which has room after what was read"
    );
}
