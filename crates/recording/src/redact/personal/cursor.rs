//! Going through a text character by character, each as it is meant: escapes of addresses, forms, pages and JSON
//! are read.

/// A place in a text, and what stands just before it.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// The last character, and the one before.
    before: [Option<char>; 2],
}

impl<'t> Cursor<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            before: [None; 2],
        }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The same place, as if nothing stood before it.
    pub(super) fn after_mark(self) -> Self {
        Self {
            before: [None; 2],
            ..self
        }
    }

    /// Takes the next character.
    pub(super) fn next(&mut self) -> Option<char> {
        let (meant, length) = character(&self.text[self.at..])?;
        self.at += length;
        self.before = [Some(meant), self.before[0]];
        Some(meant)
    }

    pub(super) fn peek(mut self) -> Option<char> {
        self.next()
    }

    /// Takes the next character when it is so.
    pub(super) fn take(&mut self, is: impl Fn(char) -> bool) -> Option<char> {
        let mut after = *self;
        let taken = after.next().filter(|meant| is(*meant))?;
        *self = after;
        Some(taken)
    }

    /// Takes a digit.
    pub(super) fn digit(&mut self) -> Option<u8> {
        let digit = self.take(|meant| meant.is_ascii_digit())?;
        u8::try_from(digit).ok().map(|byte| byte - b'0')
    }

    /// Takes what may stand between groups of digits, if it is there.
    pub(super) fn separator(&mut self) -> Option<char> {
        self.take(is_separator)
    }

    /// Whether a word or a number goes on here that began before.
    pub(super) fn is_within_word(&self) -> bool {
        match self.before {
            [Some(last), _] if last.is_alphanumeric() => true,
            [Some('.' | '-'), Some(digit)] => digit.is_ascii_digit(),
            _ => false,
        }
    }

    /// Whether a word or a number that was read so far ends here.
    pub(super) fn is_end_of_word(mut self) -> bool {
        match self.next() {
            Some('.' | '-') => !self.peek().is_some_and(|next| next.is_ascii_digit()),
            next => !next.is_some_and(char::is_alphanumeric),
        }
    }
}

/// Spaces of all widths that are typed between digits, the plus of forms, and marks.
fn is_separator(meant: char) -> bool {
    matches!(
        meant,
        ' ' | '+' | '.' | '-' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2011}'
    )
}

/// The character that a text begins with, as it is meant, and how long it is written.
fn character(text: &str) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    let escaped = match first {
        '%' => percent(text),
        '&' => entity(text),
        '\\' => escape(text),
        _ => None,
    };
    Some(escaped.unwrap_or((first, first.len_utf8())))
}

/// `%C3%A9` (RFC 3986 §2.1): the bytes of one character.
fn percent(text: &str) -> Option<(char, usize)> {
    let byte = |number: usize| -> Option<u8> {
        let digits = text.get(3 * number..)?.strip_prefix('%')?.get(..2)?;
        u8::from_str_radix(digits, 16).ok()
    };
    let first = byte(0)?;
    let count = match first {
        0..=0x7F => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    };
    let bytes: Option<Vec<u8>> = (0..count).map(byte).collect();
    let bytes = bytes?;
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((meant, 3 * count))
}

/// `&#64;`, `&#x40;`, `&commat;` and the space that is not broken (HTML §13.5), each with its semicolon.
fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let meant = match name {
        "nbsp" => '\u{a0}',
        "commat" => '@',
        "period" => '.',
        "plus" => '+',
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)?
        }
    };
    Some((meant, end + 1))
}

/// `\u0040` and `\n` (RFC 8259 §7).
fn escape(text: &str) -> Option<(char, usize)> {
    let short = match text.as_bytes().get(1)? {
        b'n' | b'r' | b't' => Some('\n'),
        b'/' => Some('/'),
        b'"' => Some('"'),
        _ => None,
    };
    if let Some(meant) = short {
        return Some((meant, 2));
    }
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let meant = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((meant, 6))
}
