//! Every text that the sources use exists in both languages, and every text that exists is used.

use domain::instance::InstanceProblem;
use domain::snapshot::SnapshotProblem;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where a key stands right after one of these, it is used as a text.
const USES: &[&str] = &[
    ".t(\"",
    ".t1(\"",
    ".t2(\"",
    ".tn(\"",
    ".ta(\"",
    "t(lang, \"",
    "ta(lang, \"",
    "Conflict(\"",
    "redirect_with(&visitor.web, &href, \"",
];

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" && name != "texts" {
                folders.push(path);
            } else if name.ends_with(".rs") || name.ends_with(".html") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// Gives the text literals of a source, without those that hold spaces.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"')
        .filter(|part| !part.is_empty() && part.len() < 120 && !part.contains(char::is_whitespace))
}

/// Gives the beginnings of keys that are put together with a stable name: `role-{}` gives `role-`.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    literals(text).filter_map(|literal| {
        let (start, _) = literal.split_once('{')?;
        (start.ends_with('-') && start.len() > 3).then_some(start)
    })
}

/// Says whether the sources hold the beginning of a key, up to one of its hyphens: a stable name follows.
fn begun(key: &str, used: &BTreeSet<&str>) -> bool {
    // A journal's kind such as `call.decided` names `call-event-decided`; a job's such as
    // `mail.campaign-opened` names `mail-campaign-opened-subject`.
    let kind = key.replacen("-event-", ".", 1);
    let mail = key.replacen("mail-", "mail.", 1);
    let mail = mail.trim_end_matches("-subject").trim_end_matches("-text");
    if [kind.clone(), kind.replace('-', "_"), mail.to_owned()]
        .iter()
        .any(|name| used.contains(name.as_str()))
    {
        return true;
    }
    key.match_indices('-')
        .skip(1)
        .any(|(end, _)| used.contains(&key[..end]) || used.contains(&key[..=end]))
}

#[test]
fn every_text_is_used_and_every_used_text_is_there() {
    let sources = sources();
    let used: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| literals(text)).collect();
    let starts: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| beginnings(text)).collect();
    let mut problems = Vec::new();
    for (file, french, _) in i18n::FILES {
        for key in i18n::keys(french) {
            let mail = ["-subject", "-text"]
                .iter()
                .any(|end| key.strip_suffix(end).is_some_and(|key| used.contains(key)));
            let put_together = starts.iter().any(|start| key.starts_with(start)) || begun(&key, &used);
            if !used.contains(key.as_str()) && !mail && !put_together {
                problems.push(format!("{file}.ftl: nothing uses {key}"));
            }
        }
    }
    for (path, text) in &sources {
        for start in USES {
            for rest in text.split(start).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                if !key.contains('{') && !i18n::exists(i18n::Lang::Fr, key) {
                    problems.push(format!("{}: no text {key}", path.display()));
                }
            }
        }
        for literal in literals(text) {
            let class = literal == "error-summary";
            let message = !class && (literal.starts_with("error-") || literal.starts_with("flash-"));
            if message && !literal.contains('{') && !literal.ends_with('-') && !i18n::exists(i18n::Lang::Fr, literal) {
                problems.push(format!("{}: no text {literal}", path.display()));
            }
        }
    }
    problems.sort();
    problems.dedup();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn forms_with_files_or_passwords_say_after_an_error_what_is_chosen_again() {
    let mut problems = Vec::new();
    let all = sources();
    for (path, text) in &all {
        // What a page includes is a part of it, and not looked at by itself, as are the components.
        let page = path.extension().is_some_and(|end| end == "html") && text.trim_start().starts_with("{% extends");
        if !page {
            continue;
        }
        let included = all.iter().filter(|(other, _)| {
            let name = other.iter().rev().take(2).collect::<Vec<_>>();
            let name: Vec<_> = name.into_iter().rev().map(|part| part.to_string_lossy()).collect();
            text.contains(&format!("{{% include \"{}\" %}}", name.join("/")))
        });
        let text: String = std::iter::once(text.as_str())
            .chain(included.map(|(_, text)| text.as_str()))
            .collect();
        let holds = |some: &[&str]| some.iter().any(|one| text.contains(one));
        let again = match (holds(&["c::file(", "type=\"file\""]), holds(&["kind=\"password\""])) {
            (true, _) => "again=\"files\"",
            (_, true) => "again=\"passwords\"",
            _ => continue,
        };
        if !text.contains(again) {
            problems.push(format!("{}: error_summary without {again}", path.display()));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn tables_with_hours_say_whose_they_are_and_no_caption_repeats_its_heading() {
    let mut problems = Vec::new();
    for (path, text) in sources() {
        if path.extension().is_none_or(|end| end != "html") || path.ends_with("components.html") {
            continue;
        }
        for part in text.split("{% call c::table(").skip(1) {
            let (head, rest) = part.split_once(") %}").unwrap();
            let rows = rest.split("</tbody>").next().unwrap();
            if rows.contains("page.at(") && !head.contains("times=true") {
                problems.push(format!("{}: {head}: times of which place?", path.display()));
            }
            let key = head.strip_prefix("page.t(\"").and_then(|key| key.split('"').next());
            let repeats = |key: &str| {
                let heading = |h: &&str| text.contains(&format!("<{h}>{{{{ page.t(\"{key}\") }}}}</{h}>"));
                ["h2", "h3"].iter().any(heading)
            };
            if key.is_some_and(repeats) && !head.contains("repeated=true") {
                problems.push(format!("{}: {head} repeats its heading", path.display()));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Gives the keys of a file's texts that begin so, each without its beginning.
fn rests(text: &str, beginning: &str) -> BTreeSet<String> {
    let keys = i18n::keys(text).into_iter();
    keys.filter_map(|key| Some(key.strip_prefix(beginning)?.to_owned()))
        .collect()
}

#[test]
fn whatever_keeps_an_instance_from_running_or_its_state_from_being_kept_is_said_in_both_languages() {
    let problems = InstanceProblem::ALL.iter();
    let expected: BTreeSet<String> = problems.map(|one| one.code().replace('_', "-")).collect();
    let (_, french, english) = i18n::FILES.iter().find(|(name, ..)| *name == "target").unwrap();
    let unkept: BTreeSet<String> = SnapshotProblem::ALL
        .iter()
        .map(|one| one.code().replace('_', "-"))
        .collect();
    for text in [french, english] {
        assert_eq!(rests(text, "target-problem-"), expected);
        assert_eq!(rests(text, "target-unkept-"), unkept);
    }
}
