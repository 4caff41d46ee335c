package dev.millrace.rest;

import dev.millrace.codec.hyperliquid.AccountAddress;
import dev.millrace.codec.hyperliquid.AccountDecoder;
import dev.millrace.codec.hyperliquid.AccountFees;
import dev.millrace.codec.hyperliquid.AccountFill;
import dev.millrace.codec.hyperliquid.AccountFunding;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.codec.hyperliquid.OpenOrder;
import dev.millrace.codec.hyperliquid.PerpAccount;
import dev.millrace.codec.hyperliquid.SpotBalance;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the venue says of one account, read only and without a key. Every answer was checked, as with {@link VenueInfo}. Positions
 * and orders are those of the venue's own exchange; spot orders are among them. Times are ms since 1970, both ends of a stretch
 * inclusive.
 */
public final class AccountInfo {

    private final InfoClient client;
    private final AccountAddress address;

    public AccountInfo(InfoClient client, AccountAddress address) {
        this.client = client;
        this.address = address;
    }

    public PerpAccount perps() throws InfoException, InterruptedException {
        return ask("clearinghouseState", AccountDecoder::perps);
    }

    public List<SpotBalance> balances() throws InfoException, InterruptedException {
        return ask("spotClearinghouseState", AccountDecoder::balances);
    }

    public List<OpenOrder> orders() throws InfoException, InterruptedException {
        return ask("openOrders", AccountDecoder::orders);
    }

    public AccountFees fees() throws InfoException, InterruptedException {
        return ask("userFees", AccountDecoder::fees);
    }

    /** Ascending, each once. The venue keeps the newest 10,000. */
    public List<AccountFill> fills(long fromMs, long toMs) throws InfoException, InterruptedException {
        return paged("userFillsByTime", fromMs, toMs, AccountDecoder::fills, AccountFill::timeMs);
    }

    /** Ascending, each once. */
    public List<AccountFunding> funding(long fromMs, long toMs) throws InfoException, InterruptedException {
        return paged("userFunding", fromMs, toMs, AccountDecoder::funding, AccountFunding::timeMs);
    }

    /** A person waits for it. */
    private <T> T ask(String type, InfoClient.Decoder<T> decoder) throws InfoException, InterruptedException {
        return client.call(Priority.REPAIR, InfoRequest.ofUser(type, address), decoder);
    }

    private <T> List<T> paged(
            String type, long fromMs, long toMs, InfoClient.Decoder<List<T>> decoder, ToLongFunction<T> timeMs)
            throws InfoException, InterruptedException {
        return TimePages.all(
                fromMs,
                toMs,
                timeMs,
                (askedMs, untilMs) ->
                        client.call(Priority.REPAIR, InfoRequest.ofUser(type, address, askedMs, untilMs), decoder));
    }
}
