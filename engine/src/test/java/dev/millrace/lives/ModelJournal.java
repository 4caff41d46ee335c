package dev.millrace.lives;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A journal in memory that keeps exactly what the real one promises. */
final class ModelJournal implements LivesJournal {

    private final List<MarketEvent> records = new ArrayList<>();
    private int synced;

    @Override
    public void append(MarketEvent event) {
        event.sequence(records.size() + 1L);
        records.add(event.copy());
    }

    @Override
    public void appendAnnotation(RecordKind kind, long source, long receiveNs, byte[] payload, int length) {
        MarketEvent event = new MarketEvent(length);
        System.arraycopy(payload, 0, event.bytes(), 0, length);
        event.set(kind, source, receiveNs, length);
        append(event);
    }

    @Override
    public void sync() {
        synced = records.size();
    }

    @Override
    public long syncedSequence() {
        return synced;
    }

    @Override
    public void kill() {
        // It is all there.
    }

    @Override
    public void losePower(SplittableRandom random) {
        int kept = synced + random.nextInt(records.size() - synced + 1);
        records.subList(kept, records.size()).clear();
        synced = kept;
    }

    @Override
    public List<MarketEvent> records() {
        return records;
    }

    @Override
    public void close() {
        // It holds nothing outside.
    }
}
