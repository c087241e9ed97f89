// Where a place is after what it is in became something else.

// The common beginning and end of two sequences.
function common(before, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return [start, end];
}

// Where an entry of a list is in another one.
export function moved(before, after, index) {
  const found = after.indexOf(before[index]);
  if (found >= 0) return found;
  const [, end] = common(before, after);
  if (index >= before.length - end) return index + after.length - before.length;
  return Math.max(0, Math.min(index, after.length - 1));
}

// Where a caret in a text is in another one.
export function shifted(before, after, at) {
  const [start, end] = common(before, after);
  if (at <= start) return at;
  return at >= before.length - end ? at + after.length - before.length : Math.min(at, after.length);
}
