//! The programme part: see the files of this folder.
