package dev.millrace.lives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lives believe of a journal holds of the model and of the real one alike. */
class JournalContractTest {

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(5);
    private final List<String> appended = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNumberRecordsFromOneWithoutHoles(boolean real) {
        try (LivesJournal journal = journal(real)) {
            append(journal, 20);
            journal.appendAnnotation(RecordKind.GAP, 7, 8, new byte[] {'g'}, 1);
            appended.add("g");
            append(journal, 1);
            requireAll(journal);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepEverythingWhenTheProcessDies(boolean real) {
        try (LivesJournal journal = journal(real)) {
            for (int death = 0; death < 3; death++) {
                append(journal, random.nextInt(40));
                journal.kill();
                requireAll(journal);
            }
            append(journal, 5);
            requireAll(journal);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepWhatWasSyncedAndAPrefixOfTheRestWhenThePowerGoes(boolean real) {
        try (LivesJournal journal = journal(real)) {
            for (int loss = 0; loss < 6; loss++) {
                append(journal, random.nextInt(60));
                journal.sync();
                int synced = appended.size();
                assertEquals(synced, journal.syncedSequence());
                append(journal, 1 + random.nextInt(120));
                journal.losePower(random);
                int kept = journal.records().size();
                assertTrue(kept >= synced, "kept " + kept + " of " + synced + " synced");
                appended.subList(kept, appended.size()).clear();
                requireAll(journal);
            }
        }
    }

    private LivesJournal journal(boolean real) {
        return real ? new ChronicleJournal(folder.resolve("journal"), new SimulatedTime()) : new ModelJournal();
    }

    private void append(LivesJournal journal, int count) {
        for (int i = 0; i < count; i++) {
            byte[] payload = ("record " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
            MarketEvent event = new MarketEvent(payload.length);
            System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
            event.set(RecordKind.FRAME, 1, 2, payload.length);
            journal.append(event);
            appended.add(new String(payload, StandardCharsets.UTF_8));
            assertEquals(appended.size(), event.sequence());
        }
    }

    private void requireAll(LivesJournal journal) {
        List<String> read = new ArrayList<>();
        for (MarketEvent event : journal.records()) {
            read.add(new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8));
            assertEquals(read.size(), event.sequence());
        }
        assertEquals(appended, read);
    }
}
