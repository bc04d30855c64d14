//! Recipes of targets: what is read, what is refused with its line and field, and what names them.

use domain::recipe::{Digest, HealthCheck, Secret, User};
use domain::{Recipe, RecipeLimits, RecipeProblem, RecipeProblemKind as Kind};
use proptest::prelude::*;
use std::time::Duration;

const A: &str = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

/// A town hall's portal with its database, with every field written.
fn whole() -> String {
    format!(
        r#"version = "4.3.1"
entry = {{ service = "web", port = 8000, tls = true }}

[services.web]
image = "registry.example:5000/mairie/portail@{A}"
command = ["serve", "--port", "8000"]
environment = {{ DATABASE_URL = "postgres://db", SECRET_KEY = "s3cret" }}
user = "1000:1001"
read-only = false
root-size = "3 MiB"
tmpfs = {{ "/tmp" = "16 MiB", "/run" = "64KiB" }}
aliases = ["mairie", "portail.mairie"]
after = ["db"]
health = {{ http = "/ping?a=1", port = 8001, host = "www.mairie.example", status = 204, every = "500 ms", within = "2 min" }}
resources = {{ memory = "512 MiB", cpu = 1.5, processes = 200 }}

[services.db]
image = "{B}"
health = {{ tcp = 5432 }}

[[services.db.volumes]]
name = "data"
at = "/var/lib/postgresql"
seed = "{B}"
size = "2 GiB"
"#
    )
}

fn parse(text: &str) -> Result<Recipe, Vec<RecipeProblem>> {
    Recipe::parse(text, &RecipeLimits::default())
}

/// A digest for tests: bytes folded, each in its place.
fn hash(bytes: &[u8]) -> [u8; 32] {
    let mut out = [7u8; 32];
    for (index, byte) in bytes.iter().enumerate() {
        let at = index % 32;
        out[at] = out[at].wrapping_mul(31).wrapping_add(*byte).rotate_left(3);
    }
    out
}

#[test]
fn every_field_is_read() {
    let recipe = parse(&whole()).unwrap();
    assert_eq!(recipe.version, "4.3.1");
    assert_eq!((recipe.entry.service.as_str(), recipe.entry.port), ("web", 8000));
    assert!(recipe.entry.tls);
    let names: Vec<&str> = recipe.services.iter().map(|service| service.name.as_str()).collect();
    assert_eq!(names, ["db", "web"], "a service starts behind those that it waits for");
    let web = recipe.service("web").unwrap();
    assert_eq!(
        web.image.to_string(),
        format!("registry.example:5000/mairie/portail@{A}")
    );
    assert_eq!(web.command.as_ref().unwrap().len(), 3);
    assert_eq!(web.environment["SECRET_KEY"], Secret::new("s3cret".to_owned()));
    assert_eq!(
        (web.user, web.read_only),
        (
            User {
                user: 1000,
                group: 1001
            },
            false
        )
    );
    assert_eq!((web.tmpfs["/tmp"], web.tmpfs["/run"]), (16 << 20, 64 << 10));
    assert_eq!(web.aliases, ["mairie", "portail.mairie"]);
    let check = HealthCheck::Http {
        port: 8001,
        path: "/ping?a=1".to_owned(),
        status: 204,
        host: Some("www.mairie.example".to_owned()),
    };
    assert_eq!(web.health.check, check);
    assert_eq!(web.health.every, Duration::from_millis(500));
    assert_eq!(web.health.within, Duration::from_secs(120));
    assert_eq!(
        (web.resources.memory, web.resources.cpu, web.resources.processes),
        (512 << 20, 1500, 200)
    );
    let db = recipe.service("db").unwrap();
    assert_eq!(db.health.check, HealthCheck::Tcp { port: 5432 });
    assert_eq!((db.user.to_string().as_str(), db.read_only), ("65534:65534", true));
    assert_eq!(db.volumes[0].seed, Digest::parse(B));
    assert_eq!(db.volumes[0].size, 2 << 30);
}

#[test]
fn what_is_left_out_is_safe() {
    let text =
        format!("version = \"1\"\nentry = {{ service = \"web\", port = 80 }}\n[services.web]\nimage = \"{A}\"\n");
    let recipe = parse(&text).unwrap();
    let web = &recipe.services[0];
    assert!(web.read_only && web.environment.is_empty() && web.tmpfs.is_empty() && web.volumes.is_empty());
    assert_eq!(web.user.to_string(), "65534:65534");
    assert_eq!(web.health.check, HealthCheck::Tcp { port: 80 });
    assert_eq!(
        (web.resources.memory, web.resources.cpu, web.resources.processes),
        (256 << 20, 500, 128)
    );
}

