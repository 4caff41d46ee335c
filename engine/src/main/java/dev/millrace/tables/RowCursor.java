package dev.millrace.tables;

/** Rows one after the other, for one thread; the row is reused, valid until the next call. */
public interface RowCursor extends AutoCloseable {

    /** Moves to the next row; false at the end. */
    boolean next();

    /** The row that {@link #next} moved to. */
    Row row();

    /** Lets go of what it reads from; once more does nothing. */
    @Override
    void close();
}
