package dev.millrace.codec.hyperliquid;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the venue says of an account. A row that lacks something, has another type or breaks a range is left out, such
 * a figure is empty, and {@link Understood#odd} says where; a reply that is something else as a whole is an {@link IOException}. Keys in any order, unknown ones pass. Cold; any thread.
 */
public final class AccountDecoder {

    private AccountDecoder() {}

    /** Of a {@code clearinghouseState} reply. */
    public static Understood<PerpAccount> perps(byte[] body) throws IOException {
        MetadataReply reply = ReplyJson.reply("clearinghouseState", body);
        List<String> odd = new ArrayList<>();
        MetadataReply held = reply.member("assetPositions");
        MetadataReply summary = reply.member("marginSummary");
        PerpAccount account = new PerpAccount(
                Understood.part(() -> time(reply), odd).orElse(OptionalLong.empty()),
                Understood.part(() -> summary.member("accountValue").decimal(), odd),
                Understood.part(() -> summary.member("totalNtlPos").notNegative(), odd),
                Understood.part(() -> summary.member("totalMarginUsed").notNegative(), odd),
                Understood.part(() -> reply.member("withdrawable").notNegative(), odd),
                Understood.rows(held, element -> position(element.member("position")), odd));
        return new Understood<>(account, odd);
    }

    private static OptionalLong time(MetadataReply reply) throws IOException {
        Optional<MetadataReply> time = reply.optional("time");
        return time.isPresent() ? OptionalLong.of(time.get().time()) : OptionalLong.empty();
    }

    private static PerpAccount.Position position(MetadataReply position) throws IOException {
        MetadataReply leverage = position.member("leverage");
        MetadataReply type = leverage.member("type");
        if (!type.name().equals("cross") && !type.name().equals("isolated")) {
            throw type.expected("cross or isolated");
        }
        int times = leverage.member("value").integer();
        if (times < 1) {
            throw leverage.member("value").expected("1 or more");
        }
        return new PerpAccount.Position(
                position.member("coin").name(),
                position.member("szi").decimal(),
                price(position, "entryPx"),
                position.member("positionValue").notNegative(),
                position.member("unrealizedPnl").decimal(),
                price(position, "liquidationPx"),
                position.member("marginUsed").notNegative(),
                times,
                type.name().equals("cross"));
    }

    private static Optional<BigDecimal> price(MetadataReply owner, String name) throws IOException {
        Optional<MetadataReply> price = owner.optional(name);
        return price.isPresent() ? Optional.of(price.get().notNegative()) : Optional.empty();
    }

    /** Of a {@code spotClearinghouseState} reply. */
    public static Understood<List<SpotBalance>> balances(byte[] body) throws IOException {
        MetadataReply reply = ReplyJson.reply("spotClearinghouseState", body);
        return Understood.list(
                reply.member("balances"),
                balance -> new SpotBalance(
                        balance.member("coin").name(),
                        balance.member("token").integer(),
                        balance.member("total").decimal(),
                        balance.member("hold").notNegative(),
                        balance.member("entryNtl").decimal()));
    }

    /** Of an {@code openOrders} reply. */
    public static Understood<List<OpenOrder>> orders(byte[] body) throws IOException {
        return Understood.list(
                ReplyJson.reply("openOrders", body),
                order -> new OpenOrder(
                        order.member("coin").name(),
                        order.member("side").isBuy(),
                        order.member("limitPx").positive(),
                        order.member("sz").notNegative(),
                        order.member("oid").whole(),
                        order.member("timestamp").time()));
    }

    /** Of a {@code userFillsByTime} reply, in its order. */
    public static Understood<List<AccountFill>> fills(byte[] body) throws IOException {
        return Understood.list(ReplyJson.reply("userFillsByTime", body), AccountDecoder::fill);
    }

    private static AccountFill fill(MetadataReply fill) throws IOException {
        Optional<MetadataReply> tradeId = fill.optional("tid");
        Optional<MetadataReply> feeToken = fill.optional("feeToken");
        return new AccountFill(
                fill.member("time").time(),
                fill.member("coin").name(),
                fill.member("side").isBuy(),
                fill.member("px").positive(),
                fill.member("sz").positive(),
                fill.member("startPosition").decimal(),
                fill.member("dir").text(),
                fill.member("closedPnl").decimal(),
                fill.member("fee").decimal(),
                feeToken.isPresent() ? feeToken.get().text() : "",
                fill.member("crossed").flag(),
                fill.member("hash").text(),
                fill.member("oid").whole(),
                tradeId.isPresent() ? OptionalLong.of(tradeId.get().whole()) : OptionalLong.empty());
    }

    /** Of a {@code userFunding} reply, in its order. */
    public static Understood<List<AccountFunding>> funding(byte[] body) throws IOException {
        return Understood.list(ReplyJson.reply("userFunding", body), payment -> {
            MetadataReply delta = payment.member("delta");
            return new AccountFunding(
                    payment.member("time").time(),
                    delta.member("coin").name(),
                    delta.member("fundingRate").decimal(),
                    delta.member("szi").decimal(),
                    delta.member("usdc").decimal());
        });
    }

    /** Of a {@code userFees} reply. */
    public static Understood<AccountFees> fees(byte[] body) throws IOException {
        MetadataReply reply = ReplyJson.reply("userFees", body);
        List<String> odd = new ArrayList<>();
        MetadataReply first = reply.member("userCrossRate");
        AccountFees fees = new AccountFees(
                Understood.part(() -> fraction(first), odd),
                Understood.part(() -> fraction(reply.member("userAddRate")), odd),
                Understood.part(() -> fraction(reply.member("userSpotCrossRate")), odd),
                Understood.part(() -> fraction(reply.member("userSpotAddRate")), odd));
        return new Understood<>(fees, odd);
    }

    private static BigDecimal fraction(MetadataReply rate) throws IOException {
        BigDecimal value = rate.decimal();
        if (value.abs().compareTo(BigDecimal.ONE) >= 0) {
            throw rate.expected("a fraction between -1 and 1");
        }
        return value;
    }
}
