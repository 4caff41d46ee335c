// The times that the data turn on, in microseconds since 1970.

/** Between the closed day and the one under way. */
export const MIDNIGHT = BigInt(Date.UTC(2026, 2, 2)) * 1_000n;

/** The last whole hour that may not change any more when the recording ends. */
export const HOUR_END = MIDNIGHT + 3_600_000_000n;

/** Whether the files of the lake must hold the row; a bar belongs there once its bucket is over. */
export const isClosed = (row) => row.timestamp < HOUR_END && (row.end ?? 0n) <= HOUR_END;

/** The UTC day of a time, as in the folders. */
export const day = (micros) => new Date(Number(micros / 1_000n)).toISOString().slice(0, 10);
