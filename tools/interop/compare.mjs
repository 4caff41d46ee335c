// Values held against each other; what differs is told by name and place.

const failures = [];
let compared = 0;

const text = (value) => (value === null || value === undefined ? 'null' : String(value));
const line = (row, columns) => columns.map((column) => text(row[column])).join('|');

/** Every row of both, by these columns, in whatever order. */
export function sameRows(what, expected, actual, columns) {
  const wanted = expected.map((row) => line(row, columns)).sort();
  const found = actual.map((row) => line(row, columns)).sort();
  compared += wanted.length * columns.length;
  const missing = without(wanted, found);
  const tooMany = without(found, wanted);
  if (missing.length + tooMany.length > 0) {
    failures.push(
      `${what}: of ${wanted.length} rows ${missing.length} are missing and ${tooMany.length} are too many; columns ${columns}\n`
        + `    expected ${missing[0] ?? 'no more'}\n    found    ${tooMany[0] ?? 'no more'}`,
    );
  } else if (wanted.length === 0) {
    failures.push(`${what}: there are no rows, which proves nothing`);
  }
}

export function same(what, expected, actual) {
  compared++;
  if (text(expected) !== text(actual)) {
    failures.push(`${what}: expected ${text(expected)}, found ${text(actual)}`);
  }
}

function without(lines, others) {
  const left = new Map();
  others.forEach((other) => left.set(other, (left.get(other) ?? 0) + 1));
  return lines.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
}

/** Prints the outcome; whether all was equal. */
export function told() {
  failures.forEach((failure) => console.error(`interop: ${failure}`));
  console.log(`interop: ${compared} values compared, ${failures.length} comparisons failed`);
  return failures.length === 0;
}
