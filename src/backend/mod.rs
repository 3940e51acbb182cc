//! Backends: one function each from a document to the bytes of one output.
//!
//! In: a [`crate::document::Document`] that `validate` has accepted, fonts and theme as bytes. Out: text or bytes.
//! Never knows: facts, files, the other backends (only that html and pdf share the charts of svg).

pub mod html;
pub mod markdown;
pub mod pdf;
pub mod svg;
