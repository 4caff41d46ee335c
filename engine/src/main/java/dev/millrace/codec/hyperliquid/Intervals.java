package dev.millrace.codec.hyperliquid;

/** The venue's candle intervals, one shared name each. */
final class Intervals {

    private static final String[] NAMES = {
        "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "8h", "12h", "1d", "3d", "1w", "1M"
    };
    /** 0 for a week and a month, which are not whole multiples of a day from 1970. */
    private static final int[] MINUTES = {1, 3, 5, 15, 30, 60, 120, 240, 480, 720, 1_440, 4_320, 0, 0};

    private static final byte[][] WORDS = Text.words(NAMES);

    private Intervals() {}

    /** Index of the interval; −1 when the venue has none of this name. */
    static int indexOf(Text name) {
        return name.indexIn(WORDS);
    }

    static String name(int index) {
        return NAMES[index];
    }

    static long millis(int index) {
        return MINUTES[index] * 60_000L;
    }
}
