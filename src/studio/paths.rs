//! Where things are in a project, and the short list of what may be written.

/// The path of a person's file.
pub(super) fn profile(id: &str) -> String {
    format!("data/profiles/{id}.json")
}

/// Where persons who were withdrawn are kept.
pub(super) const WITHDRAWN: &str = "data/profiles/withdrawn";

/// What an import keeps beside the data, which is undone with it.
pub(super) const OF_IMPORTS: [&str; 2] = [crate::intake::RECORD, "data/source/answers.json"];

/// The data files that an act may change: the whole list.
pub(super) fn may_write(file: &str) -> bool {
    let named = |folder: &str| {
        let name = file.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".json"));
        name.is_some_and(is_id)
    };
    matches!(file, "data/booklet.json" | "data/press.json") || named("data/profiles") || named(WITHDRAWN)
}

/// Where photos are kept that nobody uses any more.
pub(super) const ASIDE: &str = "data/photos/aside";

/// Whether a path is that of a photo, in use or aside.
pub(super) fn is_photo(file: &str) -> bool {
    let name = file.strip_prefix(ASIDE).or_else(|| file.strip_prefix("data/photos"));
    name.and_then(|rest| rest.strip_prefix('/')).is_some_and(is_id)
}

/// Whether a word can name a person's file on every system.
pub(super) fn is_id(id: &str) -> bool {
    let plain = |c: char| !c.is_control() && !"/\\<>:\"|?*".contains(c);
    (1..=80).contains(&id.chars().count())
        && !id.starts_with(['.', '~', ' ', '_'])
        && !id.ends_with(['.', ' '])
        && id.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_data_may_be_written() {
        for file in [
            "data/booklet.json",
            "data/press.json",
            "data/profiles/王琦.json",
            "data/profiles/withdrawn/a.json",
        ] {
            assert!(may_write(file), "{file}");
        }
        for file in [
            "templates/spread/main.typ",
            "data/profiles/../booklet.json",
            "data/profiles/a/b.json",
            "data/profiles/.json",
            "data/profiles/..json",
            "data/approvals/a.json",
            "data/profile.schema.json",
            "/etc/passwd",
            "out/manifest.json",
            "",
        ] {
            assert!(!may_write(file), "{file}");
        }
    }
}
