package dev.millrace.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The newest bars of a series, of each source, and the record that the tables reached when they were read. One thread. */
final class LoadedBars implements ResultSink {

    private static final int VALUES = Bars.COLUMNS.split(",").length;

    private final List<StoredBar> bars = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private long reached;

    /** Takes symbol, timeframe, basis and how many buckets. */
    static String sql(String timeframe) {
        String rows = Bars.isSecond(timeframe) ? "bars_1s" : "all_bars";
        return "SELECT " + Bars.COLUMNS + ", epoch_us(timestamp), coalesce(journal_seq, 0),"
                + " (SELECT committed_sequence FROM position) FROM " + rows + Bars.WHERE
                + " QUALIFY dense_rank() OVER (ORDER BY timestamp DESC) <= ?";
    }

    @Override
    public void columns(List<ResultColumn> told) {
        columns = List.copyOf(told.subList(0, VALUES));
        bars.clear();
    }

    @Override
    public void row(List<Object> values) {
        List<Object> given = new ArrayList<>(values.subList(0, VALUES));
        bars.add(new StoredBar(
                (Long) values.get(VALUES),
                (String) given.get(VALUES - 1),
                (Boolean) given.get(place("complete")),
                (Long) given.get(place("revision")),
                (Long) values.get(VALUES + 1),
                Collections.unmodifiableList(given)));
        reached = (Long) values.get(VALUES + 2);
    }

    private int place(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("no column " + name);
    }

    List<StoredBar> bars() {
        return bars;
    }

    List<ResultColumn> columns() {
        return columns;
    }

    long reached() {
        return reached;
    }
}
