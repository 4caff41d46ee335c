package dev.millrace.benchmarks.load;

import java.util.List;

/** Who receives. */
enum Client {
    DAEMON("the daemon", DaemonClient.class, ""),
    PLAIN("plain client", PlainClient.class, ""),
    BARE_READ("bare: read the socket", BareClient.class, ""),
    BARE_APPEND("bare: read and append", BareClient.class, BareClient.APPEND);

    final String title;
    final Class<?> main;
    private final String extra;

    Client(String title, Class<?> main, String extra) {
        this.title = title;
        this.main = main;
        this.extra = extra;
    }

    /** What it is told besides. */
    List<String> extra() {
        return extra.isEmpty() ? List.of() : List.of(extra);
    }

    /** Whether it has callbacks and waits for the word to stop. */
    boolean hasCallbacks() {
        return this == DAEMON || this == PLAIN;
    }
}
