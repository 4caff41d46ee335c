// The lines that README.md and lake.md show to readers of the lake, as they stand there, so that their globs are right.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { same, sameRows } from './compare.mjs';
import { Duck } from './duck.mjs';
import { MIDNIGHT, day } from './time.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const CLOSED = day(MIDNIGHT - 1n);

export async function checkDocumentation(files, lake) {
  const duck = await Duck.open();
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  await sql(duck, only(readme, /duckdb\.sql\(f"(.*)"\)/g, 'README.md').replaceAll('{lake}', lake), bars(files, 'BTC', '1h'));
  await glob(duck, only(readme, /scan_parquet\(f"(.*?)"\)/g, 'README.md').replaceAll('{lake}', lake), files);
  const file = only(readme, /read_parquet\(f"(.*?)"\)/g, 'README.md').replace('{lake}/', '').replace(/date=[\d-]+/, `date=${CLOSED}`);
  same(`README.md: a file ${file}`, true, files.some((one) => one.path === file));
  const page = readFileSync(join(ROOT, 'engine/doc/formats/lake.md'), 'utf8');
  const shown = only(page, /```sql\n([^;]*);/g, 'lake.md').replaceAll("'lake/", `'${lake}/`).replace(/date = '.*?'/, `date = '${CLOSED}'`);
  await sql(duck, shown, bars(files, 'kPEPE', '1m').filter((row) => row.date === CLOSED));
  duck.close();
}

function only(text, pattern, page) {
  const found = [...text.matchAll(pattern)];
  if (found.length !== 1) {
    throw new Error(`${page} has ${found.length} lines like ${pattern}, not 1; mend documentation.mjs`);
  }
  return found[0][1];
}

function bars(files, symbol, timeframe) {
  const of = files.filter((file) => file.dataset === 'ohlcv' && file.symbol === symbol);
  return of.flatMap((file) => file.rows).filter((row) => row.timeframe === timeframe);
}

async function sql(duck, query, expected) {
  sameRows(`documentation: ${query}`, expected, await duck.rows(query), Object.keys(expected[0]));
}

/** That of the polars line, which DuckDB reads alike. */
async function glob(duck, path, files) {
  const of = files.filter((file) => file.dataset === 'tick_data' && file.symbol === 'BTC').flatMap((file) => file.rows);
  const [{ rows }] = await duck.rows(`SELECT count(*) AS rows FROM read_parquet('${path}')`);
  same(`README.md: rows of ${path}`, of.length, rows);
}
