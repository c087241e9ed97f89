//! Dictionaries as they are written.

/// Whether a dictionary, given by what is between its brackets or with them,
/// says a key twice. Readers differ in which of the two they take.
pub(super) fn repeats_a_key(text: &[u8]) -> bool {
    let text = text.trim_ascii().strip_prefix(b"<<").unwrap_or(text);
    let mut keys: Vec<&[u8]> = Vec::new();
    let (mut depth, mut at, mut expects_key) = (0_usize, 0, true);
    while let Some(byte) = text.get(at) {
        match byte {
            b'(' => at = past_string(text, at),
            b'%' => {
                at += text
                    .get(at..)
                    .and_then(|r| r.iter().position(|b| matches!(b, b'\n' | b'\r')))
                    .unwrap_or(text.len() - at)
                    .max(1)
            }
            b'<' if text.get(at + 1) == Some(&b'<') => {
                depth += 1;
                at += 2;
            }
            b'>' if text.get(at + 1) == Some(&b'>') => {
                if depth == 0 {
                    return false;
                }
                depth -= 1;
                at += 2;
            }
            b'[' => (depth, at) = (depth + 1, at + 1),
            b']' => (depth, at) = (depth.saturating_sub(1), at + 1),
            b'<' => at += text.get(at..).and_then(|r| r.iter().position(|b| *b == b'>')).map_or(1, |n| n + 1),
            b'/' => {
                let end = text.get(at + 1..).unwrap_or_default().iter().position(|b| ends_name(*b));
                let end = end.map_or(text.len(), |n| at + 1 + n);
                if depth == 0 {
                    if expects_key {
                        let key = text.get(at..end).unwrap_or_default();
                        if keys.contains(&key) {
                            return true;
                        }
                        // So many keys have resources alone, and those are apart.
                        if keys.len() < 64 {
                            keys.push(key);
                        }
                    }
                    expects_key = !expects_key;
                }
                at = end;
                continue;
            }
            b if b.is_ascii_whitespace() || *b == 0 => at += 1,
            _ => {
                at += text
                    .get(at..)
                    .and_then(|r| r.iter().position(|b| ends_name(*b)))
                    .unwrap_or(text.len() - at)
                    .max(1);
                // A value, or a part of a reference: a key follows either way.
                expects_key |= depth == 0;
                continue;
            }
        }
        if depth == 0 && !byte.is_ascii_whitespace() && *byte != b'%' {
            expects_key = true;
        }
    }
    false
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte)
}

/// The end of a string in round brackets.
fn past_string(text: &[u8], from: usize) -> usize {
    let (mut depth, mut at) = (0_usize, from);
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_from_values() {
        for sound in [
            &b"/Type /Page /Parent 3 0 R /MediaBox [0 0 1 1] /A << /A 1 >>"[..],
            b"/S /S /T (a /S ) b\\)) /U <2F53> /V /T",
            b"<</Type/Page/A/Type/B true/C null/D -1.5>>",
            b"/A % /A\n/B /C /C",
        ] {
            assert!(!repeats_a_key(sound), "{}", String::from_utf8_lossy(sound));
        }
        for wrong in [&b"/A 1 /B /C /A 2"[..], b"<</A/B/A/C>>", b"/A [1 2] /B (x) /A << /X 1 >>"] {
            assert!(repeats_a_key(wrong), "{}", String::from_utf8_lossy(wrong));
        }
    }
}
