package dev.millrace.market;

/**
 * A stretch of exchange time in which a stream may have lost messages.
 *
 * @param symbol wire name
 * @param stream channel name, for example {@code trades}
 * @param fromMs first millisecond that is not proven whole
 * @param toMs end, exclusive
 * @param cause why the stream broke, for example {@code disconnect}
 * @param evidence how certain the loss is
 * @param repaired whether the missing part was filled afterwards
 */
public record Gap(
        String symbol, String stream, long fromMs, long toMs, String cause, Evidence evidence, boolean repaired) {

    /** The same gap, now certain. */
    public Gap proven() {
        return new Gap(symbol, stream, fromMs, toMs, cause, Evidence.PROVEN, repaired);
    }

    public void writeTo(StateWriter out) {
        out.writeText(symbol);
        out.writeText(stream);
        out.writeLong(fromMs);
        out.writeLong(toMs);
        out.writeText(cause);
        out.writeFlag(evidence == Evidence.PROVEN);
        out.writeFlag(repaired);
    }

    /** The gap that was written. */
    public static Gap readFrom(StateReader in) {
        return new Gap(
                in.readText(),
                in.readText(),
                in.readLong(),
                in.readLong(),
                in.readText(),
                in.readFlag() ? Evidence.PROVEN : Evidence.UNPROVEN,
                in.readFlag());
    }

    /** How certain it is that something was lost. */
    public enum Evidence {
        /** Fewer trades came than the venue counted, or the hole is visible. */
        PROVEN("proven"),
        /** Nothing shows a loss, but the evidence cannot exclude it. */
        UNPROVEN("unproven");

        private final String label;

        Evidence(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
