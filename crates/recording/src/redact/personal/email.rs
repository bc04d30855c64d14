//! E-mail addresses as people have them: no quotes, no comments, a domain of letters at its end.

use super::cursor::Cursor;

/// What files are called that bear an `@` in their names, as pictures for fine screens and packages do.
const FILES: [&str; 18] = [
    "avif", "bmp", "css", "gif", "htm", "html", "ico", "jpeg", "jpg", "js", "json", "mjs", "php", "png", "svg", "ttf",
    "webp", "woff",
];

/// Where an address ends that begins here; else up to where there is none.
pub(super) fn end(start: Cursor<'_>) -> Result<Cursor<'_>, usize> {
    let mut cursor = start;
    if cursor.take(char::is_alphanumeric).is_none() {
        return Err(start.at());
    }
    while cursor.take(is_local).is_some() {}
    let local_end = cursor.at();
    if cursor.take(|meant| meant == '@').is_none() {
        return Err(local_end);
    }
    domain(cursor).ok_or(local_end)
}

/// What is used of what may stand before the `@` (RFC 5322 §3.2.3).
fn is_local(meant: char) -> bool {
    meant.is_alphanumeric() || matches!(meant, '.' | '_' | '+' | '-' | '\'')
}

/// Labels between dots, at least two, the last of letters (RFC 5321 §2.3.5).
fn domain(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut cursor = start;
    let mut end = None;
    let mut labels = 0;
    loop {
        let mut label = String::new();
        while let Some(meant) = cursor.take(|meant| meant.is_alphanumeric() || meant == '-') {
            // Longer labels are none (RFC 1035 §2.3.4).
            if label.len() > 63 {
                return None;
            }
            label.extend(meant.to_lowercase());
        }
        if label.is_empty() {
            break;
        }
        labels += 1;
        let named = label.chars().count() >= 2 && label.chars().all(char::is_alphabetic) || label.starts_with("xn--");
        if FILES.contains(&label.as_str()) {
            end = None;
        } else if labels > 1 && named {
            end = Some(cursor);
        }
        if cursor.take(|meant| meant == '.').is_none() {
            break;
        }
    }
    end
}
