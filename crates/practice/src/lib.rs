//! The portal as one static file, ready to become an image: what the demonstration hosts as a target.

/// Gives the portal as a program that needs nothing beside itself; nothing where no static C library was there when
/// Beffroi was built.
pub fn program() -> Option<&'static [u8]> {
    const PROGRAM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/program"));
    (!PROGRAM.is_empty()).then_some(PROGRAM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_static() {
        let found = program().map(|program| (program.starts_with(b"\x7fELF"), program.len() < 4 << 20));
        assert_eq!(found, Some((true, true)), "apt-get install libc6-dev");
        // The section that names the loader of a program that needs one.
        let loader = |bytes: &[u8]| bytes.windows(8).any(|window| window == b"/ld-linu");
        assert!(!program().is_some_and(loader));
    }
}
