//! A small reader of conditions as a database has them, so that an injection works as it does elsewhere.
//!
//! `or`, `and`, `not`, parentheses, `=`, `<>`, `<`, `>`, `like` between columns, texts and numbers; `--` begins a comment.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::vec::IntoIter;

/// A row: the value of each column.
pub(crate) type Row = BTreeMap<&'static str, String>;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(&'static str),
}

/// The deepest nesting that is followed.
const DEEPEST: usize = 50;

/// Gives the rows for which a condition holds.
///
/// # Errors
/// What a database would complain of, with the place.
pub(crate) fn select<'r>(rows: &'r [Row], condition: &str) -> Result<Vec<&'r Row>, String> {
    let tokens = tokens(condition)?;
    let mut found = Vec::new();
    for row in rows {
        let mut reader = Reader {
            tokens: tokens.clone().into_iter().peekable(),
            row,
            depth: 0,
        };
        let holds = reader.either()?;
        if let Some(rest) = reader.tokens.next() {
            return Err(format!("SQL error: near {rest:?}: syntax error"));
        }
        if holds {
            found.push(row);
        }
    }
    Ok(found)
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    'next: while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        if rest.starts_with("--") {
            break;
        }
        if let Some(after) = rest.strip_prefix('\'') {
            let (value, left) = quoted(after).ok_or("SQL error: unterminated quoted string")?;
            tokens.push(Token::Text(value));
            rest = left;
            continue;
        }
        for sign in ["<>", "!=", "=", "<", ">", "(", ")"] {
            if let Some(left) = rest.strip_prefix(sign) {
                tokens.push(Token::Sign(sign));
                rest = left;
                continue 'next;
            }
        }
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        if end == 0 {
            return Err(format!("SQL error: unrecognized token: \"{first}\""));
        }
        tokens.push(Token::Word(rest[..end].to_lowercase()));
        rest = &rest[end..];
    }
    Ok(tokens)
}

/// Reads a text up to its quote; two quotes stand for one.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('\'')?;
        value.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('\'') {
            Some(left) => {
                value.push('\'');
                rest = left;
            }
            None => return Some((value, rest)),
        }
    }
}

struct Reader<'r> {
    tokens: Peekable<IntoIter<Token>>,
    row: &'r Row,
    depth: usize,
}

impl Reader<'_> {
    fn word(&mut self, word: &str) -> bool {
        self.tokens
            .next_if(|token| *token == Token::Word(word.to_owned()))
            .is_some()
    }

    fn either(&mut self) -> Result<bool, String> {
        let mut holds = self.both()?;
        while self.word("or") {
            holds |= self.both()?;
        }
        Ok(holds)
    }

    fn both(&mut self) -> Result<bool, String> {
        let mut holds = self.one()?;
        while self.word("and") {
            holds &= self.one()?;
        }
        Ok(holds)
    }

    fn one(&mut self) -> Result<bool, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("SQL error: expression tree is too large".to_owned());
        }
        let holds = if self.word("not") {
            !self.one()?
        } else if self.tokens.next_if_eq(&Token::Sign("(")).is_some() {
            let holds = self.either()?;
            self.tokens
                .next_if_eq(&Token::Sign(")"))
                .ok_or("SQL error: near \")\": syntax error")?;
            holds
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(holds)
    }

    fn comparison(&mut self) -> Result<bool, String> {
        let left = self.value()?;
        let sign = match self.tokens.peek() {
            Some(Token::Sign(sign)) if *sign != ")" && *sign != "(" => *sign,
            Some(Token::Word(word)) if word == "like" => "like",
            // A value alone holds where it is a number other than zero.
            _ => return Ok(left.parse::<f64>().is_ok_and(|number| number != 0.0)),
        };
        self.tokens.next();
        let right = self.value()?;
        let order = match (left.parse::<f64>(), right.parse::<f64>()) {
            (Ok(left), Ok(right)) => left.partial_cmp(&right),
            _ => Some(left.cmp(&right)),
        };
        Ok(match sign {
            "=" => order.is_some_and(|order| order.is_eq()),
            "<" => order.is_some_and(|order| order.is_lt()),
            ">" => order.is_some_and(|order| order.is_gt()),
            "like" => like(&left.to_lowercase(), &right.to_lowercase()),
            _ => order.is_some_and(|order| order.is_ne()),
        })
    }

    fn value(&mut self) -> Result<String, String> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(text),
            Some(Token::Word(word)) if word.parse::<f64>().is_ok() => Ok(word),
            Some(Token::Word(word)) => {
                let column = self.row.get(word.as_str()).cloned();
                column.ok_or_else(|| format!("SQL error: no such column: {word}"))
            }
            other => Err(format!("SQL error: near {other:?}: syntax error")),
        }
    }
}

/// Compares with a pattern in which `%` stands for any text.
fn like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('%');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row = |name: &str, secret: &str| Row::from([("nom", name.to_owned()), ("secret", secret.to_owned())]);
        vec![row("Dupont", "no"), row("Durand", "no"), row("Maire", "yes")]
    }

    #[test]
    fn conditions_select_rows() {
        let table = [
            ("nom = 'Dupont'", 1),
            ("nom like 'du%' and secret = 'no'", 2),
            ("nom like '%a%'", 2),
            ("nom like 'x' or '1'='1'", 3),
            ("nom like 'x' or 1=1 -- ' and secret = 'no'", 3),
            ("not (nom = 'Dupont' or nom = 'Durand')", 1),
            ("1 and 2 > 1", 3),
            ("nom = 'l''Hay'", 0),
        ];
        for (condition, count) in table {
            assert_eq!(select(&rows(), condition).unwrap().len(), count, "{condition}");
        }
    }

    #[test]
    fn errors_are_told_as_databases_do() {
        for condition in [
            "nom = '",
            "age = 1",
            "nom =",
            "nom = 'a' union",
            "nom = 'a' ; drop",
            "(1",
        ] {
            assert!(
                select(&rows(), condition).unwrap_err().starts_with("SQL error"),
                "{condition}"
            );
        }
        assert!(select(&rows(), &format!("{}1", "not ".repeat(1000))).is_err());
    }
}
