package dev.millrace.state;

import dev.millrace.market.StateException;
import dev.millrace.market.StateReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One snapshot on disk. Little-endian; the magic, the two versions and the CRC stand where they are in every later format.
 *
 * <pre>
 *   0    8   magic "MILLSNAP"
 *   8    4   format version, 3
 *   12   4   semantics version of the market that wrote it
 *   16   8   sequence of the last record applied
 *   24   8   receive ns of that record: shows that it belongs to this journal
 *   32   32  engine version, UTF-8, filled up with zeros
 *   64   4   length of the state
 *   68   n   the state: sections, see StateWriter and doc/formats/snapshot.md
 *   68+n 4   CRC32C of all bytes before
 * </pre>
 */
final class SnapshotFile {

    static final int FORMAT_VERSION = 4;

    private static final byte[] MAGIC = "MILLSNAP".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_BYTES = 32;
    private static final int HEADER_BYTES = 68;
    private static final int CRC_BYTES = 4;
    /** NIO copies a heap array through a direct buffer of its size, which the thread keeps. */
    private static final int CHUNK = 1 << 20;

    private SnapshotFile() {}

    /** Writes the file under its temporary name and forces it to disk. */
    static void write(Path temporary, SnapshotLabel label, byte[] state, int length) throws IOException {
        ByteBuffer header = header(label, length);
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate());
        crc.update(state, 0, length);
        ByteBuffer end = ByteBuffer.allocate(CRC_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt((int) crc.getValue()).flip();
        try (FileChannel file = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(file, header);
            for (int from = 0; from < length; from += CHUNK) {
                writeAll(file, ByteBuffer.wrap(state, from, Math.min(CHUNK, length - from)));
            }
            writeAll(file, end);
            file.force(true);
        }
    }

    /** Gives a file its lasting name; durable when this returns. */
    static void publish(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * Reads and checks a whole file.
     *
     * @throws StateException when it cannot be used, saying why
     */
    static Snapshot read(Path file, int semanticsVersion) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        requireSound(bytes, in);
        if (in.getInt(8) != FORMAT_VERSION) {
            throw new StateException(
                    "its format is version " + in.getInt(8) + "; this program reads " + FORMAT_VERSION);
        }
        if (in.getInt(12) != semanticsVersion) {
            throw new StateException("it was made by semantics version " + in.getInt(12) + "; this program has "
                    + semanticsVersion + ", whose results may differ");
        }
        int length = in.getInt(HEADER_BYTES - Integer.BYTES);
        if (length != bytes.length - HEADER_BYTES - CRC_BYTES) {
            throw new StateException(
                    "it claims " + length + " bytes of state and holds " + (bytes.length - HEADER_BYTES - CRC_BYTES));
        }
        byte[] state = Arrays.copyOfRange(bytes, HEADER_BYTES, HEADER_BYTES + length);
        return new Snapshot(file, in.getLong(16), in.getLong(24), new StateReader(state, length));
    }

    private static void requireSound(byte[] bytes, ByteBuffer in) {
        if (bytes.length < HEADER_BYTES + CRC_BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new StateException("it is not a snapshot: " + bytes.length + " bytes without the head of one");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - CRC_BYTES);
        int says = in.getInt(bytes.length - CRC_BYTES);
        if ((int) crc.getValue() != says) {
            throw new StateException("it is damaged: CRC32C is " + Integer.toHexString((int) crc.getValue())
                    + ", the file says " + Integer.toHexString(says));
        }
    }

    private static ByteBuffer header(SnapshotLabel label, int length) {
        byte[] version = label.engineVersion().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(FORMAT_VERSION)
                .putInt(label.semanticsVersion())
                .putLong(label.sequence())
                .putLong(label.receiveNs())
                .put(Arrays.copyOf(version, VERSION_BYTES))
                .putInt(length)
                .flip();
    }

    private static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
