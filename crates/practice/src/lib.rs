//! The portal as one static file, ready to become an image: what the demonstration hosts as a target.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

/// Gives the portal as a program that needs nothing beside itself; nothing where no static C library was there when
/// Beffroi was built.
pub fn program() -> Option<&'static [u8]> {
    const PROGRAM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/program"));
    (!PROGRAM.is_empty()).then_some(PROGRAM)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kind of the segment that names a loader (System V ABI, "Program Header", `PT_INTERP`).
    const LOADER: u32 = 3;

    fn number(bytes: &[u8], at: usize, length: usize) -> usize {
        let bytes = bytes[at..at + length].iter().rev();
        bytes.fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    }

    #[test]
    fn the_program_asks_for_no_loader() {
        let program = program().expect("the static C library: apt-get install libc6-dev");
        assert_eq!(program[..6], *b"\x7fELF\x02\x01", "64 bits, the lowest byte first");
        let (first, size, count) = (number(program, 32, 8), number(program, 54, 2), number(program, 56, 2));
        let kinds: Vec<usize> = (0..count)
            .map(|index| number(program, first + index * size, 4))
            .collect();
        assert!(!kinds.is_empty() && !kinds.contains(&(LOADER as usize)), "{kinds:?}");
    }
}
