package dev.millrace.journal;

import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a replay needs of the records that retention deletes: the session header that the first remaining record belongs
 * to, that session's REST replies, which name the instruments, and its sentiment, and the last decision about the universe. Pages
 * of history are not among them: a market passes them by. The file {@code beginning-<sequence>} holds them for the
 * journal whose first record has that sequence, as {@link RecordLayout} has them, each with its own checksum. It is written before the files are deleted, and the one
 * before it is removed after; so whatever moment a crash takes, the one that belongs to the first record is there.
 */
final class Beginning {

    static final String PREFIX = "beginning-";

    private static final Set<RecordKind> KEPT =
            EnumSet.of(RecordKind.SESSION, RecordKind.REST, RecordKind.SENTIMENT, RecordKind.UNIVERSE);
    /** What a request for a page of history holds: each is another one, so they would grow without end. */
    private static final String OF_HISTORY = "\"startTime\"";

    private final List<MarketEvent> records = new ArrayList<>();

    private Beginning() {}

    /**
     * Of the journal whose first record has this sequence; empty where nothing was deleted.
     *
     * @throws JournalDamagedException when the file does not read back
     */
    static Beginning load(Path dir, long firstSequence) {
        Beginning beginning = new Beginning();
        Path file = dir.resolve(PREFIX + firstSequence);
        if (Files.exists(file)) {
            try {
                beginning.decode(file, ByteBuffer.wrap(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return beginning;
    }

    /** Takes in what is to be deleted: all records of the cursor up to this sequence, exclusive. */
    void add(RecordCursor cursor, long end) {
        byte[] payload = new byte[EventSink.MAX_PAYLOAD];
        boolean more = true;
        while (more) {
            try {
                more = cursor.next() && cursor.sequence() < end;
                if (more && cursor.damage() == null) {
                    add(cursor, payload);
                }
            } catch (JournalDamagedException ignored) { // what is behind it still counts
                more = RecordSeek.behind(cursor);
            }
        }
    }

    private void add(RecordCursor cursor, byte[] payload) {
        if (!KEPT.contains(RecordKind.ofCode(cursor.kindCode()))) {
            return;
        }
        int length = cursor.length();
        cursor.readPayload(payload);
        if (cursor.damage() == null) {
            MarketEvent kept = event(
                    cursor.kindCode(),
                    cursor.sequence(),
                    cursor.source(),
                    cursor.receiveNs(),
                    Arrays.copyOf(payload, length));
            add(kept);
        }
    }

    private void add(MarketEvent kept) {
        switch (kept.kind()) {
            case SESSION -> records.removeIf(earlier -> earlier.kind() != RecordKind.UNIVERSE);
            case UNIVERSE -> records.removeIf(earlier -> earlier.kind() == RecordKind.UNIVERSE);
            default -> {
                String request = request(kept);
                if (request.contains(OF_HISTORY)) {
                    return;
                }
                records.removeIf(earlier ->
                        earlier.kind() == kept.kind() && request(earlier).equals(request));
            }
        }
        records.add(kept);
    }

    private static MarketEvent event(byte kindCode, long sequence, long source, long receiveNs, byte[] payload) {
        MarketEvent event = new MarketEvent(0);
        event.borrow(payload);
        event.set(RecordKind.ofCode(kindCode), source, receiveNs, payload.length);
        event.sequence(sequence);
        return event;
    }

    /** Of a reply: one to the same request, with the same status, replaces it. */
    private static String request(MarketEvent reply) {
        String text = new String(reply.bytes(), 0, reply.length(), StandardCharsets.UTF_8);
        return text.substring(0, Math.max(text.indexOf('\n'), 0));
    }

    /** On disk when this returns; the one of before stays until {@link #removeOthers}. */
    void write(Path dir, long firstSequence) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordHeader header = new RecordHeader();
        for (MarketEvent kept : records) {
            header.encode(
                    kept.kind().code(), kept.sequence(), kept.source(), kept.receiveNs(), kept.bytes(), kept.length());
            out.writeBytes(header.bytes());
            out.writeBytes(kept.bytes());
        }
        Path file = dir.resolve(PREFIX + firstSequence);
        Path temporary = CycleArchive.temporary(file);
        Files.write(temporary, out.toByteArray());
        JournalFolder.force(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        JournalFolder.force(dir);
    }

    /** Removes the files that belong to another first record. */
    static void removeOthers(Path dir, long firstSequence) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, PREFIX + "*")) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(PREFIX + firstSequence)) {
                    Files.delete(file);
                }
            }
        }
    }

    int size() {
        return records.size();
    }

    /** Puts one of the records into the event. */
    void get(int at, MarketEvent into) {
        MarketEvent kept = records.get(at);
        if (kept.length() > into.bytes().length) {
            into.borrow(kept.bytes());
        } else {
            System.arraycopy(kept.bytes(), 0, into.bytes(), 0, kept.length());
        }
        into.set(kept.kind(), kept.source(), kept.receiveNs(), kept.length());
        into.sequence(kept.sequence());
    }

    private void decode(Path file, ByteBuffer bytes) {
        RecordHeader header = new RecordHeader();
        while (bytes.hasRemaining()) {
            if (bytes.remaining() < RecordLayout.HEADER_BYTES) {
                throw damaged(file);
            }
            bytes.get(header.bytes());
            int length = header.length();
            if (length < 0 || length > bytes.remaining()) {
                throw damaged(file);
            }
            byte[] payload = new byte[length];
            bytes.get(payload);
            if (header.checksum(payload, length) != header.crc()) {
                throw damaged(file);
            }
            records.add(event(header.kind(), header.sequence(), header.source(), header.receiveNs(), payload));
        }
    }

    private static JournalDamagedException damaged(Path file) {
        return new JournalDamagedException(
                file.getFileName().toString(), 1, "the settings of the deleted beginning do not read back", null);
    }
}
