// What the independent readers read, held against the journal's frames and against the program's own answers.
import { same, sameRows } from './compare.mjs';
import { Duck, fromCsv, inMicros } from './duck.mjs';
import { COINS } from './recording.mjs';
import { day, isClosed } from './time.mjs';

/** The view of each dataset. */
const VIEWS = { ohlcv: 'all_bars', tick_data: 'ticks', book_tops: 'tops', asset_context: 'contexts', feed_gaps: 'gaps', books: 'levels' };

const ofDataset = (files, dataset) => files.filter((file) => file.dataset === dataset);
const columnsOf = (rows) => Object.keys(rows[0]).filter((column) => column !== 'end');

/** By hyparquet alone: paths, footers, and each row that the frames give. */
export function checkFiles(files, rows) {
  for (const { path, symbol, date, rows: held, footer } of files) {
    same(`${path}: its footer's symbol`, symbol, footer['millrace.symbol']);
    same(`${path}: its footer's rows`, held.length, footer['millrace.rows']);
    same(`${path}: symbols in it`, symbol, [...new Set(held.map((row) => row.symbol))].join(' and '));
    same(`${path}: days in it`, date, [...new Set(held.map((row) => row.date))].join(' and '));
    same(`${path}: the day of its times`, date, [...new Set(held.map((row) => day(row.timestamp ?? row.from_time)))].join(' and '));
  }
  for (const [dataset, expected] of Object.entries(rows)) {
    const held = ofDataset(files, dataset).flatMap((file) => file.rows);
    sameRows(`hyparquet, ${dataset} by the frames`, expected.filter(isClosed), held, columnsOf(expected));
  }
  const gaps = ofDataset(files, 'feed_gaps').map((file) => file.symbol);
  same('symbols with a gap, which the second session left all', [...COINS].sort(), gaps.sort());
}

/** By both readers of the files: every column, as `millrace query --lake` answers. */
export async function checkQueries(files, lake, millrace) {
  const duck = await Duck.open();
  for (const [dataset, view] of Object.entries(VIEWS)) {
    const source = `read_parquet('${lake}/${dataset}/*/*/*.parquet', hive_partitioning = true, hive_types = {'symbol': VARCHAR, 'date': DATE})`;
    const types = await duck.types(`FROM ${source}`);
    const answer = fromCsv(millrace.run('query', inMicros(view, types), '--lake', '--format', 'csv'), types);
    const columns = Object.keys(types).filter((column) => column !== 'date');
    sameRows(`hyparquet, ${dataset} by millrace query`, answer, ofDataset(files, dataset).flatMap((file) => file.rows), columns);
    sameRows(`DuckDB, ${dataset} by millrace query`, answer, await duck.rows(`FROM ${source}`), columns);
  }
  duck.close();
}

/** By DuckDB: both sides of the copy, by the frames and as `millrace query` answers of the original. */
export async function checkSnapshot(copy, rows, millrace) {
  const duck = await Duck.open(copy);
  for (const [dataset, view] of [...Object.entries(VIEWS), ['mids', 'mids'], ['ohlcv_1s', 'bars_1s']]) {
    const types = await duck.types(`FROM ${view}`);
    const held = await duck.rows(`FROM ${view}`);
    const answer = fromCsv(millrace.run('query', inMicros(view, types), '--format', 'csv'), types);
    sameRows(`the snapshot, ${dataset} by millrace query`, answer, held, Object.keys(types));
    if (dataset in rows && dataset !== 'ohlcv') {
      sameRows(`the snapshot, ${dataset} by the frames`, rows[dataset], held, columnsOf(rows[dataset]));
    }
  }
  duck.close();
}
