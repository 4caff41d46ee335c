package dev.millrace.tools;

/** Of a daemon that is soon killed: small, and busy with what it does seldom otherwise. */
final class KillSettings {

    static final String[] ALL = {
        "feed.coins=all",
        "feed.channels=[trades, l2Book]",
        "feed.subscribe-per-second=1000",
        "feed.reconnect.min-delay=10 ms",
        "feed.reconnect.max-delay=20 ms",
        "pipeline.clock-interval=20 ms",
        "pipeline.ring-bytes=4 MiB",
        "pipeline.pool-bytes=16 MiB",
        "journal.sync-interval=50 ms",
        "journal.index-interval=64",
        "journal.min-free=64 MiB",
        "snapshot.interval=150 ms",
        "bars.timeframes=[1s, 5s, 1m]",
        "ops.port=0"
    };

    static final ChildJvm JVM = ChildJvm.shortLived().with("-XX:+UseSerialGC", "-Xmx192m");

    private KillSettings() {}
}
