//! What RFC 4287 asks of a feed, checked on the text alone.

/// An element with its attributes, what stands in it, and its own text.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn all(&self, name: &str) -> Vec<&Element> {
        self.children.iter().filter(|child| child.name == name).collect()
    }

    fn one(&self, name: &str) -> &Element {
        let found = self.all(name);
        assert_eq!(found.len(), 1, "{} holds one {name}", self.name);
        found[0]
    }

    fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Reads a document, which has to be well-formed.
fn document(text: &str) -> Element {
    let rest = text
        .strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
        .expect("a declaration");
    assert!(
        !text.chars().any(|c| c < ' ' && c != '\n'),
        "a character that XML does not hold"
    );
    let (root, rest) = element(rest);
    assert_eq!(rest.trim(), "", "one root");
    root
}

fn element(text: &str) -> (Element, &str) {
    let (tag, mut rest) = text
        .strip_prefix('<')
        .and_then(|text| text.split_once('>'))
        .expect("a tag");
    let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut found = Element {
        name: name.to_owned(),
        attributes: attributes
            .split("\" ")
            .filter(|pair| !pair.is_empty())
            .map(pair)
            .collect(),
        children: Vec::new(),
        text: String::new(),
    };
    if empty {
        return (found, rest);
    }
    loop {
        let (before, _) = rest.split_once('<').expect("an end");
        entities(before);
        found.text.push_str(before);
        rest = &rest[before.len()..];
        if let Some(after) = rest.strip_prefix(&format!("</{name}>")) {
            return (found, after);
        }
        let (child, after) = element(rest);
        found.children.push(child);
        rest = after;
    }
}

fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once("=\"").expect("an attribute");
    let value = value.trim_end_matches('"');
    entities(value);
    (name.to_owned(), value.to_owned())
}

/// Demands that every reference is one of XML itself: by number, or one of the five.
fn entities(text: &str) {
    for after in text.split('&').skip(1) {
        let (name, _) = after.split_once(';').expect("a reference");
        let number = name
            .strip_prefix('#')
            .is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit()));
        assert!(
            number || ["amp", "lt", "gt", "quot", "apos"].contains(&name),
            "&{name};"
        );
    }
}

fn instant(element: &Element) -> &str {
    let text = element.text.as_str();
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(
        shape, "0000-00-00T00:00:00Z",
        "{} is an instant of RFC 3339",
        element.name
    );
    text
}

/// Demands what RFC 4287 asks (§4.1.1 and §4.1.2), and gives the number of entries.
pub fn check_feed(text: &str) -> usize {
    let feed = document(text);
    assert_eq!(feed.name, "feed");
    assert_eq!(feed.attribute("xmlns"), "http://www.w3.org/2005/Atom");
    let updated = instant(feed.one("updated"));
    assert!(!feed.one("title").text.is_empty() && !feed.one("author").one("name").text.is_empty());
    let own: Vec<_> = feed
        .all("link")
        .into_iter()
        .filter(|link| link.attribute("rel") == "self")
        .collect();
    assert!(own.len() == 1 && own[0].attribute("href").starts_with("http"));
    let mut ids = vec![feed.one("id").text.as_str()];
    for entry in feed.all("entry") {
        ids.push(entry.one("id").text.as_str());
        assert!(!entry.one("title").text.is_empty());
        assert!(instant(entry.one("updated")) <= updated);
        instant(entry.one("published"));
        assert_eq!(entry.one("link").attribute("rel"), "alternate");
        assert_eq!(entry.one("summary").attribute("type"), "text");
        assert!(!entry.one("category").attribute("term").is_empty());
    }
    assert!(
        ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45),
        "{ids:?}"
    );
    let count = ids.len() - 1;
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count + 1, "every identifier is another");
    count
}
