package dev.millrace.tools;

import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.simulator.RecordedFrame;
import dev.millrace.simulator.RecordedFrames;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The exchange's frames of a journal, as a recording that the local exchange plays. */
final class JournalFrames implements RecordedFrames {

    private final JournalReader journal;

    JournalFrames(Path folder) {
        journal = JournalReader.open(folder);
    }

    @Override
    public Optional<RecordedFrame> next() {
        MarketEvent event = new MarketEvent(0);
        while (journal.read(event)) {
            if (event.kind() == RecordKind.FRAME) {
                byte[] frame = Arrays.copyOf(event.bytes(), event.length());
                return Optional.of(new RecordedFrame(event.receiveNs(), frame));
            }
        }
        journal.requireEnd();
        return Optional.empty();
    }

    @Override
    public void close() {
        journal.close();
    }
}
