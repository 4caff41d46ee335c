package dev.millrace.discovery;

import dev.millrace.config.UniverseConfig;
import dev.millrace.market.AssetVerdict;
import dev.millrace.market.Instrument;
import dev.millrace.market.UniverseDecision;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Samples the books, and once a day reads what else a decision needs and makes it. A book that could not be read is a sample
 * less and a coin whose candles could not be read keeps its standing; where the venue gave no list or less than
 * {@value #MOST_PERCENT} % of the answers, the round or the decision is still to be made. One thread, which may wait for the
 * venue.
 */
public final class Universe {

    /** With fewer answers the others would be ranked among themselves, and rise by a failure of the venue. */
    private static final int MOST_PERCENT = 90;

    private final UniverseConfig config;
    private final VenueReader venue;
    private final AssetFilter filter;
    private final DecisionSchedule schedule;
    private final Map<String, Deque<BookSample>> samples = new HashMap<>();
    private UniverseDecision last;

    /** @param last the decision before; {@link UniverseDecision#NONE} for none */
    public Universe(UniverseConfig config, VenueReader venue, UniverseDecision last) {
        this.config = config;
        this.venue = venue;
        this.last = last;
        filter = new AssetFilter(config);
        schedule = new DecisionSchedule(config, last.atMs());
    }

    /**
     * Does what is due.
     *
     * @param nowMs ms since 1970
     * @return the decision, where one was made
     * @throws IOException when the venue gave too little to go by: to be tried again later
     */
    public Optional<UniverseDecision> work(long nowMs) throws IOException, InterruptedException {
        if (schedule.isRoundDue(nowMs)) {
            sample(perps());
            schedule.roundDone(nowMs);
        }
        if (!schedule.isDecisionDue(nowMs)) {
            return Optional.empty();
        }
        last = filter.decide(last, inputs(perps(), nowMs), nowMs);
        schedule.decided(nowMs);
        samples.clear();
        return Optional.of(last);
    }

    private List<AssetInputs> perps() throws IOException, InterruptedException {
        List<AssetInputs> perps = venue.perps();
        if (perps.isEmpty()) {
            throw new IOException("the venue's list names no perpetual");
        }
        return perps;
    }

    private void sample(List<AssetInputs> perps) throws IOException, InterruptedException {
        Map<String, Optional<BookSample>> round = new LinkedHashMap<>();
        int asked = 0;
        int failed = 0;
        for (AssetInputs perp : perps) {
            if (filter.isWorthReading(perp.instrument())) {
                asked++;
                String coin = perp.instrument().name();
                try {
                    round.put(coin, venue.book(coin));
                } catch (IOException ignored) { // counted by the client; a sample less is what the gate judges by
                    failed++;
                }
            }
        }
        requireMost("books", asked - failed, asked);
        round.forEach((coin, sample) -> sample.ifPresent(book -> keep(coin, book)));
    }

    private void keep(String coin, BookSample book) {
        Deque<BookSample> held = samples.computeIfAbsent(coin, name -> new ArrayDeque<>());
        held.addLast(book);
        while (held.size() > config.gates().samples()) {
            held.removeFirst();
        }
    }

    private static void requireMost(String what, int read, int asked) throws IOException {
        if (read * 100 < asked * MOST_PERCENT) {
            throw new IOException("the venue gave the " + what + " of " + read + " of " + asked
                    + " coins, too few to choose a universe by");
        }
    }

    private List<AssetInputs> inputs(List<AssetInputs> perps, long nowMs) throws IOException, InterruptedException {
        List<AssetInputs> inputs = new ArrayList<>();
        int asked = 0;
        int read = 0;
        for (AssetInputs perp : perps) {
            if (filter.isWorthReading(perp.instrument())) {
                asked++;
                Optional<AssetInputs> found = read(perp, nowMs);
                read += found.isPresent() ? 1 : 0;
                found.ifPresent(inputs::add);
            } else {
                inputs.add(perp);
            }
        }
        requireMost("daily candles", read, asked);
        Set<String> named = perps.stream().map(perp -> perp.instrument().name()).collect(Collectors.toSet());
        for (AssetVerdict verdict : last.verdicts()) {
            if (!named.contains(verdict.symbol())) {
                inputs.add(gone(verdict));
            }
        }
        return inputs;
    }

    private Optional<AssetInputs> read(AssetInputs perp, long nowMs) throws InterruptedException {
        String coin = perp.instrument().name();
        long today = TimeUnit.MILLISECONDS.toDays(nowMs);
        try {
            List<DayCandle> candles = venue.candles(coin, today - config.gates().candleDays(), today - 1);
            if (candles.isEmpty() && hadCandles(coin)) {
                return Optional.empty();
            }
            List<BookSample> books = List.copyOf(samples.getOrDefault(coin, new ArrayDeque<>()));
            return Optional.of(new AssetInputs(perp.instrument(), perp.openInterestUsd(), candles, books));
        } catch (IOException ignored) { // counted by the client; the decision says that it was not read
            return Optional.empty();
        }
    }

    /** A coin that had candles has some: an answer without any is none. */
    private boolean hadCandles(String coin) {
        return last.verdicts().stream()
                .anyMatch(verdict -> verdict.symbol().equals(coin)
                        && verdict.measures().days().candles() > 0);
    }

    /** A coin that the venue names no more is as good as delisted. */
    private static AssetInputs gone(AssetVerdict verdict) {
        int leverage = verdict.measures().maxLeverage();
        Instrument named = new Instrument(verdict.symbol(), 0, 0, false, false, leverage, false, Double.NaN);
        return new AssetInputs(named.gone(), Double.NaN, List.of(), List.of());
    }
}
