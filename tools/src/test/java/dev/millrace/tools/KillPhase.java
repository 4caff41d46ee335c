package dev.millrace.tools;

/** When a {@link KillPoint} can be met. */
enum KillPhase {
    /** Without looking at where the daemon is. */
    ANY,
    /** From the JVM's start on. */
    LIFE,
    /** In an append to a new hour. */
    ROLL,
    /** Soon after a start that finds a closed hour. */
    COMPRESSION,
    /** The same, where the journal may keep less than it. */
    DELETION,
    /** After a signal. */
    STOP
}
