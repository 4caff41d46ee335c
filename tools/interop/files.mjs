// The lake through hyparquet: every file, and the partition that its path names.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

const parsers = {
  timestampFromMicroseconds: (micros) => micros,
  dateFromDays: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

/** `{dataset, symbol, date, path, rows, footer}` of every file below the folder. */
export async function readLake(folder) {
  const files = [];
  for (const path of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.parquet')).sort()) {
    const [dataset, symbol, date] = path.split('/');
    const file = await asyncBufferFromFile(join(folder, path));
    const metadata = await parquetMetadataAsync(file, { parsers });
    files.push({
      dataset,
      path,
      symbol: decodeURIComponent(value(symbol, 'symbol', path)),
      date: value(date, 'date', path),
      rows: await parquetReadObjects({ file, metadata, compressors, parsers }),
      footer: Object.fromEntries(metadata.key_value_metadata.map(({ key, value: of }) => [key, of])),
    });
  }
  return files;
}

function value(part, name, path) {
  if (!part.startsWith(`${name}=`)) {
    throw new Error(`${path} is no Hive partition: '${part}' does not begin with '${name}='`);
  }
  return part.slice(name.length + 1);
}
