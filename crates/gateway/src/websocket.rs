//! Reading WebSocket frames as they pass (RFC 6455 §5), to tell of messages without changing a byte.

use bytes::{Buf, Bytes, BytesMut};

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Read {
    /// Bytes of a message, unmasked.
    Payload(Bytes),
    /// A message ended.
    End(u8),
}

/// The bytes are no WebSocket frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotWebSocket;

/// Follows the frames of one direction.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    head: BytesMut,
    frame: Option<Frame>,
    /// The opcode of the message that continues over frames.
    continued: Option<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Frame {
    opcode: u8,
    last: bool,
    left: u64,
    mask: [u8; 4],
    at: usize,
}

const CONTINUATION: u8 = 0;
const FIRST_CONTROL: u8 = 8;

impl Frames {
    /// Reads what came, in order. A control frame between those of a message ends on its own: its
    /// bytes are given in one piece before its end, and the message goes on after it.
    pub(crate) fn read(&mut self, mut came: Bytes) -> Result<Vec<Read>, NotWebSocket> {
        let mut read = Vec::new();
        while !came.is_empty() {
            let Some(frame) = &mut self.frame else {
                self.read_head(&mut came)?;
                self.end_frame(&mut read);
                continue;
            };
            let length = usize::try_from(frame.left).unwrap_or(usize::MAX).min(came.len());
            let payload = frame.unmask(came.split_to(length));
            read.push(Read::Payload(payload));
            self.end_frame(&mut read);
        }
        Ok(read)
    }

    /// Takes bytes until the head of a frame is whole: 2 to 14 bytes.
    fn read_head(&mut self, came: &mut Bytes) -> Result<(), NotWebSocket> {
        while !came.is_empty() {
            self.head.extend_from_slice(&came.split_to(1));
            if let Some(frame) = self.parse_head()? {
                self.head.clear();
                self.frame = Some(frame);
                return Ok(());
            }
        }
        Ok(())
    }

    fn parse_head(&mut self) -> Result<Option<Frame>, NotWebSocket> {
        let [first, second, ..] = *self.head else {
            return Ok(None);
        };
        let (short, masked) = (second & 0x7F, second & 0x80 != 0);
        let extended = match short {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let whole = 2 + extended + if masked { 4 } else { 0 };
        if self.head.len() < whole {
            return Ok(None);
        }
        let mut rest = &self.head[2..];
        let left = match extended {
            2 => u64::from(rest.get_u16()),
            8 => rest.get_u64(),
            _ => u64::from(short),
        };
        let mut mask = [0; 4];
        if masked {
            rest.copy_to_slice(&mut mask);
        }
        let (opcode, last) = (first & 0x0F, first & 0x80 != 0);
        let control = opcode >= FIRST_CONTROL;
        if first & 0x70 != 0 || control && (!last || left > 125) || left > i64::MAX as u64 {
            return Err(NotWebSocket);
        }
        Ok(Some(Frame {
            opcode: self.opcode(opcode, control, last)?,
            last,
            left,
            mask,
            at: 0,
        }))
    }

    /// The opcode of the message that a frame belongs to.
    fn opcode(&mut self, opcode: u8, control: bool, last: bool) -> Result<u8, NotWebSocket> {
        if control {
            return Ok(opcode);
        }
        let message = match (opcode, self.continued) {
            (CONTINUATION, Some(begun)) => begun,
            (CONTINUATION, None) | (_, Some(_)) => return Err(NotWebSocket),
            (opcode, None) => opcode,
        };
        self.continued = (!last).then_some(message);
        Ok(message)
    }

    fn end_frame(&mut self, read: &mut Vec<Read>) {
        if let Some(frame) = self.frame.filter(|frame| frame.left == 0) {
            self.frame = None;
            if frame.last {
                read.push(Read::End(frame.opcode));
            }
        }
    }
}

impl Frame {
    fn unmask(&mut self, payload: Bytes) -> Bytes {
        self.left -= payload.len() as u64;
        if self.mask == [0; 4] {
            return payload;
        }
        let mut plain = BytesMut::from(payload);
        for byte in plain.iter_mut() {
            *byte ^= self.mask[self.at % 4];
            self.at = (self.at + 1) % 4;
        }
        plain.freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame(first: u8, mask: Option<[u8; 4]>, payload: &[u8]) -> Vec<u8> {
        let masked = if mask.is_some() { 0x80 } else { 0 };
        let mut bytes = vec![first];
        match payload.len() {
            length @ 0..126 => bytes.push(masked | length as u8),
            length @ 126..65536 => {
                bytes.push(masked | 126);
                bytes.extend((length as u16).to_be_bytes());
            }
            length => {
                bytes.push(masked | 127);
                bytes.extend((length as u64).to_be_bytes());
            }
        }
        bytes.extend(mask.iter().flatten());
        let key = mask.unwrap_or_default();
        bytes.extend(payload.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key));
        bytes
    }

    /// Messages as they were read, the bytes of each joined.
    fn messages(frames: &mut Frames, bytes: &[u8], step: usize) -> Vec<(u8, Vec<u8>)> {
        let (mut messages, mut open) = (Vec::new(), Vec::new());
        for piece in bytes.chunks(step) {
            for read in frames.read(Bytes::copy_from_slice(piece)).unwrap() {
                match read {
                    Read::Payload(payload) => open.extend_from_slice(&payload),
                    Read::End(opcode) => messages.push((opcode, std::mem::take(&mut open))),
                }
            }
        }
        messages
    }

    proptest! {
        #[test]
        fn messages_are_read_however_they_are_cut(
            sent in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..300), any::<Option<[u8; 4]>>()), 1..6),
            step in 1usize..50,
        ) {
            let bytes: Vec<u8> = sent.iter().flat_map(|(payload, mask)| frame(0x82, *mask, payload)).collect();
            let expected: Vec<_> = sent.into_iter().map(|(payload, _)| (2, payload)).collect();
            prop_assert_eq!(messages(&mut Frames::default(), &bytes, step), expected);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = Frames::default().read(bytes.into());
        }
    }

    #[test]
    fn a_message_over_several_frames_is_one() {
        let bytes = [
            frame(0x01, None, b"bon"),
            frame(0x80, None, b"jour"),
            frame(0x89, None, b""),
        ]
        .concat();
        assert_eq!(
            messages(&mut Frames::default(), &bytes, 3),
            [(1, b"bonjour".to_vec()), (9, vec![])]
        );
        let large = frame(0x82, Some([1, 2, 3, 4]), &[7; 70_000]);
        assert_eq!(messages(&mut Frames::default(), &large, 9000), [(2, vec![7; 70_000])]);
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        for bytes in [
            &[0xC1, 0][..],
            &[0x80, 0],
            &[0x09, 0],
            &[0x89, 126, 0, 200],
            &[0x01, 0, 0x01, 0],
        ] {
            assert_eq!(
                Frames::default().read(Bytes::copy_from_slice(bytes)),
                Err(NotWebSocket),
                "{bytes:?}"
            );
        }
    }
}
