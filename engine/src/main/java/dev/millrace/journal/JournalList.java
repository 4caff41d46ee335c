package dev.millrace.journal;

import dev.millrace.market.RecordKind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** What a journal holds, by file and by session, from the records' headers alone: {@code verify} checks the rest. */
public final class JournalList {

    private static final int PROGRESS_EVERY = 65_536;

    private JournalList() {}

    /**
     * A run of records.
     *
     * @param name the file, or the session's number from 1; 0 holds records before the first session header
     * @param firstReceiveNs receive time of the first record, ns since 1970
     * @param lastReceiveNs receive time of the last record
     * @param records by kind's label; {@code kind-<code>} for a kind this version does not know
     * @param bytes of the records, headers included
     */
    public record Part(
            String name,
            long firstSequence,
            long lastSequence,
            long firstReceiveNs,
            long lastReceiveNs,
            Map<String, Long> records,
            long bytes) {}

    /**
     * The journal's files and sessions, oldest first.
     *
     * @param diskBytes of each file by its name: as it lies on disk, compressed or not, without the zeros at its end; the
     *     file that is being written grows meanwhile
     */
    public record Listing(List<Part> files, List<Part> sessions, Map<String, Long> diskBytes) {}

    /**
     * Walks the whole journal.
     *
     * @param progress told the records done
     * @throws JournalDamagedException at a record whose header cannot be trusted
     */
    public static Listing run(Path dir, LongConsumer progress) {
        List<Run> files = new ArrayList<>();
        List<Run> sessions = new ArrayList<>();
        long done = 0;
        try (RecordCursor cursor = RecordCursor.open(dir)) {
            while (cursor.next()) {
                if (cursor.damage() != null) {
                    throw cursor.damaged();
                }
                file(files, cursor).add(cursor);
                session(sessions, cursor).add(cursor);
                if (++done % PROGRESS_EVERY == 0) {
                    progress.accept(done);
                }
            }
        }
        progress.accept(done);
        return new Listing(
                files.stream().map(Run::part).toList(),
                sessions.stream().map(Run::part).toList(),
                diskBytes(dir));
    }

    private static Map<String, Long> diskBytes(Path dir) {
        Map<String, Long> bytes = new TreeMap<>();
        for (CycleFile file : CycleFile.list(dir).values()) {
            try {
                bytes.put(file.file().getFileName().toString(), file.diskBytes());
            } catch (NoSuchFileException ignored) { // compressed or deleted since
            } catch (IOException e) {
                throw new JournalException("cannot read " + file.file() + ": " + e.getMessage(), e);
            }
        }
        return bytes;
    }

    private static Run file(List<Run> files, RecordCursor cursor) {
        if (files.isEmpty() || !last(files).name.equals(cursor.file())) {
            files.add(new Run(cursor.file(), cursor));
        }
        return last(files);
    }

    private static Run session(List<Run> sessions, RecordCursor cursor) {
        boolean header = cursor.kindCode() == RecordKind.SESSION.code();
        if (sessions.isEmpty()) {
            sessions.add(new Run(header ? "1" : "0", cursor));
        } else if (header) {
            sessions.add(new Run(Long.toString(Long.parseLong(last(sessions).name) + 1), cursor));
        }
        return last(sessions);
    }

    private static Run last(List<Run> runs) {
        return runs.get(runs.size() - 1);
    }

    /** A part while it is being counted. */
    private static final class Run {
        private final String name;
        private final long firstSequence;
        private final long firstReceiveNs;
        private final Map<String, Long> records = new TreeMap<>();
        private long lastSequence;
        private long lastReceiveNs;
        private long bytes;

        Run(String name, RecordCursor first) {
            this.name = name;
            firstSequence = first.sequence();
            firstReceiveNs = first.receiveNs();
        }

        void add(RecordCursor cursor) {
            lastSequence = cursor.sequence();
            lastReceiveNs = cursor.receiveNs();
            bytes += RecordLayout.HEADER_BYTES + cursor.length();
            records.merge(KindLabel.of(cursor.kindCode()), 1L, Long::sum);
        }

        Part part() {
            return new Part(name, firstSequence, lastSequence, firstReceiveNs, lastReceiveNs, records, bytes);
        }
    }
}
