//! What every page shares: files that are saved and never shown, text that people write.

use web::shell::{markdown_to_html, send_file};

fn header(response: &axum::response::Response, name: &str) -> String {
    response.headers()[name].to_str().unwrap().to_owned()
}

#[test]
fn a_name_cannot_break_out_of_its_header() {
    let response = send_file("dé\"; x=y\r\n.pdf", "application/pdf", Vec::new());
    assert_eq!(
        header(&response, "content-disposition"),
        "attachment; filename=\"d____x_y__.pdf\"; filename*=UTF-8''d%C3%A9%22%3B%20x%3Dy%0D%0A.pdf"
    );
}

#[test]
fn a_file_is_saved_and_never_shown() {
    let response = send_file("a.svg", "image/svg+xml", vec![1]);
    assert!(header(&response, "content-disposition").starts_with("attachment;"));
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    assert_eq!(
        header(&response, "content-security-policy"),
        "default-src 'none'; sandbox"
    );
}

#[test]
fn active_content_does_not_pass() {
    for text in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](http://tracker.example/x.png)",
        "[x](javascript:alert(1))",
        "<a href=\"data:text/html,x\">x</a>",
    ] {
        let html = markdown_to_html(text);
        for part in ["<script", "<img", "<a href=\"javascript", "<a href=\"data"] {
            assert!(!html.contains(part), "{text} gave {html}");
        }
    }
}

#[test]
fn ordinary_text_does() {
    assert_eq!(
        markdown_to_html("**a** `b`").trim(),
        "<p><strong>a</strong> <code>b</code></p>"
    );
}
