//! As much of HTTP/1.1 (RFC 9112) as a page on this machine needs: one request
//! a connection, answered whole or as a stream of events.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Longest head that is read, in bytes.
const HEAD: usize = 16 << 10;
/// Most header fields.
const FIELDS: usize = 64;
/// How long a head may take to be there, and a piece of an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of a body that may take a second more.
const A_SECOND: u64 = 256 << 10;

/// The head of a request.
pub(super) struct Request {
    pub(super) method: String,
    /// Without the query.
    pub(super) path: String,
    /// Without its question mark.
    pub(super) query: String,
    fields: Vec<(String, String)>,
    /// What came of the body together with the head.
    begun: Vec<u8>,
}

/// Why there is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoBody {
    /// It does not say how long it is, or says it twice, or in pieces.
    Unmeasured,
    /// It is longer than is taken.
    TooLarge,
    /// It did not come, or too slowly.
    Lost,
}

impl Request {
    /// Reads the head.
    pub(super) fn read(stream: &mut TcpStream) -> io::Result<Self> {
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut head = Vec::new();
        let mut piece = [0; 4096];
        let begun = Instant::now();
        loop {
            // However slowly it drips in, it has to be there in time.
            stream.set_read_timeout(Some(left(begun, PATIENCE)?))?;
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
        let parsed = request.parse(head).map_err(|_| io::ErrorKind::InvalidData)?;
        let httparse::Status::Complete(length) = parsed else { return Ok(None) };
        let path = request.path.unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        Ok(Some(Self {
            method: request.method.unwrap_or_default().into(),
            path: path.into(),
            query: query.into(),
            fields: request.headers.iter().map(|field| (field.name.to_owned(), text(field.value))).collect(),
            begun: head.get(length..).unwrap_or_default().to_vec(),
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

    /// A value of the query, decoded.
    pub(super) fn asked(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        decoded(value)
    }

    /// Reads the body, of at most so many bytes.
    pub(super) fn body(&mut self, stream: &mut TcpStream, most: u64) -> Result<Vec<u8>, NoBody> {
        if !matches!(self.field("Transfer-Encoding"), Field::Absent) {
            return Err(NoBody::Unmeasured);
        }
        let Field::Once(length) = self.field("Content-Length") else { return Err(NoBody::Unmeasured) };
        let digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        let length: u64 = length.parse().ok().filter(|_| digits).ok_or(NoBody::Unmeasured)?;
        if length > most {
            return Err(NoBody::TooLarge);
        }
        let length = usize::try_from(length).map_err(|_| NoBody::TooLarge)?;
        let mut body = std::mem::take(&mut self.begun);
        body.truncate(length);
        let begun = Instant::now();
        let patience = PATIENCE + Duration::from_secs(length as u64 / A_SECOND);
        let mut piece = vec![0; 64 << 10];
        while body.len() < length {
            let wait = left(begun, patience).map_err(|_| NoBody::Lost)?;
            stream.set_read_timeout(Some(wait.min(PATIENCE))).map_err(|_| NoBody::Lost)?;
            let wanted = (length - body.len()).min(piece.len());
            let count = stream.read(&mut piece[..wanted]).map_err(|_| NoBody::Lost)?;
            if count == 0 {
                return Err(NoBody::Lost);
            }
            body.extend_from_slice(&piece[..count]);
        }
        Ok(body)
    }
}

/// What is left of a patience.
fn left(begun: Instant, patience: Duration) -> io::Result<Duration> {
    let left = patience.checked_sub(begun.elapsed()).filter(|left| !left.is_zero());
    left.ok_or_else(|| io::ErrorKind::TimedOut.into())
}

/// A piece of a URL (RFC 3986, 2.1), if it is text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
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
        let request =
            parse("GET /a?b=%E7%8E%8B+x&c HTTP/1.1\r\nhost: a\r\nX: 1\r\nx: 2\r\n\r\nbody").unwrap().unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/a"));
        assert_eq!(request.asked("b").as_deref(), Some("王 x"));
        assert_eq!((request.asked("c"), request.begun.as_slice()), (None, &b"body"[..]));
        assert!(matches!(request.field("Host"), Field::Once("a")));
        assert!(matches!(request.field("X"), Field::Repeated));
        assert!(matches!(request.field("Y"), Field::Absent));
        assert!(parse("\0\r\n\r\n").is_err());
        assert_eq!((decoded("%zz"), decoded("%E7"), decoded("%")), (None, None, None));
    }
}
