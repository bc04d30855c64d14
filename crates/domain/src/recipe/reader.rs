//! A TOML text seen field by field, where each field knows its line and its full name.

use super::problem::{RecipeProblem, RecipeProblemKind};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Collects the problems of one text.
pub(super) struct Reader<'t> {
    text: &'t str,
    problems: Vec<RecipeProblem>,
}

/// A value and its place.
pub(super) struct Node<'a> {
    pub(super) value: &'a DeValue<'a>,
    pub(super) path: String,
    pub(super) line: usize,
}

/// A table whose fields are taken one after the other; what is left is unknown.
pub(super) struct Section<'a> {
    entries: &'a DeTable<'a>,
    taken: Vec<&'static str>,
    pub(super) path: String,
    pub(super) line: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            problems: Vec::new(),
        }
    }

    /// Gives the number of the line at an offset in bytes, from 1 on.
    pub(super) fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        1 + before.filter(|byte| **byte == b'\n').count()
    }

    pub(super) fn problem(&mut self, line: usize, path: &str, kind: RecipeProblemKind, expected: &str) {
        self.problems.push(RecipeProblem {
            line,
            field: path.to_owned(),
            kind,
            expected: expected.to_owned(),
        });
    }

    /// Notes a problem of a value and gives nothing, so that a reader can end with it.
    pub(super) fn refuse<T>(&mut self, node: &Node<'_>, kind: RecipeProblemKind, expected: &str) -> Option<T> {
        self.problem(node.line, &node.path, kind, expected);
        None
    }

    pub(super) fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// Gives the problems in the order of their lines.
    pub(super) fn into_problems(mut self) -> Vec<RecipeProblem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    pub(super) fn section<'a>(&mut self, node: &Node<'a>) -> Option<Section<'a>> {
        let Some(entries) = node.value.as_table() else {
            return self.refuse(node, RecipeProblemKind::WrongType, "{ … }");
        };
        Some(Section {
            entries,
            taken: Vec::new(),
            path: node.path.clone(),
            line: node.line,
        })
    }

    pub(super) fn text(&mut self, node: &Node<'_>) -> Option<String> {
        match node.value.as_str() {
            Some(text) => Some(text.to_owned()),
            None => self.refuse(node, RecipeProblemKind::WrongType, "\"…\""),
        }
    }

    pub(super) fn boolean(&mut self, node: &Node<'_>) -> Option<bool> {
        match node.value.as_bool() {
            Some(value) => Some(value),
            None => self.refuse(node, RecipeProblemKind::WrongType, "true, false"),
        }
    }

    /// Reads a whole number between two bounds.
    pub(super) fn whole(&mut self, node: &Node<'_>, least: u64, most: u64) -> Option<u64> {
        let Some(number) = node.value.as_integer() else {
            return self.refuse(node, RecipeProblemKind::WrongType, "1, 2, 3 …");
        };
        match i128::from_str_radix(number.as_str(), number.radix()) {
            Ok(value) if value < i128::from(least) => {
                self.refuse(node, RecipeProblemKind::TooSmall, &format!("{least} … {most}"))
            }
            Ok(value) => match u64::try_from(value) {
                Ok(value) if value <= most => Some(value),
                _ => self.refuse(node, RecipeProblemKind::TooLarge, &format!("{least} … {most}")),
            },
            Err(_) => self.refuse(node, RecipeProblemKind::TooLarge, &format!("{least} … {most}")),
        }
    }

    /// Gives the values of a list with their places.
    pub(super) fn list<'a>(&mut self, node: &Node<'a>) -> Option<Vec<Node<'a>>> {
        let Some(items) = node.value.as_array() else {
            return self.refuse(node, RecipeProblemKind::WrongType, "[ …, … ]");
        };
        let place = |(index, item): (usize, &'a Spanned<DeValue<'a>>)| Node {
            value: item.get_ref(),
            path: format!("{}[{}]", node.path, index + 1),
            line: self.line(item.span().start),
        };
        Some(items.iter().enumerate().map(place).collect())
    }

    /// Gives the fields of a table whose names the recipe chooses.
    pub(super) fn fields<'a>(&mut self, node: &Node<'a>) -> Option<Vec<(String, Node<'a>)>> {
        let section = self.section(node)?;
        let place = |(key, value): (&'a Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let key: &'a Spanned<std::borrow::Cow<'a, str>> = key;
            let name = key.get_ref().clone().into_owned();
            let node = Node {
                value: value.get_ref(),
                path: join(&section.path, &name),
                line: self.line(key.span().start),
            };
            (name, node)
        };
        Some(section.entries.iter().map(place).collect())
    }
}

impl<'a> Section<'a> {
    pub(super) fn root(entries: &'a DeTable<'a>) -> Self {
        Self {
            entries,
            taken: Vec::new(),
            path: String::new(),
            line: 1,
        }
    }

    /// Gives a field where it is written.
    pub(super) fn take(&mut self, reader: &Reader<'_>, name: &'static str) -> Option<Node<'a>> {
        self.taken.push(name);
        let (key, value) = self.entries.get_key_value(name)?;
        Some(Node {
            value: value.get_ref(),
            path: join(&self.path, name),
            line: reader.line(key.span().start),
        })
    }

    /// Gives a field that must be written.
    fn need(&mut self, reader: &mut Reader<'_>, name: &'static str, expected: &str) -> Option<Node<'a>> {
        let found = self.take(reader, name);
        if found.is_none() {
            let field = join(&self.path, name);
            reader.problem(self.line, &field, RecipeProblemKind::Missing, expected);
        }
        found
    }

    /// Reads a field that must be written; nothing where it is missing or wrong, which is noted.
    pub(super) fn must<T>(
        &mut self,
        reader: &mut Reader<'_>,
        name: &'static str,
        expected: &str,
        read: impl FnOnce(&mut Reader<'_>, &Node<'a>) -> Option<T>,
    ) -> Option<T> {
        let node = self.need(reader, name, expected)?;
        read(reader, &node)
    }

    /// Reads a field that may be left out; what is wrong is noted and read as left out.
    pub(super) fn or<T>(
        &mut self,
        reader: &mut Reader<'_>,
        name: &'static str,
        default: T,
        read: impl FnOnce(&mut Reader<'_>, &Node<'a>) -> Option<T>,
    ) -> T {
        let node = self.take(reader, name);
        node.and_then(|node| read(reader, &node)).unwrap_or(default)
    }

    /// Notes the fields that nothing asked for.
    pub(super) fn finish(self, reader: &mut Reader<'_>) {
        for key in self.entries.keys() {
            let name: &str = key.get_ref();
            if !self.taken.contains(&name) {
                let line = reader.line(key.span().start);
                let known = self.taken.join(", ");
                reader.problem(line, &join(&self.path, name), RecipeProblemKind::Unknown, &known);
            }
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
