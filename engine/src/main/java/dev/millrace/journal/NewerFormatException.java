package dev.millrace.journal;

/** The journal holds records of a later format than this program reads: nothing is damaged, the program is too old. */
public final class NewerFormatException extends JournalException {

    NewerFormatException(String file, long sequence, int version) {
        super("journal is newer than this program: " + file + ", record " + sequence + " has format version " + version
                + ", this program reads up to version " + RecordLayout.VERSION + "; use a newer Millrace");
    }
}
