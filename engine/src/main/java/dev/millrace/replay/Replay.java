package dev.millrace.replay;

import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.pipeline.Market;
import java.util.function.LongConsumer;

/** Feeds a journal to a market, record by record, on the calling thread. */
public final class Replay {

    private static final int INLINE_BYTES = 64 * 1024;

    private final JournalReader journal;
    private final Market market;
    private final Pace pace;

    public Replay(JournalReader journal, Market market, Pace pace) {
        this.journal = journal;
        this.market = market;
        this.pace = pace;
    }

    /**
     * Replays from the reader's position to the journal's present end.
     *
     * @param progress told the sequence of each record applied
     * @return records applied
     * @throws InterruptedException when a paced replay is interrupted
     * @throws dev.millrace.journal.JournalDamagedException at the first bad record; everything before it was applied
     */
    public long run(LongConsumer progress) throws InterruptedException {
        MarketEvent event = new MarketEvent(INLINE_BYTES);
        long records = 0;
        while (journal.read(event)) {
            pace.await(event.receiveNs());
            market.onEvent(event);
            records++;
            progress.accept(event.sequence());
        }
        return records;
    }
}
