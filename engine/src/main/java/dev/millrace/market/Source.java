package dev.millrace.market;

/**
 * Where a record came from, packed into a long: {@code stream (8 bits) | connection (24 bits) | subscription (32 bits)}.
 * A connection number is unique within a session and never 0 for a socket; a subscription is 0 where it is not known
 * before decoding.
 */
public final class Source {

    /** The engine itself: session headers, clock records, intake stops. */
    public static final int ENGINE = 0;
    /** Hyperliquid's WebSocket. */
    public static final int HYPERLIQUID_WS = 1;
    /** Hyperliquid's REST interface. */
    public static final int HYPERLIQUID_REST = 2;
    /** Frames read from a file by {@code journal import}. */
    public static final int IMPORT = 3;
    /** The Fear & Greed index of Alternative.me. */
    public static final int FEAR_GREED = 4;

    private static final String[] STREAM_NAMES = {"engine", "hyperliquid-ws", "hyperliquid-rest", "import", "fear-greed"
    };

    private Source() {}

    /** Packs the three numbers. */
    public static long of(int stream, int connection, int subscription) {
        if (stream < 0 || stream > 0xFF || connection < 0 || connection > 0xFF_FFFF) {
            throw new IllegalArgumentException("source out of range: stream " + stream + ", connection " + connection);
        }
        return (long) stream << 56 | (long) connection << 32 | (subscription & 0xFFFF_FFFFL);
    }

    public static int stream(long source) {
        return (int) (source >>> 56);
    }

    public static int connection(long source) {
        return (int) (source >>> 32) & 0xFF_FFFF;
    }

    public static int subscription(long source) {
        return (int) source;
    }

    /** For people and exports: {@code hyperliquid-ws/3}, with {@code /subscription} when it is not 0. */
    public static String text(long source) {
        int stream = stream(source);
        String name = stream < STREAM_NAMES.length ? STREAM_NAMES[stream] : "stream-" + stream;
        String text = name + "/" + connection(source);
        return subscription(source) == 0 ? text : text + "/" + subscription(source);
    }
}
