//! So many connections at a time. One too many ends the oldest of its kind, so
//! that readers who never read, or pages left open, keep nobody out.

use std::collections::VecDeque;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections that are answered at a time; a browser opens six a page.
const MOST: usize = 64;
/// Connections whose request is not there yet, or has no right to be answered.
const MOST_STRANGERS: usize = 64;
/// Pages that are told of revisions at a time.
const MOST_STREAMS: usize = 16;

#[derive(Clone, Default)]
pub(super) struct Connections(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    next: u64,
    /// Not let in yet, the oldest first: they keep nobody out who is.
    strangers: VecDeque<(u64, TcpStream)>,
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
        open.strangers.push_back((number, ends));
        end_oldest(&mut open.strangers, MOST_STRANGERS);
        Ok(Held { number, connections: self.clone() })
    }
}

impl Held {
    /// Counts it among those that are answered from now on.
    pub(super) fn is_let_in(&self) {
        let mut open = self.connections.open();
        let open = &mut *open;
        moved(self.number, &mut open.strangers, &mut open.answered);
        end_oldest(&mut open.answered, MOST);
    }

    /// Counts it among the streams of events from now on.
    pub(super) fn is_stream(&self) {
        let mut open = self.connections.open();
        let open = &mut *open;
        moved(self.number, &mut open.answered, &mut open.streams);
        end_oldest(&mut open.streams, MOST_STREAMS);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        let number = self.number;
        open.strangers.retain(|(other, _)| *other != number);
        open.answered.retain(|(other, _)| *other != number);
        open.streams.retain(|(other, _)| *other != number);
    }
}

fn moved(number: u64, from: &mut VecDeque<(u64, TcpStream)>, to: &mut VecDeque<(u64, TcpStream)>) {
    if let Some(at) = from.iter().position(|(other, _)| *other == number)
        && let Some(stream) = from.remove(at)
    {
        to.push_back(stream);
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
