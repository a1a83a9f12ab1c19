//! What a reader sees of a plan: the first screen, the table, and the same as text, Markdown, SARIF and JSON,
//! in every language.

mod address_book;
mod codes;
mod en;
mod json;
mod judge;
mod languages;
mod markdown;
mod markup;
mod packed;
mod problem;
mod sarif;
mod screen;
mod table;
mod text;
mod words;
mod zh;

pub use address_book::AddressBook;
pub use json::write;
pub use judge::{Judgement, judge};
pub use markdown::{Links, MARKER, markdown};
pub use packed::{pack, unpack};
pub use sarif::sarif;
pub use screen::{
    Bar, Count, Filter, Group, ImageList, Level, Line, MoveLine, MoveList, Place, ProblemGroup, ProblemList,
    RowLine, Screen, Section, Value, moves, problems, screen,
};
pub use table::{Item, Query, Table};
pub use text::text;
pub use words::Language;
