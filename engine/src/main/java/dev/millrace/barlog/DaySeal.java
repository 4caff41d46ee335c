package dev.millrace.barlog;

import dev.millrace.market.Basis;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;

/**
 * SHA-256 per (symbol, timeframe, basis) of a day's bars in the order they left. Sealed, they stand as lines {@code digest
 * bars timeframe-ms basis symbol} in a text file beside the log; the symbol is percent-encoded.
 */
final class DaySeal {

    /** One series of a day. */
    record Key(String symbol, long timeframeMs, Basis basis) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::symbol)
                .thenComparingLong(Key::timeframeMs)
                .thenComparing(Key::basis);

        static Key of(String symbol, DirectBuffer bar) {
            return new Key(symbol, BarRecord.timeframeMs(bar), BarRecord.basis(bar));
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return symbol + " " + timeframeMs + " ms " + basis.label();
        }
    }

    /** Digest and number of a series' bars. */
    record Total(String sha256, long bars) {}

    private static final class Sum {
        private final MessageDigest sha = sha256();
        private long bars;
    }

    private final SortedMap<Key, Sum> sums = new TreeMap<>();
    private final byte[] scratch = BarRecord.newDigestBytes();

    /** Adds the next bar of the day. */
    void add(String symbol, DirectBuffer bar) {
        Sum sum = sums.computeIfAbsent(Key.of(symbol, bar), key -> new Sum());
        BarRecord.digestBytes(bar, scratch);
        sum.sha.update(scratch);
        sum.bars++;
    }

    /** Ends the sums, by series. Nothing may be added afterwards. */
    SortedMap<Key, Total> totals() {
        SortedMap<Key, Total> totals = new TreeMap<>();
        sums.forEach((key, sum) -> totals.put(key, new Total(HexFormat.of().formatHex(sum.sha.digest()), sum.bars)));
        return totals;
    }

    /** The text of a seal. */
    static String text(SortedMap<Key, Total> totals) {
        return totals.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private static String line(Key key, Total total) {
        String symbol = URLEncoder.encode(key.symbol, StandardCharsets.UTF_8);
        return String.join(
                        " ",
                        total.sha256,
                        Long.toString(total.bars),
                        Long.toString(key.timeframeMs),
                        key.basis.label(),
                        symbol)
                + "\n";
    }

    /** Writes the seal of a day's log, which must not grow meanwhile. */
    static void write(Path dir, long day) throws IOException {
        DaySeal seal = new DaySeal();
        try (DayReader reader = new DayReader(DayLayout.log(dir, day), day)) {
            while (reader.next()) {
                seal.add(reader.symbolName(), reader.record());
            }
        }
        Path file = DayLayout.seal(dir, day);
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(temporary, text(seal.totals()));
        force(temporary, StandardOpenOption.WRITE);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(dir, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
