//! The server on 127.0.0.1 that shows a book while it is made, and the studio in
//! which it is; and the listener for readers' phones. It knows HTTP and the
//! files of its pages, and nothing of the book but what it is told.

mod access;
mod answers;
mod connections;
mod gate;
mod http;
mod listen;
mod reviews;
mod routes;
mod site;
mod threads;

pub use listen::{Address, start};
pub use site::Site;
