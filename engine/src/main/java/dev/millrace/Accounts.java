package dev.millrace;

import dev.millrace.control.ControlCommand;
import dev.millrace.rest.AccountInfo;
import dev.millrace.rest.InfoClient;
import dev.millrace.rest.InfoException;
import dev.millrace.rest.Priority;
import dev.millrace.rest.VenueInfo;
import dev.millrace.store.RefusedException;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Account information for the command line, asked of the venue when somebody asks for it, and only where the settings allow it.
 * Any thread; blocks.
 */
final class Accounts {

    private static final Duration BY_DEFAULT = Duration.ofDays(1);

    private final boolean allowed;
    private final InfoClient client;

    /** @param allowed by {@code rest.account-info} */
    Accounts(boolean allowed, InfoClient client) {
        this.allowed = allowed;
        this.client = client;
    }

    /**
     * Asks the venue. What of its answer is not what it documents is left out, and told behind the rows.
     *
     * @throws RefusedException when the settings do not allow it
     * @throws InfoException when there was no usable answer
     */
    void tell(AccountQuestion question, ResultSink sink) throws IOException, InfoException, InterruptedException {
        if (!allowed) {
            throw new RefusedException(AccountQuestion.OFF);
        }
        List<String> odd = new ArrayList<>();
        tell(question, new AccountInfo(client, question.address(), odd::add), sink);
        for (String words : odd) {
            sink.leftOut(words);
        }
    }

    private void tell(AccountQuestion question, AccountInfo account, ResultSink sink)
            throws IOException, InfoException, InterruptedException {
        switch (question.part()) {
            case SUMMARY -> AccountRows.summary(account.perps(question.dex()), sink);
            case POSITIONS ->
                AccountRows.positions(account.perps(question.dex()).positions(), sink);
            case BALANCES -> AccountRows.balances(account.balances(), sink);
            case ORDERS -> AccountRows.orders(account.orders(question.dex()), sink);
            case FEES -> AccountRows.fees(account.fees(), sink);
            case FILLS -> {
                Stretch asked = stretch(question);
                AccountRows.fills(account.fills(asked.fromMs, asked.lastMs), sink);
            }
            case FUNDING -> {
                Stretch asked = stretch(question);
                AccountRows.funding(account.funding(asked.fromMs, asked.lastMs), sink);
            }
        }
    }

    /** Both ends inclusive, as the venue takes them. */
    private record Stretch(long fromMs, long lastMs) {}

    private Stretch stretch(AccountQuestion question) throws InfoException, InterruptedException {
        long toMs = question.to().isPresent()
                ? question.to().get().toEpochMilli()
                : new VenueInfo(client, Priority.REPAIR).exchangeStatus().timeMs() + 1;
        long fromMs = question.from().map(Instant::toEpochMilli).orElse(toMs - BY_DEFAULT.toMillis());
        return new Stretch(Math.max(0, fromMs), Math.max(fromMs, toMs - 1));
    }

    /** What the command line asks: {@code account}; see {@code doc/formats/control.md}. */
    ControlCommand command() {
        return (request, reply) -> {
            try {
                ReplyRows rows = new ReplyRows(reply);
                tell(AccountQuestion.of(request), rows);
                rows.end(false);
            } catch (RefusedException e) {
                reply.send(Map.of("refused", e.getMessage()));
            } catch (InfoException e) {
                reply.send(Map.of("failed", e.getMessage()));
            }
        };
    }
}
