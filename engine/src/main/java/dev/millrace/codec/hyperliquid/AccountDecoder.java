package dev.millrace.codec.hyperliquid;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the venue says of an account. A reply that lacks something, has another type or breaks a range is an {@link IOException}
 * that says where. Keys in any order, unknown ones pass. Cold; any thread.
 */
public final class AccountDecoder {

    private AccountDecoder() {}

    /** Of a {@code clearinghouseState} reply. */
    public static PerpAccount perps(byte[] body) throws IOException {
        MetadataReply reply = ReplyJson.reply("clearinghouseState", body);
        List<PerpAccount.Position> positions = new ArrayList<>();
        for (MetadataReply element : reply.member("assetPositions").elements()) {
            positions.add(position(element.member("position")));
        }
        MetadataReply summary = reply.member("marginSummary");
        Optional<MetadataReply> time = reply.optional("time");
        return new PerpAccount(
                time.isPresent() ? OptionalLong.of(time.get().time()) : OptionalLong.empty(),
                summary.member("accountValue").decimal(),
                summary.member("totalNtlPos").notNegative(),
                summary.member("totalMarginUsed").notNegative(),
                reply.member("withdrawable").notNegative(),
                positions);
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
    public static List<SpotBalance> balances(byte[] body) throws IOException {
        List<SpotBalance> balances = new ArrayList<>();
        for (MetadataReply balance : ReplyJson.reply("spotClearinghouseState", body)
                .member("balances")
                .elements()) {
            balances.add(new SpotBalance(
                    balance.member("coin").name(),
                    balance.member("token").integer(),
                    balance.member("total").decimal(),
                    balance.member("hold").notNegative(),
                    balance.member("entryNtl").decimal()));
        }
        return balances;
    }

    /** Of an {@code openOrders} reply. */
    public static List<OpenOrder> orders(byte[] body) throws IOException {
        List<OpenOrder> orders = new ArrayList<>();
        for (MetadataReply order : ReplyJson.reply("openOrders", body).elements()) {
            orders.add(new OpenOrder(
                    order.member("coin").name(),
                    order.member("side").isBuy(),
                    order.member("limitPx").positive(),
                    order.member("sz").notNegative(),
                    order.member("oid").whole(),
                    order.member("timestamp").time()));
        }
        return orders;
    }

    /** Of a {@code userFillsByTime} reply, in its order. */
    public static List<AccountFill> fills(byte[] body) throws IOException {
        List<AccountFill> fills = new ArrayList<>();
        for (MetadataReply fill : ReplyJson.reply("userFillsByTime", body).elements()) {
            Optional<MetadataReply> tradeId = fill.optional("tid");
            Optional<MetadataReply> feeToken = fill.optional("feeToken");
            fills.add(new AccountFill(
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
                    tradeId.isPresent() ? OptionalLong.of(tradeId.get().whole()) : OptionalLong.empty()));
        }
        return fills;
    }

    /** Of a {@code userFunding} reply, in its order. */
    public static List<AccountFunding> funding(byte[] body) throws IOException {
        List<AccountFunding> payments = new ArrayList<>();
        for (MetadataReply payment : ReplyJson.reply("userFunding", body).elements()) {
            MetadataReply delta = payment.member("delta");
            payments.add(new AccountFunding(
                    payment.member("time").time(),
                    delta.member("coin").name(),
                    delta.member("fundingRate").decimal(),
                    delta.member("szi").decimal(),
                    delta.member("usdc").decimal()));
        }
        return payments;
    }

    /** Of a {@code userFees} reply. */
    public static AccountFees fees(byte[] body) throws IOException {
        MetadataReply reply = ReplyJson.reply("userFees", body);
        return new AccountFees(
                fraction(reply.member("userCrossRate")),
                fraction(reply.member("userAddRate")),
                fraction(reply.member("userSpotCrossRate")),
                fraction(reply.member("userSpotAddRate")));
    }

    private static BigDecimal fraction(MetadataReply rate) throws IOException {
        BigDecimal value = rate.decimal();
        if (value.abs().compareTo(BigDecimal.ONE) >= 0) {
            throw rate.expected("a fraction between -1 and 1");
        }
        return value;
    }
}
