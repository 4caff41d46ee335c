package dev.millrace.rest;

import dev.millrace.codec.hyperliquid.Understood;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
        Understood<List<T>> ask(long fromMs, long toMs) throws InfoException, InterruptedException;
    }

    /**
     * All rows, ascending, each once.
     *
     * @param timeMs of a row
     * @param odd told each row that was left out; one where two pages meet may be told twice
     * @throws InfoException when a page failed, or the venue gives no way to the rest of one millisecond
     */
    static <T> List<T> all(long fromMs, long toMs, ToLongFunction<T> timeMs, Page<T> page, Consumer<String> odd)
            throws InfoException, InterruptedException {
        Set<T> all = new LinkedHashSet<>();
        long askedMs = fromMs;
        long untilMs = toMs;
        Understood<List<T>> given = page.ask(askedMs, untilMs);
        while (size(given) >= SHORT) {
            given.odd().forEach(odd);
            List<T> rows = given.told();
            all.addAll(rows);
            if (rows.isEmpty()) {
                throw InfoException.ofReply(
                        "none of " + size(given) + " rows could be read, and no way to those behind them is"
                                + " known: " + given.odd().get(0));
            }
            long firstMs = timeMs.applyAsLong(rows.get(0));
            long lastMs = timeMs.applyAsLong(rows.get(rows.size() - 1));
            if (firstMs == lastMs) {
                throw InfoException.ofReply("the venue gave " + size(given) + " rows of the one millisecond " + firstMs
                        + ", and no way to those behind them; ask for the time before and after it");
            }
            if (firstMs < lastMs) {
                askedMs = lastMs;
            } else {
                untilMs = lastMs;
            }
            given = page.ask(askedMs, untilMs);
        }
        given.odd().forEach(odd);
        all.addAll(given.told());
        List<T> ascending = new ArrayList<>(all);
        ascending.sort(Comparator.comparingLong(timeMs));
        return ascending;
    }

    /** What was left out was in the page all the same. */
    private static int size(Understood<? extends List<?>> page) {
        return page.told().size() + page.odd().size();
    }
}
