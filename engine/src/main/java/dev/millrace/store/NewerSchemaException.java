package dev.millrace.store;

import java.nio.file.Path;

/** The tables were written by a newer program: this one leaves them alone. */
public final class NewerSchemaException extends StoreException {

    private static final long serialVersionUID = 1L;

    NewerSchemaException(Path file, int found, int known) {
        super(file + " has tables of version " + found + ", this program knows up to " + known
                + "; start the newer Millrace, or set data.database to another file, which is made from the journal");
    }
}
