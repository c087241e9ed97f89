//! The server on 127.0.0.1 that shows a book while it is made. It knows HTTP
//! and the files of its page, and nothing of the book but what it is told.

mod access;
mod connections;
mod http;
mod listen;

pub use listen::{Address, start};
