package dev.millrace.market;

import java.util.Locale;

/** What a journal record holds. The code is written to disk and never changes its meaning. */
public enum RecordKind {
    /** A WebSocket frame, byte for byte. */
    FRAME(1),
    /** A REST exchange: {@code <status> <request body>}, a line feed, the reply's body byte for byte. */
    REST(2),
    /** A sentiment reply: {@code <status> <path and query>}, a line feed, the body byte for byte. */
    SENTIMENT(3),
    /** A record of the exchange's archive. */
    ARCHIVE(4),
    /** A change in the life of a connection or of the intake, see {@link Lifecycle}. */
    LIFECYCLE(5),
    /** Time passing without messages; the payload may re-anchor the local clock. */
    CLOCK(6),
    /** The header of a session: versions, start reason and every setting that can change a result. */
    SESSION(7),
    /** A gap that the market derived: an annotation, never input. */
    GAP(8),
    /** A decision about which coins are worth recording, with inputs and reasons: a JSON object. */
    UNIVERSE(9);

    private static final RecordKind[] BY_CODE = new RecordKind[16];

    static {
        for (RecordKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final byte code;

    RecordKind(int code) {
        this.code = (byte) code;
    }

    /** The byte on disk. */
    public byte code() {
        return code;
    }

    /** The kind of a byte on disk; null for a kind that this version does not know. */
    public static RecordKind ofCode(byte code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The lower-case name used on the command line and in exports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
