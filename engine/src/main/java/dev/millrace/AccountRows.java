package dev.millrace;

import dev.millrace.codec.hyperliquid.AccountFees;
import dev.millrace.codec.hyperliquid.AccountFill;
import dev.millrace.codec.hyperliquid.AccountFunding;
import dev.millrace.codec.hyperliquid.OpenOrder;
import dev.millrace.codec.hyperliquid.PerpAccount;
import dev.millrace.codec.hyperliquid.SpotBalance;
import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An account as rows. Values are the doubles nearest the venue's; its own text is in the journal. */
final class AccountRows {

    private static final String TIME = "TIMESTAMP WITH TIME ZONE";
    private static final String TEXT = "VARCHAR";
    private static final String NUMBER = "DOUBLE";
    private static final String WHOLE = "BIGINT";

    private AccountRows() {}

    static void summary(PerpAccount account, ResultSink sink) throws IOException {
        sink.columns(columns(
                "time", TIME, "value", NUMBER, "notional", NUMBER, "margin_used", NUMBER, "withdrawable", NUMBER));
        String time = account.timeMs().isPresent() ? time(account.timeMs().getAsLong()) : null;
        row(sink, time, account.value(), account.notional(), account.marginUsed(), account.withdrawable());
    }

    static void positions(List<PerpAccount.Position> positions, ResultSink sink) throws IOException {
        sink.columns(columns(
                "symbol",
                TEXT,
                "size",
                NUMBER,
                "entry_price",
                NUMBER,
                "notional",
                NUMBER,
                "unrealized_profit",
                NUMBER,
                "liquidation_price",
                NUMBER,
                "margin_used",
                NUMBER,
                "leverage",
                WHOLE,
                "margin",
                TEXT));
        for (PerpAccount.Position position : positions) {
            row(
                    sink,
                    position.coin(),
                    position.size(),
                    position.entryPrice(),
                    position.notional(),
                    position.unrealizedProfit(),
                    position.liquidationPrice(),
                    position.marginUsed(),
                    (long) position.leverage(),
                    position.cross() ? "cross" : "isolated");
        }
    }

    static void balances(List<SpotBalance> balances, ResultSink sink) throws IOException {
        sink.columns(columns("token", TEXT, "total", NUMBER, "hold", NUMBER, "entry_notional", NUMBER));
        for (SpotBalance balance : balances) {
            row(sink, balance.coin(), balance.total(), balance.hold(), balance.entryNotional());
        }
    }

    static void orders(List<OpenOrder> orders, ResultSink sink) throws IOException {
        sink.columns(columns(
                "placed", TIME, "symbol", TEXT, "side", TEXT, "price", NUMBER, "size", NUMBER, "order_id", WHOLE));
        for (OpenOrder order : orders) {
            row(
                    sink,
                    time(order.timeMs()),
                    order.coin(),
                    side(order.buy()),
                    order.price(),
                    order.size(),
                    order.orderId());
        }
    }

    static void fills(List<AccountFill> fills, ResultSink sink) throws IOException {
        sink.columns(columns(
                "time",
                TIME,
                "symbol",
                TEXT,
                "side",
                TEXT,
                "price",
                NUMBER,
                "size",
                NUMBER,
                "direction",
                TEXT,
                "position_before",
                NUMBER,
                "closed_profit",
                NUMBER,
                "fee",
                NUMBER,
                "fee_token",
                TEXT,
                "taker",
                "BOOLEAN",
                "order_id",
                WHOLE,
                "trade_id",
                WHOLE,
                "hash",
                TEXT));
        for (AccountFill fill : fills) {
            row(
                    sink,
                    time(fill.timeMs()),
                    fill.coin(),
                    side(fill.buy()),
                    fill.price(),
                    fill.size(),
                    fill.direction(),
                    fill.positionBefore(),
                    fill.closedProfit(),
                    fill.fee(),
                    fill.feeToken(),
                    fill.taker(),
                    fill.orderId(),
                    fill.tradeId().isPresent() ? (Long) fill.tradeId().getAsLong() : null,
                    fill.hash());
        }
    }

    static void funding(List<AccountFunding> payments, ResultSink sink) throws IOException {
        sink.columns(columns("time", TIME, "symbol", TEXT, "rate", NUMBER, "size", NUMBER, "usdc", NUMBER));
        for (AccountFunding payment : payments) {
            row(sink, time(payment.timeMs()), payment.coin(), payment.rate(), payment.size(), payment.usdc());
        }
    }

    static void fees(AccountFees fees, ResultSink sink) throws IOException {
        sink.columns(columns("market", TEXT, "taker", NUMBER, "maker", NUMBER));
        row(sink, "perp", fees.perpTaker(), fees.perpMaker());
        row(sink, "spot", fees.spotTaker(), fees.spotMaker());
    }

    private static List<ResultColumn> columns(String... namesAndTypes) {
        ResultColumn[] columns = new ResultColumn[namesAndTypes.length / 2];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ResultColumn(namesAndTypes[2 * i], namesAndTypes[2 * i + 1]);
        }
        return List.of(columns);
    }

    static void row(ResultSink sink, Object... values) throws IOException {
        sink.row(Arrays.stream(values).map(AccountRows::told).toList());
    }

    private static Object told(Object value) {
        if (value instanceof Optional<?> present) {
            return present.map(AccountRows::told).orElse(null);
        }
        return value instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : value;
    }

    private static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }

    private static String side(boolean buy) {
        return buy ? "buy" : "sell";
    }
}
