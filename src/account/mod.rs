//! Codes of the classifications (政府收支分类科目) and the chart of accounts.
//!
//! In: CSV text. Out: names of codes for a fiscal year. Never knows: files, amounts.

mod chart;
mod code;

pub use chart::{Book, Chart, ChartError, Known};
pub use code::{Classification, Code, CodeError};
