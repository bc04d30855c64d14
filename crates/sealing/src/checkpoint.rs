//! Checkpoints (C2SP tlog-checkpoint): the size and root of a log, signed.

use crate::merkle::Hash;
use crate::note::{LogSigner, LogVerifier, NoteError};
use crate::primitives::{canonical_u64, hash_from_base64, to_base64};

/// What a log was at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log; a restore that lost leaves starts a new one.
    pub origin: String,
    /// How many leaves it had.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The three lines that are signed.
    fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, to_base64(&self.root))
    }

    /// Reads the three lines; further ones are other people's extensions and carry no meaning.
    fn from_body(body: &str) -> Option<Self> {
        let mut lines = body.strip_suffix('\n')?.split('\n');
        let origin = lines.next().filter(|origin| is_origin(origin))?.to_owned();
        let size = canonical_u64(lines.next()?)?;
        let root = hash_from_base64(lines.next()?)?;
        lines
            .all(|extension| !extension.is_empty())
            .then_some(Self { origin, size, root })
    }
}

/// Whether a text can name a log: one line, not empty.
pub(crate) fn is_origin(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_control)
}

/// Signs a checkpoint; refused when its origin is no plain line.
pub fn sign_checkpoint(signer: &LogSigner, checkpoint: &Checkpoint) -> Result<String, NoteError> {
    if !is_origin(&checkpoint.origin) {
        return Err(NoteError::Form);
    }
    signer.sign_note(&checkpoint.body())
}

/// Reads a checkpoint that this key has signed; the caller compares its origin.
pub fn verify_checkpoint(text: &str, verifier: &LogVerifier) -> Result<Checkpoint, NoteError> {
    Checkpoint::from_body(verifier.open_note(text)?).ok_or(NoteError::Form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer() -> LogSigner {
        LogSigner::new("beffroi.example/public", [5; 32]).unwrap()
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            origin: "beffroi.example/public".into(),
            size: 70,
            root: [3; 32],
        }
    }

    #[test]
    fn a_checkpoint_has_the_form_of_c2sp_and_reads_back() {
        let text = sign_checkpoint(&signer(), &checkpoint()).unwrap();
        let root = "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=";
        let start = format!("beffroi.example/public\n70\n{root}\n\n\u{2014} beffroi.example/public ");
        assert!(text.starts_with(&start), "{text}");
        assert_eq!(verify_checkpoint(&text, &signer().verifier()), Ok(checkpoint()));
    }

    #[test]
    fn every_altered_byte_is_refused() {
        let text = sign_checkpoint(&signer(), &checkpoint()).unwrap();
        for at in 0..text.len() {
            for mask in [0x01, 0x04, 0x20] {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= mask;
                if let Ok(altered) = String::from_utf8(bytes) {
                    let read = verify_checkpoint(&altered, &signer().verifier());
                    assert!(read.is_err(), "byte {at} with {mask:#x}");
                }
            }
        }
    }

    #[test]
    fn another_size_root_or_origin_under_the_same_signature_is_refused() {
        let text = sign_checkpoint(&signer(), &checkpoint()).unwrap();
        let signatures = text.split_once("\n\n").unwrap().1;
        let others = [
            Checkpoint {
                size: 71,
                ..checkpoint()
            },
            Checkpoint {
                root: [4; 32],
                ..checkpoint()
            },
            Checkpoint {
                origin: "beffroi.example/sealed".into(),
                ..checkpoint()
            },
        ];
        for other in others {
            let forged = format!("{}\n{signatures}", other.body());
            let read = verify_checkpoint(&forged, &signer().verifier());
            assert_eq!(read, Err(NoteError::BadSignature));
        }
    }

    #[test]
    fn a_signed_text_that_is_no_checkpoint_is_refused() {
        let root = to_base64(&[3; 32]);
        let wrong = [
            format!("\n1\n{root}\n"),
            format!("o\n01\n{root}\n"),
            format!("o\n-1\n{root}\n"),
            format!("o\n1\n{}\n", &root[..40]),
            format!("o\n1\n{root}\n\nextension\n"),
            "o\n1\n".to_owned(),
            "beffroi-receipt/1\norigin: o\n".to_owned(),
        ];
        for body in wrong {
            let note = signer().sign_note(&body).unwrap();
            let read = verify_checkpoint(&note, &signer().verifier());
            assert_eq!(read, Err(NoteError::Form), "{body:?}");
        }
        let extended = signer()
            .sign_note(&format!("{}extension\n", checkpoint().body()))
            .unwrap();
        assert_eq!(verify_checkpoint(&extended, &signer().verifier()), Ok(checkpoint()));
    }

    #[test]
    fn an_origin_of_two_lines_is_not_signed() {
        for origin in ["", "a\nb", "a\u{7f}"] {
            let wrong = Checkpoint {
                origin: origin.into(),
                ..checkpoint()
            };
            assert_eq!(sign_checkpoint(&signer(), &wrong), Err(NoteError::Form));
        }
    }
}
