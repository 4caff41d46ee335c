package dev.millrace.journal;

import dev.millrace.market.Lifecycle;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/**
 * Appends recorded frames as one session of a journal: the session header that the caller gives, {@code connected}, the
 * frames in the order of the files and lines, {@code lost}, {@code stopping}; so that replay treats it like any session.
 *
 * <p>Files are plain, gzip or LZ4 frames; each holds lines of one {@link ImportFrame.Form}. Receive times are those of the
 * lines. Bare frames have none: each takes the greatest exchange time seen so far; those before the first exchange time
 * take that first one, and where no file has any, the time of the import.
 *
 * <p>All files are read twice. The first pass checks every line, so a malformed one stops the import with file and line
 * before anything is written; only a fault of the disk or a file that changes meanwhile can stop the second, and then the
 * session is ended and the error says how many frames it holds.
 */
public final class JournalImport {

    private static final long SOURCE = Source.of(Source.IMPORT, 1, 0);
    private static final int PROGRESS_EVERY = 1_024;

    private final List<Path> files;
    private final LongConsumer progress;
    private final Check check = new Check();
    private long bytesDone;

    private JournalImport(List<Path> files, LongConsumer progress) {
        this.files = files;
        this.progress = progress;
    }

    /**
     * What was appended.
     *
     * @param frames imported
     * @param firstSequence of the session header
     * @param lastSequence of {@code stopping}
     */
    public record Result(long frames, long firstSequence, long lastSequence) {}

    /**
     * Imports the files.
     *
     * @param writer appended to from the calling thread; synced, not closed
     * @param sessionHeader payload of the session record
     * @param importNs time of the import, ns since 1970
     * @param progress told the bytes read; the total is {@link #totalBytes}
     * @throws JournalException when a file cannot be read or holds a malformed line; the message names both
     */
    public static Result run(
            List<Path> files, JournalWriter writer, byte[] sessionHeader, long importNs, LongConsumer progress) {
        return check(files, progress).append(writer, sessionHeader, importNs);
    }

    /**
     * The first pass, before any journal is touched.
     *
     * @param progress told the bytes read, of both passes; what it throws ends the import in order
     * @throws JournalException when a file cannot be read or holds a malformed line; the message names both
     */
    public static JournalImport check(List<Path> files, LongConsumer progress) {
        JournalImport imported = new JournalImport(files, progress);
        imported.read(imported.check);
        if (imported.check.frames == 0) {
            throw new JournalException("nothing to import: " + files + " hold no lines");
        }
        return imported;
    }

    /** What {@code progress} ends at: the size of all files, twice. */
    public static long totalBytes(List<Path> files) throws IOException {
        long total = 0;
        for (Path file : files) {
            total += 2 * Files.size(file);
        }
        return total;
    }

    /** The second pass; see {@link #run}. */
    public Result append(JournalWriter writer, byte[] sessionHeader, long importNs) {
        long firstNs = check.firstNs(importNs);
        long first = writer.lastSequence() + 1;
        Append append = new Append(writer, firstNs);
        writer.appendAnnotation(
                RecordKind.SESSION, Source.of(Source.ENGINE, 0, 0), firstNs, sessionHeader, sessionHeader.length);
        append.lifecycle(SOURCE, Lifecycle.CONNECTED, "import of " + names());
        try {
            read(append);
        } catch (JournalException | CancellationException e) {
            append.end("import stopped: " + e.getMessage());
            throw new JournalException(
                    "import stopped after " + append.frames + " frames, which the journal holds as" + " records "
                            + first + " to " + writer.lastSequence() + ": " + e.getMessage(),
                    e);
        }
        append.end("end of import");
        writer.sync();
        return new Result(append.frames, first, writer.lastSequence());
    }

    private String names() {
        return String.join(
                ", ", files.stream().map(file -> file.getFileName().toString()).toList());
    }

    private void read(Sink sink) {
        for (Path file : files) {
            long done = 0;
            try (ImportLines lines = new ImportLines(file)) {
                try {
                    read(lines, sink);
                } catch (IOException e) {
                    throw new JournalException(file + ", line " + lines.number() + ": " + e.getMessage(), e);
                }
                done = lines.bytesDone();
            } catch (IOException e) {
                throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
            }
            bytesDone += done;
            progress.accept(bytesDone);
        }
    }

    private void read(ImportLines lines, Sink sink) throws IOException {
        ImportFrame frame = new ImportFrame();
        ImportFrame.Form form = null;
        boolean anyObject = false;
        while (lines.next()) {
            form = form == null ? frame.formOf(lines.line(), lines.length()) : form;
            frame.parse(form, lines.line(), lines.length());
            sink.frame(frame, lines.line());
            anyObject |= frame.length > 0 && lines.line()[frame.offset] == '{';
            if (lines.number() % PROGRESS_EVERY == 0) {
                progress.accept(bytesDone + lines.bytesDone());
            }
        }
        if (form == ImportFrame.Form.BARE && !anyObject && lines.number() > 1) {
            throw new IOException("no line up to here holds a JSON object, so these are not frames; lines must be"
                    + " '<receive ns><tab><frame>', {\"time\",\"ver_num\",\"raw\"} or frames");
        }
    }

    private interface Sink {
        void frame(ImportFrame frame, byte[] line);
    }

    /** The first pass: what parses is in order; finds the time that frames before the first time take. */
    private static final class Check implements Sink {
        private long frames;
        private boolean timed;
        private long firstNs;

        @Override
        public void frame(ImportFrame frame, byte[] line) {
            frames++;
            if (frame.timed && !timed) {
                timed = true;
                firstNs = frame.ns;
            }
        }

        long firstNs(long otherwise) {
            return timed ? firstNs : otherwise;
        }
    }

    /** The second pass. */
    private static final class Append implements Sink {
        private final JournalWriter writer;
        private byte[] payload = new byte[64 * 1024];
        private long frames;
        private long ns;

        Append(JournalWriter writer, long firstNs) {
            this.writer = writer;
            ns = firstNs;
        }

        @Override
        public void frame(ImportFrame frame, byte[] line) {
            ns = frame.receiveNs(ns);
            if (frame.length > payload.length) {
                payload = new byte[frame.length];
            }
            System.arraycopy(line, frame.offset, payload, 0, frame.length);
            writer.appendAnnotation(RecordKind.FRAME, SOURCE, ns, payload, frame.length);
            frames++;
        }

        void lifecycle(long source, Lifecycle event, String detail) {
            byte[] text = event.payload(detail);
            writer.appendAnnotation(RecordKind.LIFECYCLE, source, ns, text, text.length);
        }

        void end(String why) {
            lifecycle(SOURCE, Lifecycle.LOST, why);
            lifecycle(Source.of(Source.ENGINE, 0, 0), Lifecycle.STOPPING, "");
        }
    }
}
