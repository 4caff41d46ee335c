package dev.millrace.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A CRC32C over a whole Parquet file, kept inside it: the value of a footer key, eight hexadecimal digits that count as
 * zeros while the sum is taken. Parquet's own checksums cover the pages, not headers, statistics, indexes or the footer.
 *
 * <p>The digits are found by the bytes before them, as Thrift's compact protocol writes a key and a value of eight bytes.
 */
final class FileChecksum {

    static final String KEY = "millrace.crc32c";
    static final String BLANK = "00000000";

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = Integer.BYTES + 4;
    private static final int CHUNK = 1 << 16;

    private FileChecksum() {}

    /** Fills in the digits of a file that was written with {@link #BLANK}. */
    static void seal(FileChannel file) throws IOException {
        long at = find(file);
        ByteBuffer digits = ByteBuffer.wrap(sum(file, at).getBytes(StandardCharsets.US_ASCII));
        while (digits.hasRemaining()) {
            file.write(digits, at + digits.position());
        }
    }

    /** @throws LakeDamagedException when a byte differs from what was written, or nothing says what was written */
    static void check(FileChannel file) throws IOException {
        long at = find(file);
        String says = new String(bytes(file, at, BLANK.length()), StandardCharsets.US_ASCII);
        String is = sum(file, at);
        if (!says.equals(is)) {
            throw new LakeDamagedException("it is damaged: CRC32C is " + is + ", its footer says " + says);
        }
    }

    /** Position of the digits. */
    private static long find(FileChannel file) throws IOException {
        long size = file.size();
        if (size < MAGIC.length + TAIL_BYTES) {
            throw new LakeDamagedException("it is torn: it has " + size + " bytes, less than any Parquet file");
        }
        ByteBuffer tail =
                ByteBuffer.wrap(bytes(file, size - TAIL_BYTES, TAIL_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        long length = tail.getInt(0);
        if (!Arrays.equals(tail.array(), Integer.BYTES, TAIL_BYTES, MAGIC, 0, MAGIC.length)) {
            throw new LakeDamagedException("it is torn or no Parquet file: it does not end in PAR1");
        }
        if (length <= 0 || length > size - MAGIC.length - TAIL_BYTES) {
            throw new LakeDamagedException("it is damaged: a footer of " + length + " bytes in a file of " + size);
        }
        long footerAt = size - TAIL_BYTES - length;
        return footerAt + findIn(bytes(file, footerAt, (int) length));
    }

    private static int findIn(byte[] footer) {
        String text = new String(footer, StandardCharsets.ISO_8859_1);
        String before = KEY + '\u0018' + (char) BLANK.length();
        int at = text.indexOf(before);
        if (at < 0 || at != text.lastIndexOf(before) || at + before.length() + BLANK.length() > footer.length) {
            throw new LakeDamagedException("it is damaged, or no file of the lake: its footer has no " + KEY);
        }
        return at + before.length();
    }

    private static String sum(FileChannel file, long blankAt) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long at = 0;
        while (file.read(chunk, at) >= 0) {
            chunk.flip();
            for (int i = 0; i < BLANK.length(); i++) {
                long place = blankAt + i - at;
                if (place >= 0 && place < chunk.limit()) {
                    chunk.put((int) place, (byte) '0');
                }
            }
            at += chunk.limit();
            crc.update(chunk);
            chunk.clear();
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static byte[] bytes(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new LakeDamagedException("it was cut while it was read");
            }
        }
        return bytes.array();
    }
}
