//! Tar archives (POSIX.1-2017, pax, "ustar Interchange Format"), as engines read them.

/// The length of a block.
const BLOCK: usize = 512;

/// An archive as it grows.
#[derive(Debug, Default)]
pub(crate) struct Archive(Vec<u8>);

/// Who owns an entry and what may be done with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owner {
    pub(crate) user: u32,
    pub(crate) group: u32,
    pub(crate) mode: u32,
}

impl Archive {
    /// Adds a file; its name has at most 99 bytes.
    pub(crate) fn file(&mut self, name: &str, content: &[u8], owner: Owner) {
        self.header(name, content.len(), b'0', owner);
        self.0.extend_from_slice(content);
        let rest = content.len() % BLOCK;
        if rest > 0 {
            self.0.resize(self.0.len() + BLOCK - rest, 0);
        }
    }

    /// Adds a folder, or says who owns one that is there.
    pub(crate) fn folder(&mut self, name: &str, owner: Owner) {
        self.header(name, 0, b'5', owner);
    }

    /// Ends the archive.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.0.resize(self.0.len() + 2 * BLOCK, 0);
        self.0
    }

    fn header(&mut self, name: &str, size: usize, kind: u8, owner: Owner) {
        let mut block = [0u8; BLOCK];
        put(&mut block, 0, &name.as_bytes()[..name.len().min(99)]);
        put(&mut block, 100, format!("{:07o}", owner.mode).as_bytes());
        put(&mut block, 108, format!("{:07o}", owner.user).as_bytes());
        put(&mut block, 116, format!("{:07o}", owner.group).as_bytes());
        put(&mut block, 124, format!("{size:011o}").as_bytes());
        // The instant is the epoch, so that the same content gives the same archive.
        put(&mut block, 136, b"00000000000");
        put(&mut block, 148, b"        ");
        block[156] = kind;
        put(&mut block, 257, b"ustar\x0000");
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        put(&mut block, 148, format!("{sum:06o}\0 ").as_bytes());
        self.0.extend_from_slice(&block);
    }
}

fn put(block: &mut [u8; BLOCK], at: usize, bytes: &[u8]) {
    block[at..at + bytes.len()].copy_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::process::{Command, Stdio};

    #[test]
    fn tar_reads_what_is_written() {
        let owner = Owner {
            user: 65534,
            group: 1000,
            mode: 0o750,
        };
        let mut archive = Archive::default();
        archive.folder("./", owner);
        archive.file("a/b.txt", b"content", owner);
        archive.file("empty", b"", owner);
        let mut tar = Command::new("tar")
            .args(["-tv", "--numeric-owner"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        tar.stdin.take().unwrap().write_all(&archive.finish()).unwrap();
        let output = tar.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert!(output.status.success());
        assert_eq!((lines[0][0], lines[0][1]), ("drwxr-x---", "65534/1000"));
        assert_eq!((lines[1][2], *lines[1].last().unwrap()), ("7", "a/b.txt"));
        assert_eq!(lines.len(), 3);
    }
}
