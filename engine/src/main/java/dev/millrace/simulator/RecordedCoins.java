package dev.millrace.simulator;

import dev.millrace.market.Decimals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The coins of a recording, so that a client finds their names and size decimals in the metadata. */
public final class RecordedCoins {

    private static final Pattern SIZE = Pattern.compile("\"sz\"\\s*:\\s*\"[0-9]+\\.([0-9]*?)0*\"");

    private final Map<String, Integer> decimals = new TreeMap<>();

    private RecordedCoins() {}

    /** Reads a recording once. Coins of the venue keep its decimals; of others the most decimals of a size count. */
    public static List<SimulatedCoin> of(RecordedFrames.Source source) throws IOException {
        RecordedCoins coins = new RecordedCoins();
        try (RecordedFrames frames = source.open()) {
            for (Optional<RecordedFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                coins.add(frame.get().bytes());
            }
        }
        List<SimulatedCoin> found = new ArrayList<>();
        coins.decimals.forEach((name, sizeDecimals) -> found.add(coin(name, sizeDecimals)));
        return found;
    }

    private void add(byte[] frame) {
        FrameRoute.of(frame).map(route -> route.subscription().coin()).ifPresent(coin -> {
            if (!coin.isEmpty()) {
                boolean known = SimulatedCoin.isKnown(coin);
                decimals.merge(coin, known ? 0 : sizeDecimals(frame), Math::max);
            }
        });
    }

    private static int sizeDecimals(byte[] frame) {
        int most = 0;
        Matcher matcher = SIZE.matcher(new String(frame, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            most = Math.max(most, matcher.group(1).length());
        }
        return most;
    }

    private static SimulatedCoin coin(String name, int sizeDecimals) {
        return SimulatedCoin.isKnown(name)
                ? SimulatedCoin.named(name)
                : new SimulatedCoin(name, Math.min(8, sizeDecimals), 100 * Decimals.ONE, 1_000);
    }
}
