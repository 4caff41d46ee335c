// DuckDB's client for Node.js, and the CSV of `millrace query`, as rows of the same JavaScript values.
import { DuckDBInstance } from '@duckdb/node-api';

export class Duck {
  #connection;

  /** A database file, only read; without one a database in memory. */
  static async open(file) {
    const duck = new Duck();
    const instance = await DuckDBInstance.create(file ?? ':memory:', file ? { access_mode: 'READ_ONLY' } : {});
    duck.#connection = await instance.connect();
    await duck.#connection.run("SET TimeZone = 'America/New_York'"); // no answer may depend on the zone
    return duck;
  }

  /** Rows of a SELECT; times as microseconds, days as text. */
  async rows(sql) {
    const reader = await this.#connection.runAndReadAll(sql);
    return reader.getRowObjects().map((row) => Object.fromEntries(Object.entries(row).map(([name, of]) => [name, plain(of)])));
  }

  /** Types by column. */
  async types(sql) {
    const rows = await this.rows(`SELECT column_name, column_type FROM (DESCRIBE ${sql})`);
    return Object.fromEntries(rows.map(({ column_name, column_type }) => [column_name, column_type]));
  }

  close() {
    this.#connection.closeSync();
  }
}

function plain(value) {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return 'micros' in value ? value.micros : value.toString();
}

/** `SELECT * FROM source` with times as microseconds, for the command line. */
export function inMicros(source, types) {
  const times = Object.keys(types).filter((name) => types[name] === 'TIMESTAMP WITH TIME ZONE');
  return `SELECT * REPLACE (${times.map((name) => `epoch_us(${name}) AS ${name}`).join(', ')}) FROM ${source}`;
}

/** Rows of a CSV whose columns have these types; no text of ours holds a comma, a quote or a line feed. */
export function fromCsv(csv, types) {
  const [head, ...lines] = csv.trimEnd().split('\n').map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, typed(line[i], types[name])])));
}

function typed(text, type) {
  if (text === '') {
    return null;
  }
  return type === 'DOUBLE' ? Number(text) : text;
}
