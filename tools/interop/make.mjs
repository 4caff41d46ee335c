// The data: recordings imported as three sessions, stored by the role `store` alone until what is due lies in the lake.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expected } from './expected.mjs';
import { Millrace } from './millrace.mjs';
import { COINS, recording } from './recording.mjs';
import { MIDNIGHT, isClosed } from './time.mjs';

const SEED = 20260302;
const SETTINGS = ['roles=store', 'store.keep=0 s', 'store.full-books=true', 'lake.roll-interval=100 ms', 'ops.port=0'];

const REACHED =
  "SELECT committed_sequence || ' ' || (SELECT count(*) FROM partitions WHERE side = 'lake') FROM position";

/** The command line on these data, and the rows by dataset that they must hold. */
export async function make(folder) {
  const data = join(folder, 'data');
  const millrace = new Millrace([`data.dir=${data}`, ...SETTINGS]);
  const sequence = importSessions(folder, millrace);
  const frames = join(folder, 'frames.txt');
  millrace.plain('journal', 'export', '--meta', '--to', frames, join(data, 'journal'));
  const rows = expected(readFileSync(frames, 'utf8'));
  millrace.start();
  try {
    const closed = partitions(rows, (row) => row.timestamp < MIDNIGHT) + COINS.length; // each with its gap
    const hourly = closed + partitions(rows, (row) => row.timestamp >= MIDNIGHT && isClosed(row));
    await millrace.until(`${hourly} files in the lake`, () => files(join(data, 'lake')) === hourly);
    await millrace.until(`record ${sequence} and ${closed} partitions`, () => millrace.value(REACHED) === `${sequence} ${closed}`);
    millrace.run('snapshot', '--to', join(folder, 'copy.duckdb'));
    await millrace.stop();
  } finally {
    millrace.kill();
  }
  return { millrace, rows };
}

/** The journal's last record. */
function importSessions(folder, millrace) {
  const said = recording(SEED).map((lines, i) => {
    const file = join(folder, `session-${i + 1}.txt`);
    writeFileSync(file, lines.join('\n') + '\n');
    return millrace.plain('journal', 'import', file, '--journal', join(folder, 'data/journal'));
  });
  return said.at(-1).match(/to ([\d,]+)/)[1].replaceAll(',', '');
}

function partitions(rows, wanted) {
  const symbols = (of) => new Set(of.filter(wanted).map((row) => row.symbol)).size;
  return Object.values(rows).reduce((count, of) => count + symbols(of), 0);
}

function files(lake) {
  return !existsSync(lake) ? 0 : readdirSync(lake, { recursive: true }).filter((name) => name.endsWith('.parquet')).length;
}
