package dev.millrace.tools;

/** What a command's end tells the shell. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    /** Usage or configuration. */
    static final int USAGE = 2;

    static final int DATA_DAMAGED = 3;
    static final int ALREADY_RUNNING = 4;

    private ExitCode() {}
}
