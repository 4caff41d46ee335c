package dev.millrace.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;

/**
 * A compressed cycle: a skippable LZ4 frame that says what is inside, then one LZ4 frame with the cycle file's bytes up to
 * the last that is not zero; so {@code lz4 -d} restores it too. Little-endian:
 *
 * <pre>
 *  0            4          8         12     16               24              32             40            48       52
 *  +------------+----------+---------+------+----------------+---------------+--------------+-------------+--------+-----------+
 *  | 0x184D2A50 | 44       | version | zero | first sequence | last sequence | file's bytes | used bytes  | CRC32C | LZ4 frame |
 *  +------------+----------+---------+------+----------------+---------------+--------------+-------------+--------+-----------+
 *                           \__________________________ covered by the CRC _______________________________/
 * </pre>
 */
final class CycleArchive {

    static final int HEADER_BYTES = 52;
    private static final int MAGIC = 0x184D2A50;
    private static final int FRAME_BYTES = HEADER_BYTES - 8;
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = 48;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final String TEMPORARY_SUFFIX = ".tmp";

    private CycleArchive() {}

    /**
     * What the header says.
     *
     * @param lastSequence one less than the first when the cycle holds no record
     * @param fileBytes length of the cycle file, zeros at its end included
     * @param usedBytes the same without them
     */
    record Header(long firstSequence, long lastSequence, long fileBytes, long usedBytes) {}

    /** The compression was told to stop; the raw file is untouched. */
    static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("stopped while compressing");
        }
    }

    /**
     * Writes the compressed file beside the raw one, on disk and proven equal when this returns; a crash before leaves at
     * most a temporary file.
     *
     * @param stop asked between chunks
     * @throws StoppedException when told to stop
     */
    static void compress(CycleFile cycle, long firstSequence, long lastSequence, BooleanSupplier stop)
            throws IOException {
        Path temporary = temporary(cycle.compressed());
        Header header =
                new Header(firstSequence, lastSequence, Files.size(cycle.raw()), SparseFile.usedBytes(cycle.raw()));
        try {
            byte[] written = write(cycle.raw(), temporary, header, stop);
            JournalFolder.force(temporary); // closing the LZ4 stream has closed the file
            byte[] back = digest(temporary, stop);
            if (!Arrays.equals(written, back)) {
                throw new IOException(temporary + " does not read back as it was written");
            }
            Files.move(temporary, cycle.compressed(), StandardCopyOption.ATOMIC_MOVE);
            JournalFolder.force(cycle.dir());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static Path temporary(Path target) {
        return target.resolveSibling(target.getFileName() + TEMPORARY_SUFFIX);
    }

    private static byte[] write(Path raw, Path target, Header header, BooleanSupplier stop) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(raw);
                FileChannel file = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            OutputStream plain = Channels.newOutputStream(file);
            plain.write(encode(header));
            LZ4FrameOutputStream out = new LZ4FrameOutputStream(
                    plain,
                    BLOCKSIZE.SIZE_1MB,
                    header.usedBytes,
                    FLG.Bits.BLOCK_INDEPENDENCE,
                    FLG.Bits.CONTENT_CHECKSUM,
                    FLG.Bits.CONTENT_SIZE);
            copy(in, header.usedBytes, (bytes, length) -> {
                if (stop.getAsBoolean()) {
                    throw new StoppedException();
                }
                digest.update(bytes, 0, length);
                out.write(bytes, 0, length);
            });
            out.close();
        }
        return digest.digest();
    }

    private static byte[] digest(Path compressed, BooleanSupplier stop) throws IOException {
        MessageDigest digest = sha256();
        read(compressed, (bytes, length) -> {
            if (stop.getAsBoolean()) {
                throw new StoppedException();
            }
            digest.update(bytes, 0, length);
        });
        return digest.digest();
    }

    /**
     * Writes the cycle file again, as long as it was.
     *
     * @throws JournalDamagedException when the compressed file is not as it was written
     * @throws IOException when the target cannot be written
     */
    static void restore(Path compressed, Path target) throws IOException {
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(file);
            Header header = read(compressed, (bytes, length) -> {
                try {
                    out.write(bytes, 0, length);
                } catch (IOException e) {
                    throw new ScratchException(target, e);
                }
            });
            if (header.fileBytes > header.usedBytes) { // sparse again
                file.write(ByteBuffer.allocate(1), header.fileBytes - 1);
            }
        } catch (ScratchException e) {
            throw e.cause;
        } catch (JournalDamagedException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    /** The target, not the compressed file, is at fault. */
    private static final class ScratchException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final IOException cause;

        ScratchException(Path target, IOException cause) {
            super("cannot write " + target, cause);
            this.cause = cause;
        }
    }

    private interface Sink {
        void take(byte[] bytes, int length) throws IOException;
    }

    /** Reads all of it, checked; what the sink throws passes through. */
    private static Header read(Path compressed, Sink sink) throws IOException {
        Header header = header(compressed);
        try (InputStream in = Files.newInputStream(compressed)) {
            in.skipNBytes(HEADER_BYTES);
            LZ4FrameInputStream frame = new LZ4FrameInputStream(in);
            copy(frame, header.usedBytes, sink);
            if (frame.read() != -1) {
                throw new IOException("more follows the " + header.usedBytes + " bytes that its header names");
            }
            return header;
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(compressed, header.firstSequence, e);
        }
    }

    private static void copy(InputStream in, long length, Sink sink) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        long left = length;
        while (left > 0) {
            int read = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
            if (read == 0) {
                throw new EOFException("ends " + left + " bytes early");
            }
            sink.take(chunk, read);
            left -= read;
        }
    }

    /**
     * What the file says of itself, without decompressing.
     *
     * @throws JournalDamagedException when the header is not as it was written
     * @throws NewerFormatException when a later Millrace wrote it
     */
    static Header header(Path compressed) throws IOException {
        ByteBuffer bytes;
        try (InputStream in = Files.newInputStream(compressed)) {
            bytes = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (bytes.limit() < HEADER_BYTES
                || bytes.getInt(0) != MAGIC
                || bytes.getInt(4) != FRAME_BYTES
                || bytes.getInt(CRC_OFFSET) != checksum(bytes)) {
            throw damaged(compressed, 1, new IOException("its header is not that of a compressed cycle"));
        }
        if (bytes.getInt(8) > VERSION) {
            throw new NewerFormatException(compressed.getFileName().toString(), bytes.getLong(16), bytes.getInt(8));
        }
        return new Header(bytes.getLong(16), bytes.getLong(24), bytes.getLong(32), bytes.getLong(40));
    }

    private static byte[] encode(Header header) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(FRAME_BYTES).putInt(VERSION).putInt(0);
        bytes.putLong(header.firstSequence).putLong(header.lastSequence);
        bytes.putLong(header.fileBytes).putLong(header.usedBytes);
        bytes.putInt(checksum(bytes));
        return bytes.array();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(8, CRC_OFFSET - 8));
        return (int) crc.getValue();
    }

    private static JournalDamagedException damaged(Path file, long sequence, IOException e) {
        return new JournalDamagedException(
                file.getFileName().toString(), sequence, "the compressed file cannot be read: " + e.getMessage(), e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
