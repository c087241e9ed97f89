//! So many connections at a time. One too many ends the oldest of its kind, so
//! that readers who never read, or pages left open, keep nobody out.

use std::collections::VecDeque;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections that are answered at a time; a browser opens six a page.
const MOST: usize = 64;
/// Pages that are told of revisions at a time.
const MOST_STREAMS: usize = 16;

#[derive(Clone, Default)]
pub(super) struct Connections(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    next: u64,
    /// Being answered, the oldest first.
    answered: VecDeque<(u64, TcpStream)>,
    /// Streams of events, the oldest first.
    streams: VecDeque<(u64, TcpStream)>,
}

/// A connection while it is open.
pub(super) struct Held {
    number: u64,
    connections: Connections,
}

impl Connections {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a connection in.
    pub(super) fn hold(&self, stream: &TcpStream) -> std::io::Result<Held> {
        let ends = stream.try_clone()?;
        let mut open = self.open();
        open.next += 1;
        let number = open.next;
        open.answered.push_back((number, ends));
        end_oldest(&mut open.answered, MOST);
        Ok(Held { number, connections: self.clone() })
    }
}

impl Held {
    /// Counts it among the streams of events from now on.
    pub(super) fn is_stream(&self) {
        let mut open = self.connections.open();
        if let Some(at) = open.answered.iter().position(|(number, _)| *number == self.number)
            && let Some(stream) = open.answered.remove(at)
        {
            open.streams.push_back(stream);
        }
        end_oldest(&mut open.streams, MOST_STREAMS);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        let number = self.number;
        open.answered.retain(|(other, _)| *other != number);
        open.streams.retain(|(other, _)| *other != number);
    }
}

fn end_oldest(open: &mut VecDeque<(u64, TcpStream)>, most: usize) {
    while open.len() > most {
        if let Some((_, stream)) = open.pop_front() {
            // One that is closed already is what is wanted.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}
