package dev.millrace.journal;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Which records {@link JournalCat} prints: those that pass all of it.
 *
 * @param fromNs earliest receive time, inclusive, ns since 1970
 * @param toNs latest receive time, exclusive
 * @param coin wire name; passes payloads that name it as {@code "coin":"X"} or {@code "s":"X"}; null for all
 * @param kind null for all
 * @param bad what counts as bad besides damaged records, for example a frame that does not decode; null prints good and
 *     bad
 */
public record CatFilter(long fromNs, long toNs, String coin, RecordKind kind, Predicate<MarketEvent> bad) {

    /** Passes everything. */
    public static final CatFilter ALL = new CatFilter(Long.MIN_VALUE, Long.MAX_VALUE, null, null, null);

    boolean passes(MarketEvent event, boolean sound) {
        return event.receiveNs() >= fromNs
                && (event.receiveNs() < toNs || toNs == Long.MAX_VALUE)
                && (kind == null || event.kind() == kind)
                && (coin == null || names(event, "\"coin\":\"" + coin + '"') || names(event, "\"s\":\"" + coin + '"'))
                && (bad == null || !sound || bad.test(event));
    }

    private static boolean names(MarketEvent event, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = event.bytes();
        int last = event.length() - wanted.length;
        for (int at = 0; at <= last; at++) {
            if (startsWith(bytes, at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
