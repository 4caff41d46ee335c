package dev.millrace.lives;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.RecordLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A journal in memory that keeps exactly what the real one promises. */
final class ModelJournal implements RecordLog {

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

    void sync() {
        synced = records.size();
    }

    long syncedSequence() {
        return synced;
    }

    /** What is synced stays, and of the rest what lies before the first record that the disk lacks. */
    void losePower(SplittableRandom random) {
        int kept = synced + random.nextInt(records.size() - synced + 1);
        records.subList(kept, records.size()).clear();
        synced = kept;
    }

    List<MarketEvent> records() {
        return records;
    }
}
