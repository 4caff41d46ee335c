package dev.millrace.tools;

/** When a {@link StoreKillPoint} can be met. */
enum StoreKillPhase {
    /** Without looking at where the daemon is. */
    ANY,
    /** In any life. */
    LIFE,
    /** Where there are no tables yet: they are deleted before. */
    NO_TABLES,
    /** In a rebuild of days that were damaged before. */
    REBUILD,
    /** After a signal. */
    STOP
}