#[test]
fn each_problem_names_its_line_and_field() {
    // What is replaced in the good recipe, by what, and the line, the field and the kind of the problem.
    let rows: &[(&str, &str, usize, &str, Kind)] = &[
        ("version = \"4.3.1\"", "version = ", 1, "", Kind::Syntax),
        ("version = \"4.3.1\"", "", 1, "version", Kind::Missing),
        ("\"4.3.1\"", "4.3", 1, "version", Kind::WrongType),
        ("\"4.3.1\"", "\"\"", 1, "version", Kind::Malformed),
        (
            "service = \"web\"",
            "service = \"www\"",
            1,
            "entry.service",
            Kind::NoSuchService,
        ),
        ("port = 8000", "port = 0", 2, "entry.port", Kind::TooSmall),
        ("port = 8000", "port = 65536", 2, "entry.port", Kind::TooLarge),
        ("tls = true", "tls = 1", 2, "entry.tls", Kind::WrongType),
        ("[services.web]", "[services.Web]", 4, "services.Web", Kind::Malformed),
        (
            "portail@sha256:",
            "portail:4.3@sha256:",
            5,
            "services.web.image",
            Kind::Tag,
        ),
        (
            &format!("portail@{A}"),
            "portail:latest",
            5,
            "services.web.image",
            Kind::Tag,
        ),
        (
            &format!("portail@{A}"),
            "portail@sha256:abc",
            5,
            "services.web.image",
            Kind::Malformed,
        ),
        (A, "sha256:AA", 5, "services.web.image", Kind::Malformed),
        ("\"--port\"", "2", 6, "services.web.command[2]", Kind::WrongType),
        (
            "SECRET_KEY =",
            "\"SECRET-KEY\" =",
            7,
            "services.web.environment.SECRET-KEY",
            Kind::Malformed,
        ),
        (
            "\"s3cret\"",
            "3",
            7,
            "services.web.environment.SECRET_KEY",
            Kind::WrongType,
        ),
        ("1000:1001", "0", 8, "services.web.user", Kind::Root),
        ("1000:1001", "1000:0", 8, "services.web.user", Kind::Root),
        ("1000:1001", "www-data", 8, "services.web.user", Kind::Malformed),
        ("read-only", "readonly", 9, "services.web.readonly", Kind::Unknown),
        (
            "\"/tmp\"",
            "\"/tmp/../etc\"",
            11,
            "services.web.tmpfs./tmp/../etc",
            Kind::Malformed,
        ),
        (
            "\"/tmp\"",
            "\"/proc/x\"",
            11,
            "services.web.tmpfs./proc/x",
            Kind::Reserved,
        ),
        ("\"/tmp\"", "\"/run/a\"", 4, "services.web./run/a", Kind::Duplicate),
        ("16 MiB", "16 MB", 11, "services.web.tmpfs./tmp", Kind::Malformed),
        ("16 MiB", "16 GiB", 11, "services.web.tmpfs./tmp", Kind::TooLarge),
        (
            "16 MiB",
            "99999999999999999999 GiB",
            11,
            "services.web.tmpfs./tmp",
            Kind::Malformed,
        ),
        ("16 MiB", "1 GiB", 11, "services.web.tmpfs", Kind::TooLarge),
        ("\"mairie\"", "\"db\"", 4, "services.web.aliases.db", Kind::Duplicate),
        (
            "\"mairie\"",
            "\"localhost\"",
            12,
            "services.web.aliases[1]",
            Kind::Malformed,
        ),
        (
            "after = [\"db\"]",
            "after = [\"sql\"]",
            4,
            "services.web.after.sql",
            Kind::NoSuchService,
        ),
        (
            "after = [\"db\"]",
            "after = [\"web\"]",
            4,
            "services.web.after",
            Kind::Cycle,
        ),
        (
            "http = \"/ping?a=1\"",
            "http = \"ping\"",
            14,
            "services.web.health.http",
            Kind::Malformed,
        ),
        (
            "/ping?a=1",
            "/p\\r\\nX: y",
            14,
            "services.web.health.http",
            Kind::Malformed,
        ),
        (
            "http =",
            "tcp = 80, http =",
            14,
            "services.web.health.http",
            Kind::Duplicate,
        ),
        (
            "status = 204",
            "status = 600",
            14,
            "services.web.health.status",
            Kind::TooLarge,
        ),
        ("500 ms", "1 ms", 14, "services.web.health.every", Kind::TooSmall),
        ("2 min", "2 h", 14, "services.web.health.within", Kind::Malformed),
        ("2 min", "20 min", 14, "services.web.health.within", Kind::TooLarge),
        ("512 MiB", "5 GiB", 15, "services.web.resources.memory", Kind::TooLarge),
        ("512 MiB", "1 MiB", 15, "services.web.resources.memory", Kind::TooSmall),
        (
            "cpu = 1.5",
            "cpu = 2.1",
            15,
            "services.web.resources.cpu",
            Kind::TooLarge,
        ),
        (
            "cpu = 1.5",
            "cpu = nan",
            15,
            "services.web.resources.cpu",
            Kind::TooSmall,
        ),
        (
            "cpu = 1.5",
            "cpu = \"1\"",
            15,
            "services.web.resources.cpu",
            Kind::WrongType,
        ),
        (
            "processes = 200",
            "processes = -1",
            15,
            "services.web.resources.processes",
            Kind::TooSmall,
        ),
        (
            "tcp = 5432",
            "http = \"/\"",
            19,
            "services.db.health.port",
            Kind::Missing,
        ),
        (
            "name = \"data\"\n",
            "",
            21,
            "services.db.volumes[1].name",
            Kind::Missing,
        ),
        (
            "\"/var/lib/postgresql\"",
            "\"/\"",
            23,
            "services.db.volumes[1].at",
            Kind::Malformed,
        ),
        (
            "\"/var/lib/postgresql\"",
            "\"/a:b\"",
            23,
            "services.db.volumes[1].at",
            Kind::Malformed,
        ),
        (
            "size = \"2 GiB\"",
            "size = \"11 GiB\"",
            25,
            "services.db.volumes[1].size",
            Kind::TooLarge,
        ),
        (
            "size = \"2 GiB\"",
            "label = \"x\"",
            25,
            "services.db.volumes[1].label",
            Kind::Unknown,
        ),
    ];
    for (from, to, line, field, kind) in rows {
        let good = whole();
        assert!(good.contains(from), "{from}");
        let problems = parse(&good.replacen(from, to, 1)).unwrap_err();
        let found: Vec<_> = problems
            .iter()
            .map(|one| (one.line, one.field.as_str(), one.kind))
            .collect();
        assert_eq!(found, [(*line, *field, *kind)], "{from} → {to}");
    }
}

