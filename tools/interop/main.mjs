// Makes a lake and a snapshot through the command line, from a seeded recording, and reads both with hyparquet and DuckDB's
// Node.js client. Each value is held against what the frames of the journal say, or against what `millrace query` answers.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkDocumentation } from './documentation.mjs';
import { checkFiles, checkQueries, checkSnapshot } from './checks.mjs';
import { told } from './compare.mjs';
import { readLake } from './files.mjs';
import { make } from './make.mjs';

const kept = process.argv[2];
const folder = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), 'millrace-interop-'));
mkdirSync(folder, { recursive: true });
try {
  const { millrace, rows } = await make(folder);
  const lake = join(folder, 'data/lake');
  const files = await readLake(lake);
  checkFiles(files, rows);
  await checkQueries(files, lake, millrace);
  await checkSnapshot(join(folder, 'copy.duckdb'), rows, millrace);
  await checkDocumentation(files, lake);
  process.exitCode = told() ? 0 : 1;
} catch (failure) {
  console.error(`interop: ${failure.message}`);
  process.exitCode = 1;
} finally {
  if (!kept) {
    rmSync(folder, { recursive: true });
  }
}
