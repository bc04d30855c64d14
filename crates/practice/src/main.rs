//! A town hall's portal with holes made on purpose: what the tests and the demonstration host as a target.
//!
//! ```text
//! beffroi-practice [serve] [ADDRESS] [FOLDER]   the portal, by default on 0.0.0.0:8080, its data in /data
//! beffroi-practice probe [ADDRESS]              tries the connections it is asked for, and says who answered
//! beffroi-practice try tcp:127.0.0.1:80 …       the same once, on the console
//! beffroi-practice burn MEBIBYTES               takes memory and keeps it
//! ```
//!
//! It never belongs anywhere but within a target: what is wrong with it is listed in `portal`.
//! No crate is used, so that one static file is the whole image.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod http;
mod pages;
mod portal;
mod probe;
mod select;
mod state;

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let word = |index: usize, default: &str| arguments.get(index).map_or(default, String::as_str).to_owned();
    let done = match word(0, "serve").as_str() {
        "serve" => portal::serve(&word(1, "0.0.0.0:8080"), &word(2, "/data")),
        "probe" => probe::serve(&word(1, "0.0.0.0:8080")),
        "try" => {
            let tried = arguments.iter().skip(1);
            tried.for_each(|place| println!("{place} {}", probe::attempt(place).code()));
            Ok(())
        }
        "burn" => {
            probe::burn(word(1, "64").parse().unwrap_or(64));
            Ok(())
        }
        other => {
            // In one piece: a log that takes pieces for lines would tell half of it.
            let said = format!("unknown: {other}; expected: serve, probe, try, burn\n");
            let _ = std::io::stderr().write_all(said.as_bytes());
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
