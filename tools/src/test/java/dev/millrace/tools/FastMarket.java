package dev.millrace.tools;

import dev.millrace.market.Decimals;
import dev.millrace.market.Subscription;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.MarketStep;
import dev.millrace.simulator.RecordedFrame;
import dev.millrace.simulator.RecordedFrames;
import dev.millrace.simulator.Recording;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.SimulatedMarket;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A simulated market whose days pass in {@value #DAY_MS} ms, with trades that come late, some by days. It stands still while
 * nobody is connected, but for a few trades that a new connection has missed. For one socket at a time.
 */
final class FastMarket implements RecordedFrames.Source {

    /** They differ in case only. */
    static final List<String> COINS = List.of("kPEPE", "KPEPE");

    static final long DAY_MS = 1_500;

    private static final long START_MS = 1_577_836_800_000L; // what is stamped by the local clock never closes
    private static final long SPEED = TimeUnit.DAYS.toMillis(1) / DAY_MS;
    private static final Pattern TIME = Pattern.compile("\"time\":([0-9]{13})");
    private static final int MOST_MISSED = 60;
    private static final int ONE_IN_LATE = 20;

    private final SimulatedMarket market;
    private final Random random;
    private long lateTrades;

    FastMarket(long seed) {
        random = new Random(seed);
        market = new SimulatedMarket(MarketModel.of(seed, START_MS)
                .withCoins(List.of(
                        new SimulatedCoin("kPEPE", 0, Decimals.parse("0.004411"), 10),
                        new SimulatedCoin("KPEPE", 0, Decimals.parse("0.131"), 20)))
                .withCadence(new Cadence(100, 100_000, 100_000, 100)));
    }

    /** An exchange with this market. */
    Simulator exchange() throws IOException {
        return Simulator.start(SimulatorConfig.of(market.model()).withRecording(new Recording(this, 1, false)));
    }

    @Override
    public RecordedFrames open() {
        for (int missed = random.nextInt(MOST_MISSED); missed > 0; missed--) {
            market.next();
        }
        return new Connection();
    }

    /** The frames of one socket: first what a subscription gives, then what happens. */
    private final class Connection implements RecordedFrames {

        private final Deque<RecordedFrame> waiting = new ArrayDeque<>();

        Connection() {
            COINS.forEach(coin -> add(market.snapshot(Subscription.trades(coin))));
        }

        @Override
        public Optional<RecordedFrame> next() {
            while (waiting.isEmpty()) {
                MarketStep step = market.next();
                switch (step.kind()) {
                    case TRADES -> add(market.frame(Subscription.trades(step.coin())));
                    case SLOW_BOOKS -> COINS.forEach(coin -> add(market.frame(Subscription.book(coin, false))));
                    case CONTEXTS -> COINS.forEach(coin -> add(market.frame(Subscription.assetContext(coin))));
                    default -> {}
                }
                if (step.kind() == MarketStep.Kind.TRADES && random.nextInt(ONE_IN_LATE) == 0) {
                    addLate(step.coin());
                }
            }
            return Optional.of(waiting.remove());
        }

        private void add(Optional<byte[]> frame) {
            frame.map(bytes -> new String(bytes, StandardCharsets.US_ASCII)).ifPresent(this::add);
        }

        private void add(String frame) {
            Function<MatchResult, String> fast =
                    time -> "\"time\":" + (START_MS + (Long.parseLong(time.group(1)) - START_MS) * SPEED);
            String text = TIME.matcher(frame).replaceAll(fast);
            long atNs = TimeUnit.MILLISECONDS.toNanos(market.timeMs());
            waiting.add(new RecordedFrame(atNs, text.getBytes(StandardCharsets.US_ASCII)));
        }

        /** Mostly by hours, sometimes into a day that is closed. */
        private void addLate(String coin) {
            long byMs = random.nextInt(3) == 0 ? random.nextLong(2 * DAY_MS) : random.nextLong(DAY_MS / 8);
            add("{\"channel\":\"trades\",\"data\":[{\"coin\":\"" + coin
                    + "\",\"side\":\"B\",\"px\":\"0.5\",\"sz\":\"1\","
                    + "\"time\":" + (market.timeMs() - byMs) + ",\"hash\":\"0x0\",\"tid\":" + ++lateTrades
                    + ",\"users\":[\"0x1\",\"0x2\"]}]}");
        }

        @Override
        public void close() {}
    }
}
