package dev.millrace.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How long the files were that left their names a moment ago. Somebody may still go by the footer of one, so whatever takes
 * its name next lies behind its end, see {@link Room}. A text in the lake's folder, a line for each, which outlives the
 * process; it begins anew once all of it is settled. For the one thread that writes the lake.
 */
final class DeletedFiles {

    /** In the lake's folder. */
    static final String NAME = "_deleted";

    private final Path lake;
    private final Path text;

    /** @param lake root folder */
    DeletedFiles(Path lake) {
        this.lake = lake;
        text = lake.resolve(NAME);
    }

    /** To be told before a file leaves its name: one that dies in between has left it where it was. */
    void add(Path file) throws IOException {
        byte[] line = ("\n" + Files.size(file) + " " + lake.relativize(file)).getBytes(StandardCharsets.UTF_8);
        boolean first = !Files.exists(text);
        long before = first ? 0 : Room.modifiedMs(text);
        try (FileChannel channel = FileChannel.open(text, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            append(channel, line);
            if (!first && Room.isSettled(before, Room.modifiedMs(text))) {
                channel.truncate(0);
                append(channel, line);
            }
        }
    }

    private static void append(FileChannel channel, byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        long end = channel.size();
        while (bytes.hasRemaining()) {
            channel.write(bytes, end + bytes.position());
        }
    }

    /**
     * Offset behind all that had this name a moment ago.
     *
     * @param nowMs the time as the disk has it
     */
    long end(Path file, long nowMs) throws IOException {
        long end = Room.TOP;
        if (Files.exists(text) && !Room.isSettled(Room.modifiedMs(text), nowMs)) {
            String name = " " + lake.relativize(file);
            for (String line : Files.readAllLines(text, StandardCharsets.UTF_8)) {
                if (line.endsWith(name)) {
                    end = Math.max(end, Long.parseLong(line.substring(0, line.length() - name.length())));
                }
            }
        }
        return end;
    }
}
