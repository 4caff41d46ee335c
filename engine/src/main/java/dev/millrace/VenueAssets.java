package dev.millrace;

import dev.millrace.codec.hyperliquid.ListedPerp;
import dev.millrace.codec.hyperliquid.PerpContext;
import dev.millrace.codec.hyperliquid.ReplyBook;
import dev.millrace.discovery.AssetInputs;
import dev.millrace.discovery.BookSample;
import dev.millrace.discovery.DayCandle;
import dev.millrace.discovery.VenueReader;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.Instrument;
import dev.millrace.market.VenueCandle;
import dev.millrace.rest.InfoException;
import dev.millrace.rest.VenueInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The venue's own perpetuals over REST, as the universe asks for them. */
final class VenueAssets implements VenueReader {

    private final VenueInfo venue;

    VenueAssets(VenueInfo venue) {
        this.venue = venue;
    }

    @Override
    public List<AssetInputs> perps() throws IOException, InterruptedException {
        List<PerpContext> contexts = asked(() -> venue.metaAndAssetContexts(""));
        List<AssetInputs> perps = new ArrayList<>();
        for (PerpContext context : contexts) {
            double openInterest =
                    context.openInterest().multiply(context.markPrice()).doubleValue();
            perps.add(new AssetInputs(instrument(context, perps.size()), openInterest, List.of(), List.of()));
        }
        return perps;
    }

    private static Instrument instrument(PerpContext context, int index) {
        ListedPerp perp = context.perp();
        return new Instrument(
                perp.name(),
                index,
                perp.sizeDecimals(),
                false,
                perp.delisted(),
                perp.maxLeverage(),
                perp.onlyIsolated(),
                context.dayNotionalVolume().doubleValue());
    }

    @Override
    public Optional<BookSample> book(String coin) throws IOException, InterruptedException {
        ReplyBook book = asked(() -> venue.book(coin));
        return BookSample.of(book.timeMs(), levels(book.bids()), levels(book.asks()));
    }

    private static List<BookSample.Level> levels(List<ReplyBook.Level> side) {
        return side.stream()
                .map(level -> new BookSample.Level(
                        level.price().doubleValue(), level.size().doubleValue()))
                .toList();
    }

    @Override
    public List<DayCandle> candles(String coin, long firstDay, long lastDay) throws IOException, InterruptedException {
        long fromMs = TimeUnit.DAYS.toMillis(firstDay);
        long toMs = TimeUnit.DAYS.toMillis(lastDay + 1) - 1;
        return asked(() -> venue.candles(coin, CandleInterval.ONE_DAY, fromMs, toMs)).rows().stream()
                .map(VenueAssets::day)
                .toList();
    }

    private static DayCandle day(VenueCandle candle) {
        return new DayCandle(
                TimeUnit.MILLISECONDS.toDays(candle.startMs()),
                candle.open().doubleValue(),
                candle.high().doubleValue(),
                candle.low().doubleValue(),
                candle.close().doubleValue(),
                candle.volume().doubleValue());
    }

    /** A question to the venue. */
    private interface Question<T> {
        T ask() throws InfoException, InterruptedException;
    }

    private static <T> T asked(Question<T> question) throws IOException, InterruptedException {
        try {
            return question.ask();
        } catch (InfoException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