#[test]
fn a_seed_is_one_that_is_there_and_fits_into_its_volume() {
    let parse = |seeds: &[(&str, u64)]| {
        let seeds = seeds
            .iter()
            .map(|(digest, bytes)| (Digest::parse(digest).unwrap(), *bytes));
        let limits = RecipeLimits {
            seeds: Some(seeds.collect()),
            ..RecipeLimits::default()
        };
        Recipe::parse(&whole(), &limits)
    };
    let good = parse(&[(B, 2 << 30)]).unwrap();
    assert_eq!(good.seeds().map(Digest::as_str).collect::<Vec<_>>(), [B]);
    let problem = |seeds| {
        let mut problems = parse(seeds).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        let one = problems.remove(0);
        (one.line, one.field, one.kind, one.expected)
    };
    let seed = "services.db.volumes[1].seed".to_owned();
    assert_eq!(problem(&[]), (24, seed.clone(), Kind::NoSuchSeed, "–".to_owned()));
    assert_eq!(problem(&[(A, 1)]), (24, seed, Kind::NoSuchSeed, format!("\"{A}\"")));
    let (line, field, kind, expected) = problem(&[(B, (2 << 30) + 1)]);
    assert_eq!(
        (field.as_str(), kind, expected.as_str()),
        ("services.db.volumes[1].size", Kind::TooSmall, "\"2049 MiB\" …")
    );
    assert!((21..=25).contains(&line), "{line}");
}

#[test]
fn problems_are_told_at_once_and_in_order() {
    let bad = whole()
        .replace("16 MiB", "16 MB")
        .replace("tls = true", "tls = 1")
        .replace("1000:1001", "root");
    let lines: Vec<usize> = parse(&bad).unwrap_err().iter().map(|one| one.line).collect();
    assert_eq!(lines, [2, 8, 11]);
}

