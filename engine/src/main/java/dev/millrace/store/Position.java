package dev.millrace.store;

/**
 * How far the tables reach.
 *
 * @param sequence of the last record whose rows are committed; 0 when there is none
 * @param receiveNs receive time of that record, by which it is known; 0 when there is none
 */
public record Position(long sequence, long receiveNs) {

    static final Position NONE = new Position(0, 0);
}
