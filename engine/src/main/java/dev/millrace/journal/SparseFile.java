package dev.millrace.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a file ends that was made far longer than what it holds, as Chronicle's are. The file system is asked first: a hole
 * that is read costs a page of memory for each 4 KiB of nothing, some 100 ms for an empty block. Any thread.
 */
final class SparseFile {

    private static final int CHUNK_BYTES = 1 << 20;

    private SparseFile() {}

    /** Bytes of the file up to the last that is not zero. */
    static long usedBytes(Path file) throws IOException {
        long stored = storedBytes(file);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
            ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
            for (long start = (stored - 1) / CHUNK_BYTES * CHUNK_BYTES; start >= 0; start -= CHUNK_BYTES) {
                int length = in.read(chunk.clear().limit((int) Math.min(CHUNK_BYTES, stored - start)), start);
                if (length > 0 && chunk.flip().mismatch(zeros.clear().limit(length)) >= 0) {
                    while (chunk.get(length - 1) == 0) {
                        length--;
                    }
                    return start + length;
                }
            }
            return 0;
        }
    }

    /** Bytes of the file up to the end of what the file system stores of it; its length where that is not known. */
    static long storedBytes(Path file) throws IOException {
        long size = Files.size(file);
        if (!LibC.AVAILABLE) {
            return size;
        }
        int opened = LibC.open(file.toString(), LibC.READ_ONLY);
        if (opened < 0) {
            return size;
        }
        try {
            return Math.min(size, lastHole(opened, size));
        } finally {
            LibC.close(opened);
        }
    }

    /** Where the last hole begins, which every file has at its end. */
    private static long lastHole(int opened, long size) {
        if (LibC.lseek(opened, 0, LibC.SEEK_HOLE) < 0) {
            return size;
        }
        long end = 0;
        for (long data = 0; (data = LibC.lseek(opened, end, LibC.SEEK_DATA)) >= 0; ) {
            end = LibC.lseek(opened, data, LibC.SEEK_HOLE);
            if (end <= data) {
                return size;
            }
        }
        return end;
    }
}
