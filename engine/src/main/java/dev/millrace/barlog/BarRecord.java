package dev.millrace.barlog;

import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.Sum128;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A record of the bar log: 152 bytes, little-endian, all values integers.
 *
 * <pre>
 *   0      1       2          3   4        8          16         24
 *   +------+-------+----------+---+--------+----------+----------+--------------+
 *   | kind | basis | complete | 0 | symbol | sequence | start ms | timeframe ms |
 *   +------+-------+----------+---+--------+----------+----------+--------------+
 *  32     40     48    56      64       80             96           112     120      128
 *   +------+------+-----+-------+--------+--------------+------------+-------+--------+-------+
 *   | open | high | low | close | volume | quote volume | buy volume | count | first  | last  |
 *   +------+------+-----+-------+--------+--------------+------------+-------+--------+-------+
 * 136         144        148     152
 *   +----------+----------+--------+
 *   | known ns | revision | CRC32C |      of the 148 bytes before it
 *   +----------+----------+--------+
 * </pre>
 *
 * <p>Prices have scale 8; sums are 128 bits, the high half first: volumes at scale 8, the quote volume at scale 16. A
 * symbol is a number of this file; a record of the kind {@link #SYMBOL} gives its name before its first bar. It has the
 * name's length in bytes at 16, the place of this part at 20, and up to {@link #NAME_BYTES} bytes of it at 24.
 */
final class BarRecord {

    static final int BYTES = 152;
    static final int NAME_BYTES = 120;

    static final byte HEADER = 1;
    static final byte SYMBOL = 2;
    static final byte BAR = 3;

    /** The bytes of a bar that do not depend on the file: all but the symbol's number and the checksum. */
    private static final int DIGEST_FROM = 8;

    private static final long MAGIC = 0x31_53_52_41_42_52_4DL; // MRBARS1
    private static final int CRC_AT = 148;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final Basis[] BASES = Basis.values();

    private BarRecord() {}

    /** Writes a bar, without its checksum. Hot: allocates nothing. */
    static void encode(Bar bar, long sequence, MutableDirectBuffer to, int at) {
        to.putByte(at, BAR);
        to.putByte(at + 1, (byte) bar.basis.ordinal());
        to.putByte(at + 2, (byte) (bar.complete ? 1 : 0));
        to.putByte(at + 3, (byte) 0);
        to.putInt(at + 4, bar.symbol, ORDER);
        to.putLong(at + 8, sequence, ORDER);
        to.putLong(at + 16, bar.startMs, ORDER);
        to.putLong(at + 24, bar.timeframe.millis(), ORDER);
        to.putLong(at + 32, bar.open, ORDER);
        to.putLong(at + 40, bar.high, ORDER);
        to.putLong(at + 48, bar.low, ORDER);
        to.putLong(at + 56, bar.close, ORDER);
        encode(bar.volume, to, at + 64);
        encode(bar.quoteVolume, to, at + 80);
        encode(bar.buyVolume, to, at + 96);
        to.putLong(at + 112, bar.count, ORDER);
        to.putLong(at + 120, bar.firstTimeMs, ORDER);
        to.putLong(at + 128, bar.lastTimeMs, ORDER);
        to.putLong(at + 136, bar.knownAtNs, ORDER);
        to.putInt(at + 144, bar.revision, ORDER);
    }

    private static void encode(Sum128 sum, MutableDirectBuffer to, int at) {
        to.putLong(at, sum.high(), ORDER);
        to.putLong(at + 8, sum.low(), ORDER);
    }

    static void encodeHeader(long day, MutableDirectBuffer to) {
        to.setMemory(0, BYTES, (byte) 0);
        to.putByte(0, HEADER);
        to.putLong(8, MAGIC, ORDER);
        to.putLong(16, day, ORDER);
    }

    static boolean isHeaderOf(long day, DirectBuffer from) {
        return kind(from) == HEADER && from.getLong(8, ORDER) == MAGIC && from.getLong(16, ORDER) == day;
    }

    /** Writes the part of a name that begins at this place. */
    static void encodeName(int symbol, byte[] name, int part, long sequence, MutableDirectBuffer to) {
        to.setMemory(0, BYTES, (byte) 0);
        to.putByte(0, SYMBOL);
        to.putInt(4, symbol, ORDER);
        to.putLong(8, sequence, ORDER);
        to.putInt(16, name.length, ORDER);
        to.putInt(20, part, ORDER);
        to.putBytes(24, name, part, Math.min(NAME_BYTES, name.length - part));
    }

    static int nameLength(DirectBuffer from) {
        return from.getInt(16, ORDER);
    }

    static int namePart(DirectBuffer from) {
        return from.getInt(20, ORDER);
    }

    static byte kind(DirectBuffer from) {
        return from.getByte(0);
    }

    static int symbol(DirectBuffer from) {
        return from.getInt(4, ORDER);
    }

    static long sequence(DirectBuffer from) {
        return from.getLong(8, ORDER);
    }

    static long startMs(DirectBuffer from) {
        return from.getLong(16, ORDER);
    }

    static long timeframeMs(DirectBuffer from) {
        return from.getLong(24, ORDER);
    }

    static Basis basis(DirectBuffer from) {
        return BASES[from.getByte(1)];
    }

    static boolean complete(DirectBuffer from) {
        return from.getByte(2) == 1;
    }

    static long field(int at, DirectBuffer from) {
        return from.getLong(at, ORDER);
    }

    static int revision(DirectBuffer from) {
        return from.getInt(144, ORDER);
    }

    static Sum128 sum(int at, DirectBuffer from) {
        Sum128 sum = new Sum128();
        sum.set(from.getLong(at, ORDER), from.getLong(at + 8, ORDER));
        return sum;
    }

    /** Whether two records hold the same values, the symbols' numbers apart. */
    static boolean isSameBar(DirectBuffer one, DirectBuffer other) {
        boolean same =
                one.getInt(0, ORDER) == other.getInt(0, ORDER) && one.getInt(144, ORDER) == other.getInt(144, ORDER);
        for (int at = DIGEST_FROM; same && at < 144; at += Long.BYTES) {
            same = one.getLong(at, ORDER) == other.getLong(at, ORDER);
        }
        return same;
    }

    /** The bytes that a digest is taken of: equal for equal bars, whatever file they stand in. */
    static void digestBytes(DirectBuffer from, byte[] to) {
        from.getBytes(0, to, 0, 4);
        from.getBytes(DIGEST_FROM, to, 4, CRC_AT - DIGEST_FROM);
    }

    static byte[] newDigestBytes() {
        return new byte[4 + CRC_AT - DIGEST_FROM];
    }

    static void seal(MutableDirectBuffer record) {
        record.putInt(CRC_AT, checksum(record), ORDER);
    }

    static boolean isSound(DirectBuffer record) {
        return record.getInt(CRC_AT, ORDER) == checksum(record);
    }

    private static int checksum(DirectBuffer record) {
        CRC32C crc = new CRC32C();
        ByteBuffer bytes = record.byteBuffer().duplicate();
        int from = record.wrapAdjustment();
        crc.update(bytes.limit(from + CRC_AT).position(from));
        return (int) crc.getValue();
    }
}
