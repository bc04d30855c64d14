//! An answer, read to its end.

use super::Form;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};
use std::net::TcpStream;

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: Vec<u8>,
    path: String,
    headers: Vec<(String, String)>,
}

impl Reply {
    /// Reads an answer; one that was cut is an error.
    pub(super) fn read(stream: &mut TcpStream, path: &str) -> Result<Self> {
        let mut reader = BufReader::new(stream);
        let first = line(&mut reader)?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| cut(&format!("« {first} » is no status")))?;
        let mut headers = Vec::new();
        loop {
            let header = line(&mut reader)?;
            let Some((name, value)) = header.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut reply = Self {
            status,
            body: Vec::new(),
            path: path.to_owned(),
            headers,
        };
        reply.body = reply.read_body(&mut reader)?;
        Ok(reply)
    }

    fn read_body(&self, reader: &mut BufReader<&mut TcpStream>) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        if let Some(length) = self.header("content-length").and_then(|text| text.parse().ok()) {
            body.resize(length, 0);
            reader.read_exact(&mut body)?;
        } else if self.header("transfer-encoding") == Some("chunked") {
            loop {
                let size = line(reader)?;
                let size = usize::from_str_radix(size.trim(), 16).map_err(|_| cut("a chunk without its size"))?;
                let mut chunk = vec![0; size + 2];
                reader.read_exact(&mut chunk)?;
                if size == 0 {
                    break;
                }
                body.extend(&chunk[..size]);
            }
        }
        Ok(body)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn cookies(&self) -> Vec<(String, String)> {
        let set = self.headers.iter().filter(|(name, _)| name == "set-cookie");
        set.filter_map(|(_, value)| value.split(';').next()?.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// Gives where the answer leads to; empty where it leads nowhere.
    #[must_use]
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// Gives the body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Gives the form of the page that is sent to an address.
    #[must_use]
    pub fn form(&self, action: &str) -> Option<Form> {
        Form::all(&self.text(), &self.path)
            .into_iter()
            .find(|form| form.action() == action)
    }

    /// Gives the text of the elements that a piece of markup opens, without the markup inside.
    #[must_use]
    pub fn inside(&self, opening: &str, closing: &str) -> Vec<String> {
        let text = self.text();
        let pieces = text.split(opening).skip(1);
        pieces
            .map(|piece| plain(piece.split(closing).next().unwrap_or_default()))
            .collect()
    }

    /// Says that a page is not what was expected, with what it is.
    #[must_use]
    pub fn surprise(&self, expected: &str) -> Error {
        let errors = self.inside("class=\"error", "</").join(" ");
        let title = self.inside("<h1>", "</h1>").join(" ");
        cut(&format!(
            "{}: {expected} was expected; got {} « {title} » {errors}",
            self.path, self.status
        ))
    }
}

fn cut(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

fn line(reader: &mut impl BufRead) -> Result<String> {
    let mut text = String::new();
    if reader.read_line(&mut text)? == 0 {
        return Err(Error::from(ErrorKind::UnexpectedEof));
    }
    Ok(text.trim_end().to_owned())
}

/// Takes the tags out of markup and writes its characters plainly.
pub(super) fn plain(markup: &str) -> String {
    let mut text = String::new();
    for (index, piece) in markup.split('<').enumerate() {
        text += match (index, piece.split_once('>')) {
            (0, _) => piece,
            (_, Some((_, after))) => after,
            (_, None) => "",
        };
    }
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    text.trim().to_owned()
}
