package dev.millrace;

/** No coin was named, and none is recorded: there is nothing to collect. */
public final class NothingRecordedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NothingRecordedException() {
        super("no coin is recorded: name some, or wait for the universe's first members (feed.coins)");
    }
}
