//! A form of a page: what it asks for, and what it sends.

use super::reply::plain;

const BOUNDARY: &str = "----beffroi-of-the-tests";

/// A form as it stands on a page, with what was typed into it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    action: String,
    multipart: bool,
    fields: Vec<(String, String)>,
    /// What has to be filled in, with the kind of its field, and is empty.
    blanks: Vec<(String, String)>,
    files: Vec<(String, String, Vec<u8>)>,
}

impl Form {
    /// Reads every form of a page.
    pub(super) fn all(page: &str, path: &str) -> Vec<Self> {
        let pieces = page.split("<form").skip(1);
        pieces
            .map(|piece| Self::read(piece.split("</form>").next().unwrap_or_default(), path))
            .collect()
    }

    fn read(markup: &str, path: &str) -> Self {
        let head = markup.split('>').next().unwrap_or_default();
        let mut form = Self {
            action: attribute(head, "action").unwrap_or_else(|| path.to_owned()),
            multipart: head.contains("multipart/form-data"),
            ..Self::default()
        };
        for tag in markup.split("<input").skip(1) {
            form.input(tag.split('>').next().unwrap_or_default());
        }
        for piece in markup.split("<textarea").skip(1) {
            let (tag, rest) = piece.split_once('>').unwrap_or_default();
            form.take(tag, "area", plain(rest.split("</textarea>").next().unwrap_or_default()));
        }
        for piece in markup.split("<select").skip(1) {
            let (tag, rest) = piece.split_once('>').unwrap_or_default();
            form.select(tag, rest.split("</select>").next().unwrap_or_default());
        }
        form
    }

    fn input(&mut self, tag: &str) {
        let kind = attribute(tag, "type").unwrap_or_default();
        let name = attribute(tag, "name").unwrap_or_default();
        let value = attribute(tag, "value").unwrap_or_default();
        match kind.as_str() {
            "file" | "submit" => {}
            "checkbox" if !tag.contains(" checked") => {}
            // The first of a group is chosen unless another one is.
            "radio" if tag.contains(" checked") => self.put(&name, &value),
            "radio" if self.fields.iter().any(|(known, _)| *known == name) => {}
            _ => self.take(tag, &kind, value),
        }
    }

    fn select(&mut self, tag: &str, options: &str) {
        let options: Vec<&str> = options.split("<option").skip(1).collect();
        let chosen = options.iter().find(|option| option.contains(" selected"));
        let chosen = chosen.or_else(|| {
            options
                .iter()
                .find(|option| tag.contains(" required") && !option.contains("value=\"\""))
        });
        let value = chosen.or(options.first()).and_then(|option| attribute(option, "value"));
        self.take(tag, "select", value.unwrap_or_default());
    }

    fn take(&mut self, tag: &str, kind: &str, value: String) {
        let Some(name) = attribute(tag, "name") else {
            return;
        };
        if value.is_empty() && tag.contains(" required") {
            self.blanks.push((name.clone(), kind.to_owned()));
        }
        self.fields.push((name, value));
    }

    fn put(&mut self, name: &str, value: &str) {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// Gives the address that the form is sent to.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Types a value, or presses the button of that name and value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.put(name, value);
        self
    }

    /// Chooses a file.
    #[must_use]
    pub fn with_file(mut self, name: &str, file: &str, bytes: Vec<u8>) -> Self {
        self.files.push((name.to_owned(), file.to_owned(), bytes));
        self
    }

    /// Fills in whatever has to be and is not, each by its kind; words are `words`.
    #[must_use]
    pub fn filled(mut self, words: &str) -> Self {
        for (name, kind) in std::mem::take(&mut self.blanks) {
            let value = match kind.as_str() {
                "email" => "mairie@commune.example",
                "tel" => "01 00 00 00 00",
                "date" => "2026-05-04",
                "number" => "1",
                _ => words,
            };
            if self
                .fields
                .iter()
                .any(|(known, value)| *known == name && value.is_empty())
            {
                self.put(&name, value);
            }
        }
        self
    }

    /// Gives the type and bytes of what is sent.
    pub(super) fn body(&self) -> (String, Vec<u8>) {
        if !self.multipart {
            let mut encoded = url::form_urlencoded::Serializer::new(String::new());
            encoded.extend_pairs(&self.fields);
            return (
                "application/x-www-form-urlencoded".to_owned(),
                encoded.finish().into_bytes(),
            );
        }
        let mut body = Vec::new();
        for (name, value) in &self.fields {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, file, bytes) in &self.files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        (format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| plain(value))
}
