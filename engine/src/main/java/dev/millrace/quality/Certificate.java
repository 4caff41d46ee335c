package dev.millrace.quality;

import dev.millrace.market.Timeframe;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was found of a (symbol, timeframe, day), and the digest of the rows that it was found of; lines {@code name = value},
 * the last of them the SHA-256 of those before. The page is {@code doc/formats/certificate.md}.
 */
public final class Certificate {

    private static final String FORMAT = "1";
    private static final String SEAL = "sha256 = ";
    private static final String CADENCE = "cadence_ms.";

    private final Map<String, String> values;

    private Certificate(Map<String, String> values) {
        this.values = values;
    }

    /**
     * What is found of a day.
     *
     * @param trades of the day
     * @param streams of the day; empty where the journal does not hold it
     * @param oldest first record that the journal holds
     */
    public static Certificate of(
            SymbolDay day, Timeframe timeframe, DayTrades trades, Optional<DayStreams> streams, long oldest) {
        DayQuality quality = DayQuality.of(day.rows(), timeframe);
        Provenance made = day.provenance(timeframe).orElse(new Provenance(0, 0, 0, ""));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("format", FORMAT);
        values.put("symbol", day.symbol());
        values.put("timeframe", timeframe.label());
        values.put("date", day.date().toString());
        values.put("state", quality.state().label());
        values.put(
                "evidence",
                day.evidence(timeframe, trades.firstRecord(), oldest).label());
        parts(quality, values);
        values.put("spikes", trades.spikes() + "");
        values.put("trades", trades.trades() + "");
        values.put("late_share", lateShare(day, timeframe, trades));
        streams.ifPresent(told -> streams(told, values));
        values.put("own_rows", made.rows() + "");
        values.put("journal_from", Math.min(made.from(), trades.firstRecord().orElse(Long.MAX_VALUE)) + "");
        values.put("journal_to", made.to() + "");
        values.put("digest", made.digest());
        return new Certificate(values);
    }

    private static void parts(DayQuality quality, Map<String, String> values) {
        Measures measures = quality.measures();
        values.put("q", quality.score().q() + "");
        values.put("coverage", quality.score().coverage() + "");
        values.put("bad", quality.score().bad() + "");
        values.put("aligned", quality.score().aligned() + "");
        values.put("agreed", quality.score().agreed() + "");
        values.put("expected_seconds", measures.expectedSeconds() + "");
        values.put("gap_seconds", measures.gapSeconds() + "");
        values.put("candle_seconds", measures.candleSeconds() + "");
        values.put("longest_gap_seconds", measures.longestGapSeconds() + "");
        values.put("compared", measures.compared() + "");
        for (Agreement agreement : Agreement.values()) {
            long minutes = quality.check().counts().getOrDefault(agreement, 0L);
            values.put("compared." + agreement.label().replaceAll("[ /]", "-"), minutes + "");
        }
        values.put("outstanding", quality.check().outstanding() + "");
    }

    /** Of the trades that are kept, those that are in no bar of this length; nothing where not all can be kept. */
    private static String lateShare(SymbolDay day, Timeframe timeframe, DayTrades trades) {
        long barred = day.rows()
                .own(timeframe.label())
                .mapToLong(bar -> bar.values().tradeCount())
                .sum();
        boolean told = barred > 0 && barred <= trades.trades();
        return told ? (trades.trades() - barred) / (double) trades.trades() + "" : "";
    }

    private static void streams(DayStreams told, Map<String, String> values) {
        values.put("duplicates", told.duplicates() + "");
        values.put("offset_p50_ms", text(told.offsetP50Ms()));
        values.put("offset_p99_ms", text(told.offsetP99Ms()));
        told.cadences()
                .forEach((stream, cadence) ->
                        values.put(CADENCE + stream, cadence.measuredMs() + "/" + cadence.expectedMs()));
    }

    private static String text(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() + "" : "";
    }

    /** What stands under a name; empty where nothing does, as in certificates of before it was told. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** By stream, {@code measured/expected} in ms. */
    public SortedMap<String, String> cadences() {
        SortedMap<String, String> cadences = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(CADENCE)) {
                cadences.put(name.substring(CADENCE.length()), value);
            }
        });
        return cadences;
    }

    String symbol() {
        return values.get("symbol");
    }

    Timeframe timeframe() {
        return Timeframe.parse(values.get("timeframe"));
    }

    LocalDate date() {
        return LocalDate.parse(values.get("date"));
    }

    State state() {
        return State.valueOf(values.get("state").toUpperCase(Locale.ROOT));
    }

    /** Whether the exchange had still to be asked again. */
    boolean isPending() {
        return state() == State.PENDING;
    }

    String digest() {
        return values.get("digest");
    }

    long ownRows() {
        return Long.parseLong(values.get("own_rows"));
    }

    /** As a file. */
    String text() {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        return text + SEAL + sha256(text.toString()) + "\n";
    }

    /** @throws CertificateException when it was changed since it was written, or is of another format */
    static Certificate parse(String text) throws CertificateException {
        int seal = text.lastIndexOf(SEAL);
        if (seal < 0 || !text.substring(seal).equals(SEAL + sha256(text.substring(0, seal)) + "\n")) {
            throw new CertificateException("its text is not what was written: the sum in its last line differs");
        }
        Map<String, String> values = new LinkedHashMap<>();
        text.substring(0, seal).lines().forEach(line -> {
            int at = line.indexOf(" = ");
            values.put(line.substring(0, at), line.substring(at + 3));
        });
        if (!FORMAT.equals(values.get("format"))) {
            throw new CertificateException(
                    "it is of format " + values.get("format") + ", this program reads " + FORMAT);
        }
        return new Certificate(values);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java has to have", e);
        }
    }
}
