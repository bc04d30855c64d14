//! Images made of one static program, for what Beffroi itself brings as a target.

use crate::archive::{Archive, Owner};
use domain::recipe::{Digest, ImageRef};
use serde_json::json;

/// An image as engines load it.
#[derive(Clone, Debug)]
pub struct ImageArchive {
    /// The identifier that the engine will know it by; the same program always has the same.
    pub image: ImageRef,
    /// The archive, as `docker save` writes it.
    pub tar: Vec<u8>,
}

/// Makes an image that holds one static program and nothing else.
///
/// The layout is the one that `docker save` writes (Docker image specification 1.2).
pub fn single_program(program: &[u8], arguments: &[&str]) -> ImageArchive {
    let owner = |mode| Owner {
        user: 0,
        group: 0,
        mode,
    };
    let mut layer = Archive::default();
    layer.file("program", program, owner(0o755));
    let layer = layer.finish();
    let layer_digest = Digest::of_hash(sealing::content_digest(&layer));
    let config = json!({
        "architecture": architecture(),
        "os": "linux",
        "created": "1970-01-01T00:00:00Z",
        "config": { "Entrypoint": ["/program"], "Cmd": arguments, "WorkingDir": "/", "User": "65534:65534" },
        "rootfs": { "type": "layers", "diff_ids": [layer_digest.as_str()] },
        "history": [{ "created": "1970-01-01T00:00:00Z" }],
    })
    .to_string();
    let id = Digest::of_hash(sealing::content_digest(config.as_bytes()));
    let digits = id.as_str().trim_start_matches("sha256:");
    let manifest = json!([{ "Config": format!("{digits}.json"), "RepoTags": [], "Layers": ["layer.tar"] }]);
    let mut image = Archive::default();
    image.file(&format!("{digits}.json"), config.as_bytes(), owner(0o644));
    image.file("layer.tar", &layer, owner(0o644));
    image.file("manifest.json", manifest.to_string().as_bytes(), owner(0o644));
    ImageArchive {
        image: ImageRef { name: None, digest: id },
        tar: image.finish(),
    }
}

/// The machine's architecture as images name it.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}
