//! What a reader sees of a plan: the first screen, the table, and the same as text, Markdown, SARIF and JSON,
//! in every language.

mod codes;
mod en;
mod fit;
mod image_lines;
mod json;
mod judge;
mod languages;
mod lines;
mod markdown;
mod markup;
mod packed;
mod problem;
mod problem_lines;
mod sarif;
mod screen;
mod sections;
mod sort;
mod table;
mod text;
mod view;
mod words;
mod zh;

pub use crate::address_book::AddressBook;
pub use codes::chinese_help;
pub use image_lines::{image, moves};
pub use json::write;
pub use judge::{Judgement, judge};
pub use lines::{
    Bar, Count, Filter, Group, ImageList, Level, Line, MoveLine, MoveList, ProblemGroup, ProblemList,
    ProblemLocation, RowLine, Screen, Section, Value,
};
pub use markdown::{Links, MARKER, markdown};
pub use packed::{pack, unpack};
pub use problem_lines::problems;
pub use sarif::sarif;
pub use screen::screen;
pub use table::{Item, Lower, Query, Table};
pub use text::text;
pub use words::Language;
