package dev.millrace.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * All rows of a stretch of time, of which the venue gives a part at a time. It does not say which part: recorded replies begin
 * with the newest, its documentation pages upward. So the next page begins where the rows themselves end, with that millisecond
 * once more, since a page may end within it; what came before is left out.
 */
final class TimePages {

    /** The venue cuts no shorter page: 500 elements or distinct blocks, 2000 fills. */
    private static final int SHORT = 500;

    private TimePages() {}

    /** Asks for the rows of a stretch of time, both ends inclusive, ms since 1970. */
    @FunctionalInterface
    interface Page<T> {
        List<T> ask(long fromMs, long toMs) throws InfoException, InterruptedException;
    }

    /**
     * All rows, ascending, each once.
     *
     * @param timeMs of a row
     * @throws InfoException when a page failed, or the venue gives no way to the rest of one millisecond
     */
    static <T> List<T> all(long fromMs, long toMs, ToLongFunction<T> timeMs, Page<T> page)
            throws InfoException, InterruptedException {
        Set<T> all = new LinkedHashSet<>();
        long askedMs = fromMs;
        long untilMs = toMs;
        List<T> rows = page.ask(askedMs, untilMs);
        all.addAll(rows);
        while (rows.size() >= SHORT) {
            long firstMs = timeMs.applyAsLong(rows.get(0));
            long lastMs = timeMs.applyAsLong(rows.get(rows.size() - 1));
            if (firstMs == lastMs) {
                throw InfoException.ofReply("the venue gave " + rows.size() + " rows of the one millisecond " + firstMs
                        + ", and no way to those behind them; ask for the time before and after it");
            }
            if (firstMs < lastMs) {
                askedMs = lastMs;
            } else {
                untilMs = lastMs;
            }
            rows = page.ask(askedMs, untilMs);
            all.addAll(rows);
        }
        List<T> ascending = new ArrayList<>(all);
        ascending.sort(Comparator.comparingLong(timeMs));
        return ascending;
    }
}
