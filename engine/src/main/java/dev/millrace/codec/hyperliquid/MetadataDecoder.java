package dev.millrace.codec.hyperliquid;

import dev.millrace.market.Instrument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replies of {@code POST /info} that name the venue's instruments. Cold; one thread at a time. A reply that is not what
 * was asked for, the venue's text bodies and {@code null} included, is an {@link IOException} that says what was expected
 * where.
 */
public final class MetadataDecoder {

    /** Perps of a {@code meta} reply; the day's volume is not in it. */
    public List<Instrument> meta(byte[] body, int length) throws IOException {
        return perps(new MetadataReply("meta", ReplyJson.read("meta", body, length)), null);
    }

    /** Perps of a {@code metaAndAssetCtxs} reply, joined with their contexts by position. */
    public List<Instrument> metaAndAssetCtxs(byte[] body, int length) throws IOException {
        MetadataReply reply = new MetadataReply("metaAndAssetCtxs", ReplyJson.read("metaAndAssetCtxs", body, length));
        List<MetadataReply> parts = reply.elements();
        if (parts.size() != 2) {
            throw reply.expected("an array of metadata and contexts, not of " + parts.size() + " elements");
        }
        return perps(parts.get(0), parts.get(1));
    }

    /** Spot pairs of a {@code spotMeta} reply; sizes have the decimals of the base token. */
    public List<Instrument> spotMeta(byte[] body, int length) throws IOException {
        MetadataReply reply = new MetadataReply("spotMeta", ReplyJson.read("spotMeta", body, length));
        Map<Integer, Integer> decimalsByToken = new HashMap<>();
        for (MetadataReply token : reply.member("tokens").elements()) {
            decimalsByToken.put(token.member("index").integer(), decimals(token));
        }
        List<Instrument> pairs = new ArrayList<>();
        for (MetadataReply pair : reply.member("universe").elements()) {
            MetadataReply tokens = pair.member("tokens");
            if (tokens.elements().size() != 2) {
                throw tokens.expected("a base and a quote token");
            }
            MetadataReply base = tokens.elements().get(0);
            Integer decimals = decimalsByToken.get(base.integer());
            if (decimals == null) {
                throw base.expected("the index of one of tokens");
            }
            int index = pair.member("index").integer();
            pairs.add(new Instrument(pair.member("name").name(), index, decimals, true, false, 0, false, Double.NaN));
        }
        return pairs;
    }

    /** Names of the perp exchanges of a {@code perpDexs} reply; the first exchange, null there, is the empty name. */
    public List<String> perpDexs(byte[] body, int length) throws IOException {
        List<String> names = new ArrayList<>();
        for (MetadataReply dex : new MetadataReply("perpDexs", ReplyJson.read("perpDexs", body, length)).elements()) {
            names.add(names.isEmpty() && dex.isNull() ? "" : dex.member("name").name());
        }
        return names;
    }

    private static List<Instrument> perps(MetadataReply meta, MetadataReply contexts) throws IOException {
        List<MetadataReply> universe = meta.member("universe").elements();
        List<MetadataReply> joined = contexts == null ? List.of() : contexts.elements();
        if (contexts != null && joined.size() != universe.size()) {
            throw contexts.expected("a context for each of the " + universe.size() + " perps, not " + joined.size());
        }
        List<Instrument> perps = new ArrayList<>();
        for (int i = 0; i < universe.size(); i++) {
            double volume = contexts == null
                    ? Double.NaN
                    : joined.get(i).member("dayNtlVlm").number();
            perps.add(perp(universe.get(i), i, volume));
        }
        return perps;
    }

    private static Instrument perp(MetadataReply perp, int index, double volume) throws IOException {
        int leverage = perp.has("maxLeverage") ? perp.member("maxLeverage").integer() : 0;
        return new Instrument(
                perp.member("name").name(),
                index,
                decimals(perp),
                false,
                isSet(perp, "isDelisted"),
                leverage,
                isSet(perp, "onlyIsolated"),
                volume);
    }

    private static boolean isSet(MetadataReply owner, String flag) throws IOException {
        return owner.has(flag) && owner.member(flag).flag();
    }

    private static int decimals(MetadataReply owner) throws IOException {
        MetadataReply field = owner.member("szDecimals");
        int decimals = field.integer();
        if (decimals < 0 || decimals > 18) {
            throw field.expected("0 to 18 decimals, not " + decimals);
        }
        return decimals;
    }
}
