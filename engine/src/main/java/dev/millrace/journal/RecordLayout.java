package dev.millrace.journal;

import dev.millrace.market.EventSink;

/**
 * A record: one Chronicle document, little-endian. Version 1:
 *
 * <pre>
 *  0         1      2      4        8          16       24           32       36         36 + length
 *  +---------+------+------+--------+----------+--------+------------+--------+----------+
 *  | version | kind | zero | length | sequence | source | receive ns | CRC32C | payload  |
 *  +---------+------+------+--------+----------+--------+------------+--------+----------+
 *   \_____________________ covered by the CRC _________________________/        \_covered_/
 * </pre>
 *
 * <ul>
 *   <li>kind: {@link dev.millrace.market.RecordKind#code()}; a kind that a reader does not know is skipped
 *   <li>length: of the payload in bytes, 0 to {@link EventSink#MAX_PAYLOAD}
 *   <li>sequence: 1, 2, 3 … without holes for the life of the data directory, over sessions and files
 *   <li>source: see {@link dev.millrace.market.Source}
 *   <li>receive ns: since 1970 on the clock of the machine that received it; not monotone over sessions and imports
 * </ul>
 *
 * <p>This header and the reach of the CRC stay the same in every later version, so that a reader can tell a record that
 * is newer than itself (sound CRC, greater version) from a damaged one.
 */
final class RecordLayout {

    static final int VERSION = 1;

    static final int VERSION_OFFSET = 0;
    static final int KIND_OFFSET = 1;
    static final int ZERO_OFFSET = 2;
    static final int LENGTH_OFFSET = 4;
    static final int SEQUENCE_OFFSET = 8;
    static final int SOURCE_OFFSET = 16;
    static final int RECEIVE_NS_OFFSET = 24;
    static final int CRC_OFFSET = 32;
    static final int HEADER_BYTES = 36;

    /** Chronicle holds messages of up to a quarter of a block: 32 MiB, so the longest payload and its header fit. */
    static final long BLOCK_BYTES = 8L * EventSink.MAX_PAYLOAD;

    private RecordLayout() {}
}
