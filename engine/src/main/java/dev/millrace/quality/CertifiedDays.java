package dev.millrace.quality;

import dev.millrace.market.Timeframe;
import java.io.IOException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Days that were certified.
 *
 * @param written certificates
 * @param pending certificates that were not, because a difference to the exchange has not been read again yet
 * @param states of those that were written
 * @param last day that has a certificate; empty for none
 */
public record CertifiedDays(long written, long pending, Map<State, Long> states, Optional<LocalDate> last) {

    /**
     * Writes what lacks: a certificate for each timeframe of each day that is over, of coins of which there are bars of our
     * own. What is there stays, but for one that was pending.
     *
     * @param to exclusive
     * @param oldest first record that the journal holds
     * @throws InterruptedException when the thread was interrupted between two days
     */
    public static CertifiedDays write(
            Certificates certificates, QualityTables tables, LocalDate from, LocalDate to, long oldest)
            throws IOException, InterruptedException {
        Adding adding = new Adding();
        long asOfMs = tables.asOfMs();
        for (Map.Entry<QualityTables.Day, List<String>> entry :
                tables.ownDays(from, to).entrySet()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            QualityTables.Day of = entry.getKey();
            if (!certificates.areSettled(of.symbol(), of.date(), entry.getValue())) {
                SymbolDay day = tables.day(of.symbol(), of.date(), asOfMs);
                if (day.rows().over()) {
                    adding.certify(day, certificates, tables.trades(of.symbol(), of.date()), oldest);
                }
            } else {
                adding.reached(of.date());
            }
        }
        return new CertifiedDays(adding.written, adding.pending, adding.states, adding.last);
    }

    private static final class Adding {

        private final Map<State, Long> states = new EnumMap<>(State.class);
        private long written;
        private long pending;
        private Optional<LocalDate> last = Optional.empty();

        void certify(SymbolDay day, Certificates certificates, DayTrades trades, long oldest) throws IOException {
            for (Timeframe timeframe : day.timeframes()) {
                if (certificates.areSettled(day.symbol(), day.date(), List.of(timeframe.label()))) {
                    continue;
                }
                Certificate certificate = Certificate.of(day, timeframe, trades, oldest);
                if (certificate.isPending()) {
                    pending++;
                } else {
                    certificates.write(certificate);
                    written++;
                    states.merge(certificate.state(), 1L, Long::sum);
                    reached(day.date());
                }
            }
        }

        void reached(LocalDate date) {
            last = last.filter(day -> day.isAfter(date)).or(() -> Optional.of(date));
        }
    }
}
