//! The organisation part: see the files of this folder.
