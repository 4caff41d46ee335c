package dev.millrace.store;

import dev.millrace.tables.Column;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest bars of what was asked for lately, in memory: at most {@value #BUCKETS} of each of {@value #SERIES} series, some
 * 90 MB when all are full. A series is read from the tables when it is first asked for; from then on {@code md-store-flush}
 * tells what it commits, so that an answer is what the views {@code bars} and {@code bars_1s} give. Where that is not certain
 * there is no answer, and the tables are to be asked. Any thread.
 */
final class NewestBars {

    private static final int BUCKETS = 5_000;
    private static final int SERIES = 32;
    private static final List<Table> TABLES = List.of(Table.OHLCV_BARS, Table.OHLCV_1S);
    private static final int KEY_COLUMNS = 3;
    private static final int SOURCE = place("source");
    private static final int TIMESTAMP = place("timestamp");
    private static final int COMPLETE = place("complete");
    private static final int REVISION = place("revision");
    private static final int SEQUENCE = place("journal_seq");

    private final int capacity;
    private final Map<List<String>, BarSeries> series = new LinkedHashMap<>(SERIES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, BarSeries> eldest) {
            return size() > SERIES;
        }
    };

    NewestBars() {
        this(BUCKETS);
    }

    /** @param capacity buckets of a series */
    NewestBars(int capacity) {
        this.capacity = capacity;
    }

    private static int place(String name) {
        return Table.OHLCV_BARS.columns().stream().map(Column::name).toList().indexOf(name);
    }

    /**
     * Gives what was asked for, if it is sure to know it.
     *
     * @param queries reads a series that is not here yet
     * @return whether it did
     */
    boolean answer(BarsAsked asked, Limits limits, Queries queries, ResultSink sink) throws IOException {
        boolean begin = asked.to().isEmpty() && limits.rows() <= capacity;
        Optional<BarSeries> known = begin ? Optional.of(known(asked, limits, queries)) : find(key(asked));
        Optional<List<List<Object>>> rows = known.flatMap(held -> held.newest(
                asked.from().map(NewestBars::micros).orElse(Long.MIN_VALUE),
                asked.to().map(NewestBars::micros).orElse(Long.MAX_VALUE),
                limits.rows()));
        if (rows.isPresent()) {
            sink.columns(known.get().columns());
            for (List<Object> row : rows.get()) {
                sink.row(row);
            }
        }
        return rows.isPresent();
    }

    private BarSeries known(BarsAsked asked, Limits limits, Queries queries) throws IOException {
        List<String> key = key(asked);
        BarSeries begun = new BarSeries(capacity);
        synchronized (this) {
            BarSeries held =
                    series.putIfAbsent(key, begun); // before it is read: what is committed from now on waits in it
            if (held != null) {
                return series.get(key);
            }
        }
        boolean sure = false;
        try {
            sure = load(begun, asked, limits, queries);
        } finally {
            if (!sure) {
                forget(key, begun);
            }
        }
        return begun;
    }

    private boolean load(BarSeries begun, BarsAsked asked, Limits limits, Queries queries) throws IOException {
        LoadedBars rows = new LoadedBars();
        queries.prepared(
                LoadedBars.sql(asked.timeframe()),
                List.of(asked.symbol(), asked.timeframe(), asked.basis(), capacity),
                new Limits(Long.MAX_VALUE, limits.time()),
                rows);
        return !rows.bars().isEmpty() && begun.load(rows.columns(), rows.bars(), rows.reached());
    }

    private static List<String> key(BarsAsked asked) {
        return List.of(asked.symbol(), asked.timeframe(), asked.basis());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private synchronized Optional<BarSeries> find(List<String> key) {
        return Optional.ofNullable(series.get(key));
    }

    private synchronized void forget(List<String> key, BarSeries gone) {
        series.remove(key, gone);
    }

    /** Days have left the tables for good. */
    synchronized void forget() {
        series.clear();
    }

    /** Takes what has just been committed. Thread {@code md-store-flush}. */
    void onCommitted(Batch batch) {
        if (isEmpty()) {
            return;
        }
        for (Table table : TABLES) {
            RowBuffer rows = batch.of(table);
            for (int row = 0; row < rows.rows(); row++) {
                apply(rows, row);
            }
        }
    }

    private synchronized boolean isEmpty() {
        return series.isEmpty();
    }

    private void apply(RowBuffer rows, int row) {
        List<String> key = new ArrayList<>(KEY_COLUMNS);
        for (int column = 0; column < KEY_COLUMNS; column++) {
            key.add((String) rows.value(column, row));
        }
        find(key).ifPresent(held -> {
            if (!held.apply(bar(rows, row))) {
                forget(key, held);
            }
        });
    }

    private static StoredBar bar(RowBuffer rows, int row) {
        List<Object> values = new ArrayList<>(SEQUENCE - SOURCE);
        for (int column = TIMESTAMP; column < SEQUENCE; column++) {
            values.add(rows.value(column, row));
        }
        String source = (String) rows.value(SOURCE, row);
        values.add(source);
        return new StoredBar(
                micros(Instant.parse((String) rows.value(TIMESTAMP, row))),
                source,
                (Boolean) rows.value(COMPLETE, row),
                (Long) rows.value(REVISION, row),
                (Long) rows.value(SEQUENCE, row),
                Collections.unmodifiableList(values));
    }
}