#[test]
fn a_service_that_cannot_be_read_is_not_called_missing() {
    let bad = whole().replacen(A, "latest", 1);
    let kinds: Vec<Kind> = parse(&bad).unwrap_err().iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [Kind::Malformed]);
}

#[test]
fn secrets_stand_nowhere() {
    let recipe = parse(&whole()).unwrap();
    assert!(!format!("{recipe:?}").contains("s3cret"));
    let canonical = String::from_utf8(recipe.canonical(&hash)).unwrap();
    assert!(canonical.contains("variable 10:SECRET_KEY\n"), "{canonical}");
    assert!(!canonical.contains("s3cret"));
}

#[test]
fn the_fingerprint_follows_what_is_tested_and_nothing_else() {
    let known = parse(&whole()).unwrap().fingerprint(&hash);
    // Comments, order and health checks change nothing in what is tested.
    let same = [
        whole().replace("version", "# commented\nversion"),
        whole().replace(
            "aliases = [\"mairie\", \"portail.mairie\"]",
            "aliases = [\"portail.mairie\", \"mairie\"]",
        ),
        whole().replace("2 min", "1 min"),
        whole().replace("after = [\"db\"]\n", ""),
        whole().replace("64KiB", "64 KiB"),
    ];
    for text in same {
        assert_eq!(parse(&text).unwrap().fingerprint(&hash), known, "{text}");
    }
    let other = [
        ("4.3.1", "4.3.2"),
        ("service = \"web\", port = 8000", "service = \"db\", port = 8000"),
        ("tls = true", "tls = false"),
        ("mairie/portail@", "mairie/portal@"),
        ("\"8000\"", "\"8001\""),
        ("s3cret", "s3cres"),
        ("SECRET_KEY", "SECRET_KEX"),
        ("1000:1001", "1000:1002"),
        ("read-only = false", "read-only = true"),
        ("3 MiB", "4 MiB"),
        ("16 MiB", "17 MiB"),
        ("/var/lib/postgresql", "/var/lib/postgres"),
        ("\"portail.mairie\"", "\"portal.mairie\""),
        ("512 MiB", "513 MiB"),
    ];
    for (from, to) in other {
        let changed = parse(&whole().replacen(from, to, 1)).unwrap();
        assert_ne!(changed.fingerprint(&hash), known, "{from} → {to}");
    }
}

#[test]
fn the_canonical_bytes_never_change() {
    let text =
        format!("version = \"1\"\nentry = {{ service = \"web\", port = 80 }}\n[services.web]\nimage = \"{A}\"\n");
    let canonical = String::from_utf8(parse(&text).unwrap().canonical(&hash)).unwrap();
    let expected = format!(
        "beffroi recipe 1\nversion 1:1\nentry 3:web\nport 2:80\ntls 2:no\nservice 3:web\nimage 71:{A}\n\
         user 11:65534:65534\nread-only 3:yes\nmemory 9:268435456\ncpu 3:500\nprocesses 3:128\n"
    );
    assert_eq!(canonical, expected);
}

proptest! {
    /// Whatever is typed is read or refused with lines that exist; nothing stops the program.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}", at in 0usize..900, cut in 0usize..40) {
        let mut mixed = whole();
        let at = (0..=at.min(mixed.len())).rev().find(|at| mixed.is_char_boundary(*at)).unwrap();
        let end = (at..=(at + cut).min(mixed.len())).rev().find(|end| mixed.is_char_boundary(*end)).unwrap();
        mixed.replace_range(at..end, &text);
        if let Err(problems) = parse(&mixed) {
            prop_assert!(!problems.is_empty());
            let lines = mixed.lines().count() + 1;
            for problem in problems {
                prop_assert!((1..=lines).contains(&problem.line), "{problem}");
            }
        }
    }

    /// Two lists of arguments never give the same bytes, however they imitate each other's fields.
    #[test]
    fn different_arguments_have_different_bytes(
        a in prop::collection::vec("[a :0-9\\n]{0,6}", 0..4),
        b in prop::collection::vec("[a :0-9\\n]{0,6}", 0..4),
    ) {
        let base = parse(&whole()).unwrap();
        let with = |arguments: &Vec<String>| {
            let mut recipe = base.clone();
            recipe.services[1].command = Some(arguments.clone());
            recipe.canonical(&hash)
        };
        prop_assert_eq!(with(&a) == with(&b), a == b);
    }
}
