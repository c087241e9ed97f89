//! As much of HTTP/1.1 (RFC 9112) as a page on this machine needs: one request
//! a connection, answered whole or as a stream of events.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Longest head that is read, in bytes.
const HEAD: usize = 16 << 10;
/// Most header fields.
const FIELDS: usize = 64;
/// How long a request may take to be there, and a piece of an answer to be
/// taken.
const PATIENCE: Duration = Duration::from_secs(10);

/// The head of a request.
pub(super) struct Request {
    pub(super) method: String,
    /// Without the query.
    pub(super) path: String,
    /// Without its question mark.
    pub(super) query: String,
    fields: Vec<(String, String)>,
}

impl Request {
    /// Reads the head. Bodies are left unread: nothing here takes any.
    pub(super) fn read(stream: &mut TcpStream) -> io::Result<Self> {
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut head = Vec::new();
        let mut piece = [0; 2048];
        let begun = Instant::now();
        loop {
            // However slowly it drips in, it has to be there in time.
            let left = PATIENCE.checked_sub(begun.elapsed()).filter(|left| !left.is_zero());
            stream.set_read_timeout(Some(left.ok_or(io::ErrorKind::TimedOut)?))?;
            let count = stream.read(&mut piece)?;
            head.extend_from_slice(piece.get(..count).unwrap_or_default());
            if let Some(request) = Self::parse(&head)? {
                return Ok(request);
            }
            if count == 0 || head.len() > HEAD {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
    }

    /// The head once it is complete.
    fn parse(head: &[u8]) -> io::Result<Option<Self>> {
        let mut fields = [httparse::EMPTY_HEADER; FIELDS];
        let mut request = httparse::Request::new(&mut fields);
        if request.parse(head).map_err(|_| io::ErrorKind::InvalidData)?.is_partial() {
            return Ok(None);
        }
        let path = request.path.unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        Ok(Some(Self {
            method: request.method.unwrap_or_default().into(),
            path: path.into(),
            query: query.into(),
            fields: request.headers.iter().map(|field| (field.name.to_owned(), text(field.value))).collect(),
        }))
    }

    /// The value of a header field; nothing when it is absent or given twice.
    pub(super) fn field(&self, name: &str) -> Field<'_> {
        let mut values = self.fields.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        match (values.next(), values.next()) {
            (None, _) => Field::Absent,
            (Some((_, value)), None) => Field::Once(value),
            _ => Field::Repeated,
        }
    }
}

/// How a header field stands in a request.
pub(super) enum Field<'a> {
    Absent,
    Once(&'a str),
    Repeated,
}

/// Writes the head of an answer; without a length it lasts until the
/// connection ends.
pub(super) fn write_head(
    stream: &mut TcpStream,
    status: &str,
    fields: &[(&str, &str)],
    length: Option<usize>,
) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for (name, value) in fields {
        head += &format!("{name}: {value}\r\n");
    }
    if let Some(length) = length {
        head += &format!("Content-Length: {length}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_whole_or_wanted() {
        let parse = |head: &str| Request::parse(head.as_bytes());
        assert!(parse("GET / HTTP/1.1\r\nHost: a").unwrap().is_none());
        let request = parse("GET /a?b HTTP/1.1\r\nhost: a\r\nX: 1\r\nx: 2\r\n\r\n").unwrap().unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/a"));
        assert_eq!(request.query, "b");
        assert!(matches!(request.field("Host"), Field::Once("a")));
        assert!(matches!(request.field("X"), Field::Repeated));
        assert!(matches!(request.field("Y"), Field::Absent));
        assert!(parse("\0\r\n\r\n").is_err());
    }
}
