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
import dev.millrace.codec.hyperliquid.Understood;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * What the venue says of one account, read only and without a key. Every answer was checked, as with {@link VenueInfo}; what
 * of it could not be understood is left out and told. Positions and orders are those of one exchange, the venue's own or a
 * builder-deployed one; spot orders are among the venue's own. Times are ms since 1970, both ends of a stretch
 * inclusive.
 */
public final class AccountInfo {

    private final InfoClient client;
    private final AccountAddress address;
    private final Consumer<String> odd;

    /** @param odd told a sentence for each row or figure that was not understood */
    public AccountInfo(InfoClient client, AccountAddress address, Consumer<String> odd) {
        this.client = client;
        this.address = address;
        this.odd = odd;
    }

    /**
     * Its margin account.
     *
     * @param dex empty for the venue's own exchange
     */
    public PerpAccount perps(String dex) throws InfoException, InterruptedException {
        return ask(InfoRequest.ofUser("clearinghouseState", address, dex), AccountDecoder::perps);
    }

    public List<SpotBalance> balances() throws InfoException, InterruptedException {
        return ask(InfoRequest.ofUser("spotClearinghouseState", address), AccountDecoder::balances);
    }

    /**
     * Its open orders.
     *
     * @param dex empty for the venue's own exchange
     */
    public List<OpenOrder> orders(String dex) throws InfoException, InterruptedException {
        return ask(InfoRequest.ofUser("openOrders", address, dex), AccountDecoder::orders);
    }

    public AccountFees fees() throws InfoException, InterruptedException {
        return ask(InfoRequest.ofUser("userFees", address), AccountDecoder::fees);
    }

    /** Of all exchanges, ascending, each once. The venue keeps the newest 10,000. */
    public List<AccountFill> fills(long fromMs, long toMs) throws InfoException, InterruptedException {
        return paged("userFillsByTime", fromMs, toMs, AccountDecoder::fills, AccountFill::timeMs);
    }

    /** Of all exchanges, ascending, each once. */
    public List<AccountFunding> funding(long fromMs, long toMs) throws InfoException, InterruptedException {
        return paged("userFunding", fromMs, toMs, AccountDecoder::funding, AccountFunding::timeMs);
    }

    /** A person waits for it. */
    private <T> T ask(InfoRequest request, InfoClient.Decoder<Understood<T>> decoder)
            throws InfoException, InterruptedException {
        Understood<T> answer = client.call(Priority.REPAIR, request, decoder);
        answer.odd().forEach(odd);
        return answer.told();
    }

    private <T> List<T> paged(
            String type,
            long fromMs,
            long toMs,
            InfoClient.Decoder<Understood<List<T>>> decoder,
            ToLongFunction<T> timeMs)
            throws InfoException, InterruptedException {
        return TimePages.all(
                fromMs,
                toMs,
                timeMs,
                (askedMs, untilMs) ->
                        client.call(Priority.REPAIR, InfoRequest.ofUser(type, address, askedMs, untilMs), decoder),
                odd);
    }
}
