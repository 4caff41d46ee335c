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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Samples the books, and once a day reads what else a decision needs and makes it. A book that could not be read is a sample
 * less, a coin whose candles could not be read keeps its standing, and without the venue's list there is no decision yet.
 * One thread, which may wait for the venue.
 */
public final class Universe {

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
     * @throws IOException when the venue's list could not be read: to be tried again later
     */
    public Optional<UniverseDecision> work(long nowMs) throws IOException, InterruptedException {
        if (schedule.isRoundDue(nowMs)) {
            sample(venue.perps());
            schedule.roundDone(nowMs);
        }
        if (!schedule.isDecisionDue(nowMs)) {
            return Optional.empty();
        }
        List<AssetInputs> perps = venue.perps();
        if (perps.isEmpty()) {
            throw new IOException("the venue's list names no perpetual");
        }
        last = filter.decide(last, inputs(perps, nowMs), nowMs);
        schedule.decided(nowMs);
        samples.clear();
        return Optional.of(last);
    }

    private void sample(List<AssetInputs> perps) throws InterruptedException {
        for (AssetInputs perp : perps) {
            if (filter.isWorthReading(perp.instrument())) {
                sample(perp.instrument().name());
            }
        }
    }

    private void sample(String coin) throws InterruptedException {
        Deque<BookSample> held = samples.computeIfAbsent(coin, name -> new ArrayDeque<>());
        try {
            venue.book(coin).ifPresent(held::addLast);
        } catch (IOException ignored) { // counted by the client; a sample less is what the gate judges by
            return;
        }
        while (held.size() > config.gates().samples()) {
            held.removeFirst();
        }
    }

    private List<AssetInputs> inputs(List<AssetInputs> perps, long nowMs) throws InterruptedException {
        List<AssetInputs> inputs = new ArrayList<>();
        for (AssetInputs perp : perps) {
            if (filter.isWorthReading(perp.instrument())) {
                read(perp, nowMs).ifPresent(inputs::add);
            } else {
                inputs.add(perp);
            }
        }
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
            List<BookSample> books = List.copyOf(samples.getOrDefault(coin, new ArrayDeque<>()));
            return Optional.of(new AssetInputs(perp.instrument(), perp.openInterestUsd(), candles, books));
        } catch (IOException ignored) { // counted by the client; the decision says that it was not read
            return Optional.empty();
        }
    }

    /** A coin that the venue names no more is as good as delisted. */
    private static AssetInputs gone(AssetVerdict verdict) {
        int leverage = verdict.measures().maxLeverage();
        Instrument named = new Instrument(verdict.symbol(), 0, 0, false, false, leverage, false, Double.NaN);
        return new AssetInputs(named.gone(), Double.NaN, List.of(), List.of());
    }
}
