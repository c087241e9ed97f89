//! Which layers are printed (ISO 32000-1, 8.11.2).

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};

/// Expressions in each other that are followed.
const DEPTH: usize = 24;

/// Whether what an entry of a dictionary names, a layer or a membership of
/// layers, is not printed.
pub(super) fn hides(dict: &Dict, key: &[u8], hidden: &[ObjectIdentifier]) -> bool {
    if dict.get_ref(key).is_some_and(|id| hidden.contains(&id.into())) {
        return true;
    }
    let membership = dict
        .get::<Dict>(key)
        .filter(|layer| layer.get::<Name>(b"Type").is_some_and(|kind| kind.as_ref() == b"OCMD"));
    membership.is_some_and(|membership| !shows(&membership, hidden))
}

/// Whether a membership shows what belongs to it: by its expression, or by its
/// policy on its layers.
fn shows(membership: &Dict, hidden: &[ObjectIdentifier]) -> bool {
    if let Some(expression) = membership.get::<Array>(b"VE") {
        return holds(&expression, hidden, 0);
    }
    let layers: Vec<ObjectIdentifier> = match membership.get_raw::<Object>(b"OCGs") {
        Some(MaybeRef::Ref(one)) if membership.get::<Array>(b"OCGs").is_none() => vec![one.into()],
        _ => {
            let listed = membership.get::<Array>(b"OCGs").unwrap_or_default();
            let reference = |item: MaybeRef<Object>| match item {
                MaybeRef::Ref(id) => Some(id.into()),
                MaybeRef::NotRef(_) => None,
            };
            listed.raw_iter().filter_map(reference).collect()
        }
    };
    if layers.is_empty() {
        return true;
    }
    let off = |layer: &ObjectIdentifier| hidden.contains(layer);
    match membership.get::<Name>(b"P").as_ref().map(|policy| policy.as_ref()) {
        Some(b"AllOn") => !layers.iter().any(off),
        Some(b"AnyOff") => layers.iter().any(off),
        Some(b"AllOff") => layers.iter().all(off),
        _ => !layers.iter().all(off),
    }
}

/// Whether an expression of layers holds.
fn holds(expression: &Array, hidden: &[ObjectIdentifier], depth: usize) -> bool {
    if depth > DEPTH {
        return true;
    }
    let mut parts = expression.raw_iter();
    let Some(MaybeRef::NotRef(Object::Name(operator))) = parts.next() else { return true };
    let mut values = parts.map(|part| match part {
        MaybeRef::Ref(id) => !hidden.contains(&ObjectIdentifier::from(id)),
        MaybeRef::NotRef(Object::Array(inner)) => holds(&inner, hidden, depth + 1),
        MaybeRef::NotRef(_) => true,
    });
    match operator.as_ref() {
        b"And" => values.all(|value| value),
        b"Or" => values.any(|value| value),
        b"Not" => !values.next().unwrap_or(false),
        _ => true,
    }
}
