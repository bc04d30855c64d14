//! The fields of a header of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format").

/// Says whether a header is one: its sum is right, unsigned or, as some have written it, signed.
pub(super) fn is_sound(block: &[u8]) -> bool {
    let Some(sum) = number(&block[148..156]) else {
        return false;
    };
    let byte = |(at, byte): (usize, &u8)| if (148..156).contains(&at) { b' ' } else { *byte };
    let unsigned: u64 = block.iter().enumerate().map(byte).map(u64::from).sum();
    let signed: i64 = block
        .iter()
        .enumerate()
        .map(byte)
        .map(|byte| i64::from(byte as i8))
        .sum();
    sum == unsigned || i64::try_from(sum) == Ok(signed)
}

/// Reads a number: octal digits, or bytes of base 256 as GNU tar writes what is too large for them.
pub(super) fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let first = u64::from(field[0] & 0x7f);
        let mut rest = field[1..].iter();
        return rest.try_fold(first, |sum: u64, byte| {
            sum.checked_mul(256)?.checked_add(u64::from(*byte))
        });
    }
    let text = std::str::from_utf8(field).ok()?;
    let digits = text.trim_matches([' ', '\0']);
    if !digits.bytes().all(|byte| (b'0'..=b'7').contains(&byte)) {
        return None;
    }
    match digits.is_empty() {
        true => Some(0),
        false => u64::from_str_radix(digits, 8).ok(),
    }
}

/// Gives the path that a header alone says: of ustar, with what stands before it.
pub(super) fn name_of(block: &[u8]) -> String {
    let name = lossy(until_nul(&block[..100]));
    let prefix = until_nul(&block[345..500]);
    if &block[257..263] == b"ustar\0" && !prefix.is_empty() {
        return format!("{}/{name}", lossy(prefix));
    }
    name
}

pub(super) fn until_nul(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    &bytes[..end]
}

pub(super) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
