package dev.millrace.benchmarks.load;

import dev.millrace.market.Subscription;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.MarketStep;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.SimulatedMarket;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the messages that every client is given: 8 coins, 70 % trades of 1 to 12, 29 % books of 20 levels a side, 1 %
 * mids, 915 bytes on average, about a millisecond of exchange time each. Equal for equal counts.
 */
final class WorkloadWriter {

    static final long START_MS = 1_756_904_000_000L;

    /** Mean ms between two blocks of one of the 8 coins: 0.7 blocks a ms together. */
    private static final long BLOCK_MS = 11;

    /** All coins at once: 8 in 28 ms. */
    private static final long BOOKS_MS = 28;

    private static final long MIDS_MS = 100;
    private static final long NEVER_MS = 1L << 40;

    /** Names in a frame of mids beside the coins': with these the average is 915 bytes. */
    private static final int OUTCOMES = 790;

    private final SimulatedMarket market = new SimulatedMarket(model());
    private final Map<String, Subscription> trades = byCoin(Subscription::trades);
    private final Map<String, Subscription> books = byCoin(coin -> Subscription.book(coin, false));

    private WorkloadWriter() {}

    /** The coins, their order and the time of the first message. */
    static MarketModel model() {
        List<SimulatedCoin> coins = SimulatedCoin.defaults().stream()
                .map(coin -> new SimulatedCoin(coin.name(), coin.sizeDecimals(), coin.startPrice(), BLOCK_MS))
                .toList();
        return new MarketModel(1, coins, START_MS, new Cadence(BOOKS_MS, NEVER_MS, MIDS_MS, NEVER_MS), OUTCOMES, false);
    }

    static List<String> coins() {
        return model().coins().stream().map(SimulatedCoin::name).toList();
    }

    /** So many frames, WebSocket headers included; the last one may be a few coins' books more. */
    static void write(Path file, int messages) throws IOException {
        WorkloadWriter writer = new WorkloadWriter();
        try (WritableByteChannel out =
                Channels.newChannel(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            int written = 0;
            while (written < messages) {
                written += writer.step(out, messages - written);
            }
        }
    }

    private int step(WritableByteChannel out, int most) throws IOException {
        MarketStep step = market.next();
        return switch (step.kind()) {
            case TRADES -> write(out, trades.get(step.coin()));
            case MIDS -> write(out, Subscription.allMids(""));
            case SLOW_BOOKS -> {
                int written = 0;
                for (Subscription book : books.values()) {
                    written += written < most ? write(out, book) : 0;
                }
                yield written;
            }
            default -> 0;
        };
    }

    private int write(WritableByteChannel out, Subscription subscription) throws IOException {
        byte[] frame = market.frame(subscription)
                .orElseThrow(() -> new IllegalStateException("the market has no frame for " + subscription));
        out.write(WireFrames.of(WireFrames.TEXT, frame));
        return 1;
    }

    private static Map<String, Subscription> byCoin(Function<String, Subscription> subscription) {
        return coins().stream()
                .collect(Collectors.toMap(coin -> coin, subscription, (one, other) -> one, LinkedHashMap::new));
    }
}
