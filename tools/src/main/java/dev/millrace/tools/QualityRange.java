package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.journal.JournalReader;
import dev.millrace.quality.QualityTables;
import dev.millrace.quality.SymbolDay;
import dev.millrace.store.Limits;
import dev.millrace.store.RefusedException;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Of which coins and days quality is asked. */
final class QualityRange {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int DAYS = 7;
    private static final long DAY_MS = 86_400_000;

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "In the first day, UTC; by default the last seven days.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Behind the last day, UTC; by default what there is.")
    private Instant to;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    EngineConfig config() {
        return options.load().engine();
    }

    /** Uses the tables while they are open. */
    @FunctionalInterface
    interface Use {
        void of(QualityTables tables) throws IOException;
    }

    /** Of a daemon that runs, else of the files that it left. */
    static void read(EngineConfig config, Use use) throws IOException {
        try (Tables tables = TableOptions.tables(config)) {
            use.of(new QualityTables(
                    (sql, row) -> tables.query(sql, new Limits(Long.MAX_VALUE, PATIENCE), ResultSink.of(row)),
                    config.results().bars().revisionWindow()));
        }
    }

    /** First record that the journal holds; {@link Long#MAX_VALUE} where there is none. */
    static long oldestRecord(EngineConfig config) {
        return JournalReader.oldest(config.data().journal());
    }

    /** Takes each day, coin by coin, ascending. */
    interface Days {
        void day(SymbolDay day) throws IOException;
    }

    /**
     * Reads the days of the range, of one coin or all.
     *
     * @param coin null for all
     * @return the days of the range
     */
    List<LocalDate> days(QualityTables tables, String coin, Days days) throws IOException {
        long asOfMs = tables.asOfMs();
        LocalDate last = to == null ? date(asOfMs - 1) : date(to.toEpochMilli() - 1);
        LocalDate first = from == null ? last.minusDays(DAYS - 1L) : date(from.toEpochMilli());
        if (first.isAfter(last)) {
            throw new ParameterException(spec.commandLine(), "--from must be before --to");
        }
        LocalDate end = last.isAfter(date(asOfMs)) ? date(asOfMs) : last;
        for (Map.Entry<String, LocalDate> symbol :
                chosen(tables, coin, first, last).entrySet()) {
            LocalDate begin = symbol.getValue().isAfter(first) ? symbol.getValue() : first;
            for (LocalDate date = begin; !date.isAfter(end); date = date.plusDays(1)) {
                days.day(tables.day(symbol.getKey(), date, asOfMs));
            }
        }
        return first.datesUntil(last.plusDays(1)).toList();
    }

    private static SortedMap<String, LocalDate> chosen(
            QualityTables tables, String coin, LocalDate first, LocalDate last) throws IOException {
        SortedMap<String, LocalDate> all = tables.symbols(first, last.plusDays(1));
        if (coin == null && !all.isEmpty()) {
            return all;
        }
        if (coin == null || !all.containsKey(coin)) {
            throw new RefusedException("there are no bars " + (coin == null ? "" : "of " + coin + " ") + "from " + first
                    + " to " + last + (all.isEmpty() ? "" : "; there are some of " + String.join(" ", all.keySet())));
        }
        return new TreeMap<>(Map.of(coin, all.get(coin)));
    }

    private static LocalDate date(long ms) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(Math.max(0, ms - ms % DAY_MS)), ZoneOffset.UTC);
    }
}
