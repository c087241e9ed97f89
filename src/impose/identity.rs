//! Sheets are a document of their own: they do not go by the names of their
//! source (ISO 32000-1, 14.4; ISO 15930-7, 6.4).

use lopdf::{Document, Object, StringFormat};

use crate::digest::{identifier, sha256, uuid};

/// Gives a document a new identifier, and new ones in its metadata, that follow
/// from what it is made of.
pub(super) fn renew(document: &mut Document, made_of: &str) {
    let mut told = made_of.to_owned();
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            told += &sha256(&stream.content);
        }
    }
    let own = identifier(told.as_bytes());
    let id = Object::String(own.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let metadata = document.catalog().and_then(|catalog| catalog.get(b"Metadata")?.as_reference());
    let stream = metadata.and_then(|id| document.get_object_mut(id)).and_then(Object::as_stream_mut);
    if let Ok(stream) = stream
        && let Ok(packet) = stream.get_plain_content()
        && let Ok(packet) = String::from_utf8(packet)
    {
        let own = format!("uuid:{}", uuid(own));
        let packet =
            ["DocumentID", "InstanceID"].iter().fold(packet, |packet, name| said(&packet, name, &own));
        stream.set_plain_content(said(&packet, "VersionID", "1").into_bytes());
    }
}

/// An XMP packet that says something else of a property, where it is an element
/// or an attribute.
fn said(packet: &str, name: &str, value: &str) -> String {
    let mut written = String::with_capacity(packet.len());
    let mut rest = packet;
    let key = format!("xmpMM:{name}");
    while let Some(at) = rest.find(&key) {
        let (before, found) = rest.split_at(at + key.len());
        written += before;
        let end = match found.as_bytes() {
            [b'>', ..] => found.find('<'),
            [b'=', quote, ..] => found.get(2..).and_then(|text| text.find(char::from(*quote))).map(|n| n + 2),
            _ => None,
        };
        rest = found;
        // A closing tag has no value.
        if let Some(end) = end.filter(|_| !before.ends_with(&format!("/{key}"))) {
            let start = if found.starts_with('>') { 1 } else { 2 };
            written += &found[..start];
            written += value;
            rest = &found[end..];
        }
    }
    written + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_said_anew() {
        let packet = "<a><xmpMM:VersionID>7</xmpMM:VersionID><b xmpMM:VersionID=\"3\" c='d'/></a>";
        let wanted = "<a><xmpMM:VersionID>1</xmpMM:VersionID><b xmpMM:VersionID=\"1\" c='d'/></a>";
        assert_eq!(said(packet, "VersionID", "1"), wanted);
    }
}
