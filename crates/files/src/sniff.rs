//! What a file really is, found from its bytes; names and claims of browsers do not count.

/// The types that are accepted; none of them runs anything when it is opened in a browser.
pub const ACCEPTED: &[&str] = &[
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "text/plain",
    "application/zip",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
];

/// Starts of texts that a browser or a shell may run.
const ACTIVE: &[&str] = &[
    "<!doctype",
    "<html",
    "<head",
    "<body",
    "<script",
    "<iframe",
    "<svg",
    "<?xml",
    "<?php",
    "#!",
    "%!ps",
];

/// Finds what a file really is; `None` where it is not an accepted type.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    if begins_like_code(bytes) {
        return None;
    }
    match infer::get(bytes) {
        Some(found) => ACCEPTED
            .iter()
            .find(|accepted| **accepted == found.mime_type())
            .copied(),
        None => is_text(bytes).then_some("text/plain"),
    }
}

/// Says whether a file begins like a text that something runs.
fn begins_like_code(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(head)
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_lowercase();
    let markup = text.starts_with('<') && ["<svg", "<html", "<script"].iter().any(|tag| text.contains(tag));
    markup || ACTIVE.iter().any(|start| text.starts_with(start))
}

fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty() && !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_types_are_found_from_their_bytes() {
        assert_eq!(sniff(b"%PDF-1.7\n..."), Some("application/pdf"));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(sniff(&[0xff, 0xd8, 0xff, 0xe0, 0, 16]), Some("image/jpeg"));
        assert_eq!(sniff(b"GIF89a......"), Some("image/gif"));
        assert_eq!(sniff(b"PK\x03\x04\x14\0\0\0"), Some("application/zip"));
        assert_eq!(sniff("Étapes\u{a0}: 1. Ouvrir la page".as_bytes()), Some("text/plain"));
    }

    #[test]
    fn what_could_run_is_refused_whatever_it_is_called() {
        let refused: [&[u8]; 9] = [
            b"<!DOCTYPE html><html>",
            b"  \n<HTML><body>",
            b"<svg xmlns='http://www.w3.org/2000/svg'>",
            b"<?xml version='1.0'?><svg/>",
            b"<!-- a remark --><svg onload='alert(1)'>",
            b"#!/bin/sh\nrm -rf /",
            b"MZ\x90\0\x03\0\0\0",
            b"\x7fELF\x02\x01\x01\0",
            b"",
        ];
        for bytes in refused {
            assert_eq!(sniff(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(sniff(&[0, 1, 2, 3]), None);
        assert_eq!(sniff(&[b'a', 0xff, 0xfe]), None);
        assert_eq!(sniff(b"text with a \0 inside"), None);
    }
}
