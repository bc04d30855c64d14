//! Style sheets, scripts and images, inside the binary.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

const FILES: &[(&str, &str, &str)] = &[
    (
        "tokens.css",
        "text/css; charset=utf-8",
        include_str!("../../assets/tokens.css"),
    ),
    (
        "beffroi.css",
        "text/css; charset=utf-8",
        include_str!("../../assets/beffroi.css"),
    ),
    (
        "beffroi.js",
        "text/javascript; charset=utf-8",
        include_str!("../../assets/beffroi.js"),
    ),
    ("icon.svg", "image/svg+xml", include_str!("../../assets/icon.svg")),
];

static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    FILES.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
});

/// Gives the fingerprint that changes with any asset.
pub fn fingerprint() -> &'static str {
    &FINGERPRINT
}

/// Sends an asset; its address changes with its content, so it may be kept for a year.
pub async fn asset(Path(file): Path<String>) -> Response {
    match FILES.iter().find(|(name, _, _)| *name == file) {
        Some((_, kind, text)) => (
            [
                (header::CONTENT_TYPE, *kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            *text,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Sends the icon to browsers that ask for it by its old name.
pub async fn favicon() -> Response {
    asset(Path("icon.svg".to_owned())).await
}
