package dev.millrace.market;

/**
 * A part of the market that remembers something between two records. What it writes is a function of the records alone:
 * nothing of capacity, scratch space or caches, everything in a fixed order. Market thread.
 */
public interface StatePart {

    /** The name of its section: four ASCII letters. */
    String stateTag();

    /** Writes what it remembers, between two records; allocates nothing. */
    void writeTo(StateWriter out);

    /**
     * Takes up what {@link #writeTo} wrote; this part has seen no record yet. Where it throws, the part is of no use.
     *
     * @throws StateException when the bytes cannot be such a state
     */
    void readFrom(StateReader in);
}
