package dev.millrace;

import dev.millrace.market.CandleInterval;
import dev.millrace.market.CandleRead;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.rest.InfoException;
import dev.millrace.rest.VenueInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the exchange for the candles that the market wants of gaps. The answers are journaled, and the market judges them: what
 * is still open after a stop or a failure is wanted again. Thread {@code md-repair}.
 */
final class RepairReads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepairReads.class);
    /** For the market to see an answer. */
    private static final Duration SEEN = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LAST_PAUSE = Duration.ofHours(1);
    /** So many failures in a row are the venue's: the others are asked for at the next look. */
    private static final int MOST_FAILURES = 3;

    private final Supplier<List<CandleRead>> due;
    private final VenueInfo venue;
    private final NanoClock clock;
    private final ErrorLog errors;
    private final Map<Series, Wait> waits = new HashMap<>();
    private final Lookout schedule;

    private record Series(String coin, CandleInterval interval) {

        Series(CandleRead read) {
            this(read.coin(), read.interval());
        }
    }

    /** Not to be asked before; pause is that of the last failure, zero behind an answer. */
    private record Wait(long untilNs, Duration pause) {}

    /** @param due what can be asked for now, by the market */
    RepairReads(Supplier<List<CandleRead>> due, VenueInfo venue, NanoClock clock, ErrorLog errors) {
        this.due = due;
        this.venue = venue;
        this.clock = clock;
        this.errors = errors;
        schedule = new Lookout("repair", this::work, errors);
    }

    RepairReads start() {
        schedule.start();
        return this;
    }

    /**
     * Asks for what is due, gaps of one coin and interval at once.
     *
     * @return how many questions were answered
     */
    int work() throws InterruptedException {
        List<CandleRead> reads = due.get();
        if (reads.isEmpty()) {
            waits.clear();
            return 0;
        }
        int answered = 0;
        int failures = 0;
        for (CandleRead read : merged(reads)) {
            if (ask(read)) {
                answered++;
                failures = 0;
            } else if (++failures == MOST_FAILURES) {
                return answered;
            }
        }
        return answered;
    }

    private Collection<CandleRead> merged(List<CandleRead> reads) {
        long nowNs = clock.nowNs();
        Map<Series, CandleRead> merged = new LinkedHashMap<>();
        for (CandleRead read : reads) {
            Wait wait = waits.get(new Series(read));
            if (wait == null || nowNs - wait.untilNs >= 0) {
                merged.merge(
                        new Series(read),
                        read,
                        (one, other) -> new CandleRead(
                                one.coin(),
                                one.interval(),
                                Math.min(one.fromMs(), other.fromMs()),
                                Math.max(one.toMs(), other.toMs())));
            }
        }
        return merged.values();
    }

    private boolean ask(CandleRead read) throws InterruptedException {
        Series series = new Series(read);
        try {
            for (String refused : venue.candles(read.coin(), read.interval(), read.fromMs(), read.toMs() - 1)
                    .refused()) {
                LOG.warn("a candle of {} fills nothing: {}", read.coin(), refused);
            }
            waits.put(series, new Wait(clock.nowNs() + SEEN.toNanos(), Duration.ZERO));
            return true;
        } catch (InfoException | RuntimeException e) {
            Duration pause = longer(waits.get(series));
            waits.put(series, new Wait(clock.nowNs() + pause.toNanos(), pause));
            errors.record("repair", e);
            LOG.warn("a gap of {} is not filled: {}; tried again in {}", read.coin(), e.getMessage(), pause);
            return false;
        }
    }

    private static Duration longer(Wait before) {
        if (before == null || before.pause.isZero()) {
            return FIRST_PAUSE;
        }
        Duration twice = before.pause.multipliedBy(2);
        return twice.compareTo(LAST_PAUSE) < 0 ? twice : LAST_PAUSE;
    }

    /** Stops asking. */
    @Override
    public void close() {
        schedule.close();
    }
}
