package dev.millrace.pipeline;

import dev.millrace.market.Instrument;

/**
 * Which instruments a reply of metadata speaks of: those of one exchange.
 *
 * @param isSpot the spot pairs
 * @param prefix what the names of its perpetuals begin with, {@code xyz:}; empty for the venue's own, which have none
 */
record InstrumentScope(boolean isSpot, String prefix) {

    private static final String DEX = "\"dex\":\"";

    /** Null for a request that names no instruments. */
    static InstrumentScope ofRequest(String request) {
        if (request.contains("\"spotMeta\"")) {
            return new InstrumentScope(true, "");
        }
        if (!request.contains("\"metaAndAssetCtxs\"")) {
            return null;
        }
        int dex = request.indexOf(DEX);
        int begin = dex + DEX.length();
        return new InstrumentScope(false, dex < 0 ? "" : request.substring(begin, request.indexOf('"', begin)) + ":");
    }

    boolean holds(Instrument instrument) {
        if (isSpot || instrument.spot()) {
            return isSpot == instrument.spot();
        }
        return prefix.isEmpty()
                ? !instrument.name().contains(":")
                : instrument.name().startsWith(prefix);
    }
}
