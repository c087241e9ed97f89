//! What is told to designers: Typst's words with the place in the project's own
//! template, the name that was meant, one error for one slip, and files that
//! nothing uses.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Manuscript, nearest, unknown_family};
use crate::diag::{Arg, Code, Diagnostic, Phrase, Place};
use crate::templates::{CONTRACT, Template, is_font};

/// Makes findings of what Typst said, besides those that are there already.
pub(super) fn told(
    found: Vec<Diagnostic>,
    before: &[Diagnostic],
    manuscript: &Manuscript,
) -> Vec<Diagnostic> {
    let template = manuscript.template();
    let mut told: Vec<Diagnostic> = Vec::new();
    for mut finding in one_an_error(found) {
        if !matches!(finding.code, Code::TemplateError | Code::TemplateWarning | Code::TemplateSays) {
            told.push(finding);
            continue;
        }
        if let Some(place) = &mut finding.place {
            place.file = template.shown(&place.file);
        }
        let finding = match said(&finding).map(ToOwned::to_owned) {
            Some(said) => match said.strip_prefix("unknown font family: ") {
                Some(family) => {
                    let (family, place) = mention(template, family);
                    unknown_family(&family, manuscript).at(place.or(finding.place))
                }
                None => explained(finding, &said, template),
            },
            None => finding,
        };
        if !before.iter().chain(&told).any(|other| is_same(other, &finding)) {
            told.push(finding);
        }
    }
    told
}

/// What Typst said.
fn said(finding: &Diagnostic) -> Option<&str> {
    finding.args.iter().find_map(|(name, arg)| match arg {
        Arg::Phrase(Phrase::Foreign(said)) if *name == "message" => Some(said.as_str()),
        _ => None,
    })
}

/// An unclosed bracket brings about many errors: of each file the one that
/// tells why, else the first.
fn one_an_error(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    for finding in found {
        let file = |d: &Diagnostic| d.place.as_ref().map(|place| place.file.clone());
        let same = kept.iter_mut().find(|d| d.code == Code::TemplateError && file(d) == file(&finding));
        match same.filter(|_| finding.code == Code::TemplateError) {
            Some(first) => {
                let unclosed = |d: &Diagnostic| said(d).is_some_and(|said| said.starts_with("unclosed"));
                if unclosed(&finding) && !unclosed(first) {
                    *first = finding;
                }
            }
            None => kept.push(finding),
        }
    }
    kept
}

/// With the name that was meant, and calls by the files people know.
fn explained(mut finding: Diagnostic, said: &str, template: &Template) -> Diagnostic {
    let unknown = said.strip_prefix("unknown variable: ");
    let named = unknown.and_then(|name| {
        let names = names(template);
        nearest(name, names.iter().map(String::as_str))
    });
    for (_, arg) in &mut finding.args {
        if let Arg::Phrase(Phrase::ForeignHints { meant, calls, .. }) = arg {
            meant.clone_from(&named);
            for (file, _) in calls {
                *file = template.shown(file);
            }
        }
    }
    finding
}

/// Names that the files of a template define.
fn names(template: &Template) -> BTreeSet<String> {
    let texts = sources(template);
    let defined = texts.values().flat_map(|text| text.split("let ").skip(1));
    let name = |rest: &str| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
        rest[..end].to_owned()
    };
    defined.map(name).filter(|name| name.len() > 1).collect()
}

/// The Typst files of a template.
fn sources(template: &Template) -> BTreeMap<&str, &str> {
    let typ = template.files.iter().filter(|(path, _)| path.ends_with(".typ"));
    typ.filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?))).collect()
}

/// Whether two findings say the same: of a family once is enough.
fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a == b || a.code == Code::UnknownFamily && a.code == b.code && a.args == b.args
}

/// How a template writes a family, and where.
fn mention(template: &Template, family: &str) -> (String, Option<Place>) {
    let quoted = format!("\"{family}\"");
    let texts =
        template.files.iter().filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)));
    let mut found = texts.filter_map(|(path, text)| {
        // Typst tells families in small letters.
        let at = text.to_ascii_lowercase().find(&quoted.to_ascii_lowercase())?;
        let written = text.get(at + 1..at + quoted.len() - 1)?;
        Some((written.to_owned(), Some(Place::new(&template.shown(path), text, at..at + quoted.len()))))
    });
    found.next().unwrap_or((family.to_owned(), None))
}

/// Files of the project's own template that nothing uses; `asked` are those
/// that were read while the book was laid out.
pub(super) fn unreached(template: &Template, asked: &BTreeSet<String>) -> Vec<Diagnostic> {
    let texts = sources(template);
    let mut reached: BTreeSet<&str> = template.contract.entries.values().map(String::as_str).collect();
    reached.extend(["common/proof.typ", "common/delivery.typ"]);
    reached.extend(asked.iter().map(String::as_str));
    let mut open: Vec<&str> = reached.iter().copied().collect();
    while let Some(path) = open.pop() {
        let Some(text) = texts.get(path) else { continue };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for named in text.split('"').skip(1).step_by(2) {
            let target = resolved(folder, named);
            if let Some((target, _)) = template.files.get_key_value(&target)
                && reached.insert(target)
            {
                open.push(target);
            }
        }
    }
    let own = template
        .own
        .iter()
        .filter(|(path, _)| path.as_str() != CONTRACT && !is_font(path) && !reached.contains(path.as_str()));
    own.map(|(path, shown)| {
        let others = template.files.keys().map(String::as_str).filter(|other| *other != path.as_str());
        let meant = Phrase::DidYouMean(nearest(path, others));
        let told = Diagnostic::new(Code::UnreachedFile).at(Some(Place::new(shown, "", 0..0)));
        told.arg("file", shown.as_str()).arg("meant", meant)
    })
    .collect()
}

/// A path that a file in a folder names, from the root of the template.
fn resolved(folder: &str, named: &str) -> String {
    let whole = if named.starts_with('/') { named.to_owned() } else { format!("{folder}/{named}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}
