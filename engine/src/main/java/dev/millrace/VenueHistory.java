package dev.millrace;

import dev.millrace.codec.hyperliquid.HistoryPage;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.discovery.CollectionPorts;
import dev.millrace.discovery.Page;
import dev.millrace.discovery.PageException;
import dev.millrace.discovery.Received;
import dev.millrace.discovery.Series;
import dev.millrace.discovery.Stretch;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.FundingPayment;
import dev.millrace.market.VenueCandle;
import dev.millrace.rest.InfoClient;
import dev.millrace.rest.InfoException;
import dev.millrace.rest.Priority;
import dev.millrace.rest.VenueInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The venue and the tables, as a collection sees them. One collection at a time. */
final class VenueHistory implements CollectionPorts {

    private final InfoClient client;
    private final VenueInfo venue;
    private final StoredHistory stored;

    VenueHistory(InfoClient client, StoredHistory stored) {
        this.client = client;
        this.stored = stored;
        venue = new VenueInfo(client, Priority.COLLECTION);
    }

    @Override
    public long venueMs() throws PageException, InterruptedException {
        try {
            return venue.exchangeStatus().timeMs();
        } catch (InfoException e) {
            throw new PageException(e.getMessage(), e);
        }
    }

    @Override
    public Received fetch(Page page) throws PageException, InterruptedException {
        Series series = page.series();
        long fromMs = page.stretch().fromMs();
        long toMs = page.stretch().toMs();
        try {
            return series.interval().isPresent()
                    ? candles(series.coin(), series.interval().get(), fromMs, toMs)
                    : funding(series.coin(), fromMs, toMs);
        } catch (InfoException e) {
            throw new PageException(e.getMessage(), e);
        }
    }

    private Received candles(String coin, CandleInterval interval, long fromMs, long toMs)
            throws InfoException, InterruptedException {
        HistoryPage<VenueCandle> page = venue.candles(coin, interval, fromMs, toMs - 1);
        List<VenueCandle> closed =
                page.rows().stream().filter(candle -> candle.endMs() <= toMs).toList();
        long reachedMs =
                closed.isEmpty() ? fromMs : closed.get(closed.size() - 1).endMs();
        return new Received(closed.size(), reachedMs, page.refused());
    }

    private Received funding(String coin, long fromMs, long toMs) throws InfoException, InterruptedException {
        HistoryPage<FundingPayment> page = venue.funding(coin, fromMs, toMs - 1);
        List<FundingPayment> payments = page.rows();
        long reachedMs =
                payments.isEmpty() ? fromMs : payments.get(payments.size() - 1).timeMs() + 1;
        return new Received(payments.size(), reachedMs, page.refused());
    }

    @Override
    public Map<Series, List<Stretch>> stored() throws InterruptedException {
        return stored.stretches();
    }

    @Override
    public Duration timeFor(Collection<Page> pages) {
        return client.timeFor(pages.stream().map(VenueHistory::request).toList());
    }

    private static InfoRequest request(Page page) {
        String coin = page.series().coin();
        Stretch asked = page.stretch();
        return page.series()
                .interval()
                .map(interval -> InfoRequest.candles(coin, interval, asked.fromMs(), asked.toMs() - 1))
                .orElseGet(() -> InfoRequest.funding(coin, asked.fromMs(), asked.toMs() - 1));
    }
}
