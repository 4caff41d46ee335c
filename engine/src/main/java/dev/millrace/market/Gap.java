package dev.millrace.market;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of exchange time in which a stream may have lost messages.
 *
 * @param symbol wire name
 * @param stream channel name, for example {@code trades}
 * @param fromMs first millisecond that is not proven whole
 * @param toMs end, exclusive
 * @param cause why the stream broke, for example {@code disconnect}
 * @param evidence how certain the loss is
 * @param repaired whether all of it was filled afterwards
 * @param missing where the exchange was asked for it and not all was filled: what was not, ascending; otherwise empty
 */
public record Gap(
        String symbol,
        String stream,
        long fromMs,
        long toMs,
        String cause,
        Evidence evidence,
        boolean repaired,
        List<Part> missing) {

    public Gap {
        missing = List.copyOf(missing);
    }

    /** One that nobody was asked to fill yet. */
    public Gap(
            String symbol, String stream, long fromMs, long toMs, String cause, Evidence evidence, boolean repaired) {
        this(symbol, stream, fromMs, toMs, cause, evidence, repaired, List.of());
    }

    /** A part of the gap, {@code [fromMs, toMs)}. */
    public record Part(long fromMs, long toMs) {

        public static void writeAll(List<Part> parts, StateWriter out) {
            out.writeInt(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                out.writeLong(parts.get(i).fromMs);
                out.writeLong(parts.get(i).toMs);
            }
        }

        /** The parts that were written. */
        public static List<Part> readAll(StateReader in) {
            List<Part> parts = new ArrayList<>();
            for (int left = in.count(2 * Long.BYTES); left > 0; left--) {
                parts.add(new Part(in.readLong(), in.readLong()));
            }
            return parts;
        }
    }

    /** The same gap, now certain. */
    public Gap proven() {
        return new Gap(symbol, stream, fromMs, toMs, cause, Evidence.PROVEN, repaired, missing);
    }

    /** The same gap, in which nothing was lost after all: rows that came later are all there is. */
    public Gap disproven() {
        return new Gap(symbol, stream, fromMs, toMs, cause, Evidence.DISPROVEN, true);
    }

    /**
     * The same gap, after the exchange was asked for it.
     *
     * @param left what was not filled; empty when it is repaired
     */
    public Gap filledBut(List<Part> left) {
        return new Gap(symbol, stream, fromMs, toMs, cause, evidence, left.isEmpty(), left);
    }

    /** Whether both report the same stretch, whatever is known of it. */
    public boolean isAbout(Gap other) {
        return fromMs == other.fromMs
                && toMs == other.toMs
                && symbol.equals(other.symbol)
                && stream.equals(other.stream)
                && cause.equals(other.cause);
    }

    public void writeTo(StateWriter out) {
        out.writeText(symbol);
        out.writeText(stream);
        out.writeLong(fromMs);
        out.writeLong(toMs);
        out.writeText(cause);
        out.writeInt(evidence.ordinal());
        out.writeFlag(repaired);
        Part.writeAll(missing, out);
    }

    /** The gap that was written. */
    public static Gap readFrom(StateReader in) {
        return new Gap(
                in.readText(),
                in.readText(),
                in.readLong(),
                in.readLong(),
                in.readText(),
                Evidence.values()[in.readIndex(Evidence.values().length)],
                in.readFlag(),
                Part.readAll(in));
    }

    /** How certain it is that something was lost. */
    public enum Evidence {
        /** Fewer trades came than the venue counted, or the hole is visible. */
        PROVEN("proven"),
        /** Nothing shows a loss, but the evidence cannot exclude it. */
        UNPROVEN("unproven"),
        /** Nothing was lost: the exchange counts no more trades than came. */
        DISPROVEN("disproven");

        private final String label;

        Evidence(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
