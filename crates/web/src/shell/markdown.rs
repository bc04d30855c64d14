//! Markdown as safe HTML: no image, no script, no style, links that give nothing away.

use super::{Answer, Submitted, Visitor};
use axum::response::{Html, IntoResponse};
use std::collections::HashSet;
use std::sync::LazyLock;

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    let tags: HashSet<&str> = [
        "p",
        "br",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
    ]
    .into();
    cleaner
        .tags(tags)
        .generic_attributes(HashSet::new())
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("noopener noreferrer nofollow"));
    cleaner
});

/// Turns Markdown into HTML that may stand in any page.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.escape = true;
    let html = comrak::markdown_to_html(markdown, &options);
    // A text stands under the page's own h1 and h2.
    let lowered = html
        .replace("<h1>", "<h3>")
        .replace("</h1>", "</h3>")
        .replace("<h2>", "<h3>")
        .replace("</h2>", "</h3>");
    CLEANER.clean(&lowered).to_string()
}

/// Shows what a Markdown text will look like.
pub async fn preview(visitor: Visitor, form: Submitted) -> Answer {
    visitor.signed_in()?;
    Ok(Html(to_html(&form.text("text"))).into_response())
}
