//! Text as a terminal may have it: what comes from data, file names and
//! arguments moves no cursor, rings no bell and turns no line around.

/// The text with control characters pictured; line ends and tabs stay.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            '\0'..='\x1F' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}')),
            '\x7F' => out.push('\u{2421}'),
            c if c.is_control() || turns(c) => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The same for one line: line ends become spaces.
pub(super) fn plain_line(text: &str) -> String {
    plain(text).replace(['\n', '\t'], " ")
}

/// The same of a text in which places are told by their bytes: what acts on a
/// terminal is replaced by something as long, but for control characters of
/// ASCII, which the renderer of snippets pictures.
pub(super) fn same_length(text: &str) -> String {
    let stands_in = |c: char| match c.len_utf8() {
        2 => '\u{A4}',
        _ => '\u{25A1}',
    };
    text.chars()
        .map(|c| if !c.is_ascii() && (c.is_control() || turns(c)) { stands_in(c) } else { c })
        .collect()
}

/// JSON text with such characters as escapes; they stand in strings only.
pub(super) fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_control() || turns(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Characters that change the direction of what follows (Unicode TR 9), and
/// those that end a line elsewhere than in a terminal.
fn turns(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_on_a_terminal_is_left() {
        let hostile = "a\x1B[31m\x07\u{9B}31m\u{202E}b\r\nc\u{7F}";
        for text in [plain(hostile), plain_line(hostile), escaped(hostile)] {
            let acts = |c: char| c != '\n' && (c.is_control() || turns(c));
            assert!(!text.contains(acts), "{text:?}");
        }
        let same = same_length(hostile);
        assert!(same.len() == hostile.len() && !same.contains(['\u{9B}', '\u{202E}']));
        assert_eq!(plain_line("a\nb"), "a b");
        let json = escaped(&serde_json::to_string(hostile).unwrap());
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}
