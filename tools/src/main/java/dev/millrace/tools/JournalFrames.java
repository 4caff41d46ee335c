package dev.millrace.tools;

import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.simulator.RecordedFrame;
import dev.millrace.simulator.RecordedFrames;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The frames of a journal as a recording for the local exchange. */
final class JournalFrames implements RecordedFrames {

    private final JournalReader reader;
    private final MarketEvent event = new MarketEvent(4096);

    private JournalFrames(JournalReader reader) {
        this.reader = reader;
    }

    static RecordedFrames.Source of(Path folder) {
        return () -> new JournalFrames(JournalReader.open(folder));
    }

    @Override
    public Optional<RecordedFrame> next() {
        while (reader.read(event)) {
            if (event.kind() == RecordKind.FRAME) {
                return Optional.of(new RecordedFrame(event.receiveNs(), Arrays.copyOf(event.bytes(), event.length())));
            }
        }
        reader.requireEnd();
        return Optional.empty();
    }

    @Override
    public void close() {
        reader.close();
    }
}
