package dev.millrace.codec.hyperliquid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the venue lists, with the state of each; a reply that breaks a range is an {@link IOException} that says where.
 * Cold; any thread.
 */
public final class ListingDecoder {

    private static final int MOST_DECIMALS = 18;

    private ListingDecoder() {}

    /** Perpetuals of a {@code meta} reply, in the venue's order. */
    public static List<ListedPerp> meta(byte[] body) throws IOException {
        return perps(ReplyJson.reply("meta", body));
    }

    private static List<ListedPerp> perps(MetadataReply meta) throws IOException {
        List<ListedPerp> perps = new ArrayList<>();
        for (MetadataReply perp : meta.member("universe").elements()) {
            MetadataReply leverage = perp.member("maxLeverage");
            if (leverage.integer() < 1) {
                throw leverage.expected("1 or more");
            }
            perps.add(new ListedPerp(
                    perp.member("name").name(),
                    decimals(perp),
                    leverage.integer(),
                    flag(perp, "onlyIsolated"),
                    flag(perp, "isDelisted")));
        }
        return perps;
    }

    private static boolean flag(MetadataReply owner, String name) throws IOException {
        return owner.has(name) && owner.member(name).flag();
    }

    private static int decimals(MetadataReply owner) throws IOException {
        MetadataReply field = owner.member("szDecimals");
        if (field.integer() < 0 || field.integer() > MOST_DECIMALS) {
            throw field.expected("0 to " + MOST_DECIMALS + " decimals");
        }
        return field.integer();
    }

    /** Perpetuals of a {@code metaAndAssetCtxs} reply with their contexts, which are joined by place. */
    public static List<PerpContext> metaAndAssetContexts(byte[] body) throws IOException {
        List<MetadataReply> parts = pair(ReplyJson.reply("metaAndAssetCtxs", body));
        List<ListedPerp> perps = perps(parts.get(0));
        List<MetadataReply> contexts = parts.get(1).elements();
        if (contexts.size() != perps.size()) {
            throw parts.get(1).expected("a context for each of the " + perps.size() + " perps, not " + contexts.size());
        }
        List<PerpContext> joined = new ArrayList<>();
        for (int i = 0; i < perps.size(); i++) {
            joined.add(context(perps.get(i), contexts.get(i)));
        }
        return joined;
    }

    private static PerpContext context(ListedPerp perp, MetadataReply context) throws IOException {
        return new PerpContext(
                perp,
                context.member("funding").decimal(),
                context.member("openInterest").notNegative(),
                context.member("prevDayPx").notNegative(),
                context.member("dayNtlVlm").notNegative(),
                context.optionalDecimal("premium"),
                context.member("oraclePx").notNegative(),
                context.member("markPx").notNegative(),
                context.optionalDecimal("midPx"));
    }

    /** Spot pairs of a {@code spotMeta} reply. */
    public static List<ListedPair> spotMeta(byte[] body) throws IOException {
        return pairs(ReplyJson.reply("spotMeta", body));
    }

    private static List<ListedPair> pairs(MetadataReply meta) throws IOException {
        Map<Integer, MetadataReply> tokens = new HashMap<>();
        for (MetadataReply token : meta.member("tokens").elements()) {
            tokens.put(token.member("index").integer(), token);
        }
        List<ListedPair> pairs = new ArrayList<>();
        for (MetadataReply pair : meta.member("universe").elements()) {
            List<MetadataReply> sides = pair(pair.member("tokens"));
            MetadataReply base = token(tokens, sides.get(0));
            MetadataReply quote = token(tokens, sides.get(1));
            pairs.add(new ListedPair(
                    pair.member("name").name(),
                    pair.member("index").integer(),
                    base.member("name").name(),
                    quote.member("name").name(),
                    decimals(base)));
        }
        return pairs;
    }

    private static MetadataReply token(Map<Integer, MetadataReply> tokens, MetadataReply index) throws IOException {
        MetadataReply token = tokens.get(index.integer());
        if (token == null) {
            throw index.expected("the index of one of tokens");
        }
        return token;
    }

    /** Contexts of a {@code spotMetaAndAssetCtxs} reply, by coin: there are more than pairs. */
    public static List<SpotContext> spotMetaAndAssetContexts(byte[] body) throws IOException {
        List<MetadataReply> parts = pair(ReplyJson.reply("spotMetaAndAssetCtxs", body));
        pairs(parts.get(0));
        List<SpotContext> contexts = new ArrayList<>();
        for (MetadataReply context : parts.get(1).elements()) {
            contexts.add(new SpotContext(
                    context.member("coin").name(),
                    context.member("prevDayPx").notNegative(),
                    context.member("dayNtlVlm").notNegative(),
                    context.member("markPx").notNegative(),
                    context.optionalDecimal("midPx"),
                    context.member("circulatingSupply").notNegative()));
        }
        return contexts;
    }

    private static List<MetadataReply> pair(MetadataReply value) throws IOException {
        List<MetadataReply> parts = value.elements();
        if (parts.size() != 2) {
            throw value.expected("a list of 2, not of " + parts.size());
        }
        return parts;
    }
}
