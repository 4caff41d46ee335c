package dev.millrace.tools;

import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Passes on some columns of an answer, in the order named. */
final class Projected implements ResultSink {

    private final List<String> names;
    private final ResultSink sink;
    private final List<Integer> places = new ArrayList<>();

    Projected(List<String> names, ResultSink sink) {
        this.names = names;
        this.sink = sink;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        List<String> all = columns.stream().map(ResultColumn::name).toList();
        for (String name : names) {
            places.add(all.indexOf(name));
        }
        sink.columns(places.stream().map(columns::get).toList());
    }

    @Override
    public void row(List<Object> values) throws IOException {
        List<Object> some = new ArrayList<>(places.size());
        for (int place : places) {
            some.add(values.get(place));
        }
        sink.row(some);
    }
}
