//! Files sent out: always as something to save, never as active content.

use super::{Answer, Page, Visitor};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;
use use_cases::csv_file::write_sheet;
use use_cases::files::{FileLeave, outgoing};
use use_cases::{UseCase, read_last};

/// Asks, for whoever has signed in, for the leave to save a sealed file, and sends it under its name.
pub async fn send_asked<U: UseCase<Output = (FileLeave, String)>>(visitor: &Visitor, asked: U) -> Answer {
    visitor.signed_in()?;
    let (leave, name) = read_last(&visitor.context, asked)
        .await
        .map_err(|e| visitor.problem(e))?;
    let file = outgoing(&visitor.web.app, &leave, name, visitor.notice(leave.notice()))
        .await
        .map_err(|e| visitor.problem(e))?;
    Ok(send_file(&file.name, &file.media_type, file.bytes))
}

/// Sends a list as CSV; where it was cut, its last line says at how many.
pub fn send_sheet(
    visitor: &Visitor,
    name: &str,
    head: &[String],
    mut rows: Vec<Vec<String>>,
    cut_at: Option<i64>,
) -> Answer {
    if let Some(most) = cut_at {
        let page: Page = visitor.page(String::new());
        let mut last = vec![String::new(); head.len()];
        if let Some(first) = last.first_mut() {
            *first = page.tn("layout-file-cut", most);
        }
        rows.push(last);
    }
    let bytes = write_sheet(head, &rows).map_err(|e| visitor.problem(e))?;
    Ok(send_file(name, "text/csv; charset=utf-8", bytes))
}

/// Sends a file to be saved under its name; no browser shows or runs it within the site.
pub fn send_file(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    if let Ok(value) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Writes the header that names the file (RFC 6266): in ASCII, and whole in UTF-8 (RFC 8187).
fn disposition(name: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let ascii: String = name.chars().map(|c| if safe(c) { c } else { '_' }).collect();
    let ascii = if ascii.is_empty() { "fichier" } else { &ascii };
    let mut whole = String::new();
    for byte in name.bytes() {
        if safe(char::from(byte)) {
            whole.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(whole, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}
