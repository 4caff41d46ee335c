package dev.millrace.quality;

import dev.millrace.market.Timeframe;
import java.io.IOException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What became of a day's certificates.
 *
 * @param written how many
 * @param pending how many were not, because a difference to the exchange has not been read again yet
 * @param waiting coins of which some were not
 * @param states of those that were written
 */
public record CertifiedDay(long written, long pending, SortedSet<String> waiting, Map<State, Long> states) {

    /** Whether each bar of the day has its certificate. */
    public boolean isDone() {
        return waiting.isEmpty();
    }

    /**
     * Writes what lacks: a certificate for each timeframe of the day, of coins of which there are bars of our own. What is
     * there stays, but for one that was pending.
     *
     * @param last whether the exchange cannot be asked of the day any more: what is pending then stays so, and is written
     * @param oldest first record that the journal holds
     * @throws InterruptedException when the thread was interrupted between two coins
     */
    public static CertifiedDay write(
            Certificates certificates,
            QualityTables tables,
            StreamsOfDays streams,
            LocalDate date,
            boolean last,
            long oldest)
            throws IOException, InterruptedException {
        Adding adding = new Adding(certificates, last);
        long asOfMs = tables.asOfMs();
        for (Map.Entry<String, List<String>> entry : tables.ownOf(date).entrySet()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String symbol = entry.getKey();
            if (!certificates.areSettled(symbol, date, entry.getValue(), last)) {
                SymbolDay day = tables.day(symbol, date, asOfMs);
                if (day.rows().over()) {
                    adding.certify(day, tables.trades(symbol, date), streams, oldest);
                } else {
                    adding.waiting.add(symbol);
                }
            }
        }
        return new CertifiedDay(adding.written, adding.pending, adding.waiting, adding.states);
    }

    private static final class Adding {

        private final Certificates certificates;
        private final boolean last;
        private final Map<State, Long> states = new EnumMap<>(State.class);
        private final SortedSet<String> waiting = new TreeSet<>();
        private long written;
        private long pending;

        Adding(Certificates certificates, boolean last) {
            this.certificates = certificates;
            this.last = last;
        }

        void certify(SymbolDay day, DayTrades trades, StreamsOfDays streams, long oldest) throws IOException {
            for (Timeframe timeframe : day.timeframes()) {
                if (certificates.areSettled(day.symbol(), day.date(), List.of(timeframe.label()), last)) {
                    continue;
                }
                Certificate certificate =
                        Certificate.of(day, timeframe, trades, streams.of(day.symbol(), day.date()), oldest);
                if (certificate.isPending() && !last) {
                    pending++;
                    waiting.add(day.symbol());
                } else {
                    certificates.write(certificate);
                    written++;
                    states.merge(certificate.state(), 1L, Long::sum);
                }
            }
        }
    }
}
