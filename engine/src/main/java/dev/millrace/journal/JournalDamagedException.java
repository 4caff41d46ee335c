package dev.millrace.journal;

/** A record does not read back as it was written. Reading may go on after it; see {@link JournalReader#read}. */
public final class JournalDamagedException extends JournalException {

    private final String file;
    private final long sequence;

    JournalDamagedException(String file, long sequence, String what, Throwable cause) {
        super("journal damaged: " + file + ", record " + sequence + ": " + what, cause);
        this.file = file;
        this.sequence = sequence;
    }

    /** Name of the cycle file that holds the record. */
    public String file() {
        return file;
    }

    /** The sequence that the record has, or should have by its place. */
    public long sequence() {
        return sequence;
    }
}
