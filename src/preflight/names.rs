//! Names of fonts and inks as a person reads them. Names are bytes; Chinese
//! programs write them in UTF-8 or in GBK (ISO 32000-1, 7.3.5 asks for UTF-8).

/// The text of a name.
pub(super) fn read(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The name of a font without the tag of its subset.
pub(super) fn untagged(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_gbk_are_read() {
        assert_eq!(read("专红".as_bytes()), "专红");
        assert_eq!(read(&encoding_rs::GB18030.encode("专红").0), "专红");
        assert_eq!(read(&encoding_rs::GB18030.encode("方正小标宋_GBK").0), "方正小标宋_GBK");
        assert_eq!((untagged("ABCDEF+Courier"), untagged("A+B")), ("Courier", "A+B"));
    }
}
