//! Makes the portal once more as one static file, which the library carries: a whole image in a few hundred kilobytes.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What Cargo tells build scripts.
#[expect(clippy::disallowed_methods, reason = "it tells them by the environment alone")]
fn told(name: &str) -> Option<String> {
    println!("cargo::rerun-if-env-changed={name}");
    std::env::var(name).ok()
}

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=build.rs");
    let (Some(folder), Some(out)) = (told("CARGO_MANIFEST_DIR"), told("OUT_DIR")) else {
        eprintln!("this is a build script: Cargo runs it");
        return ExitCode::FAILURE;
    };
    let program = PathBuf::from(out).join("program");
    if !made(Path::new(&folder), &program) {
        // A system without the static C library still builds everything else; the demonstration says what is missing.
        println!("cargo::warning=no static C library here: the demonstration will host no target");
        if let Err(error) = std::fs::write(&program, []) {
            eprintln!("{}: {error}", program.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Compiles the portal; no crate is used, so that the compiler alone is enough.
fn made(folder: &Path, program: &Path) -> bool {
    let compiler = told("RUSTC").unwrap_or_else(|| "rustc".to_owned());
    let mut command = Command::new(compiler);
    command
        .current_dir(folder)
        .args([
            "--crate-name",
            "beffroi_practice",
            "--edition",
            "2024",
            "--crate-type",
            "bin",
        ])
        .args([
            "-C",
            "opt-level=s",
            "-C",
            "strip=symbols",
            "-C",
            "target-feature=+crt-static",
        ])
        // The same source gives the same image wherever it lies.
        .arg(format!("--remap-path-prefix={}=practice", folder.display()))
        .args(["--cap-lints", "allow", "src/main.rs", "-o"])
        .arg(program);
    if let Some(target) = told("TARGET") {
        command.args(["--target", &target]);
    }
    if let Some(linker) = told("RUSTC_LINKER") {
        command.args(["-C", &format!("linker={linker}")]);
    }
    command.status().is_ok_and(|status| status.success())
}
