//! Requests and answers as they are replayed and compared.

/// Header fields in their order.
pub type Fields = Vec<(String, Vec<u8>)>;

/// A request as the target saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The fields.
    pub fields: Fields,
    /// The body, without the framing it passed in.
    pub body: Vec<u8>,
}

/// A final answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The fields.
    pub fields: Fields,
    /// The body, without the framing it passed in.
    pub body: Vec<u8>,
    /// Whether more of the body passed than is kept here.
    pub cut: bool,
}

/// One recorded exchange that is to be replayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name, given back with what came of it.
    pub name: String,
    /// The recorded request.
    pub request: Request,
    /// The recorded answer, when one came.
    pub answer: Option<Answer>,
}

/// The value of the first field of a name, as text; names are compared without capitals.
pub(crate) fn field(fields: &Fields, name: &str) -> Option<String> {
    let found = fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
}

/// The media type of fields in small letters, without parameters (RFC 9110 §8.3.1).
pub(crate) fn media_type(fields: &Fields) -> String {
    let value = field(fields, "content-type").unwrap_or_default().to_ascii_lowercase();
    value.split(';').next().unwrap_or_default().trim().to_owned()
}
