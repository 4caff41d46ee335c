package dev.millrace.lake;

/**
 * The journal's records that rows were made from.
 *
 * @param from first sequence; 0 where the rows come from no journal
 * @param to last sequence, inclusive
 */
public record SequenceRange(long from, long to) {

    /** Rows that come from no journal, an archive's for example. */
    public static final SequenceRange NONE = new SequenceRange(0, 0);

    public SequenceRange {
        if (from < 0 || to < from || (from == 0 && to > 0)) {
            throw new IllegalArgumentException("no range of sequences: " + from + " to " + to);
        }
    }

    /** The smallest range that holds both. */
    SequenceRange and(SequenceRange other) {
        if (equals(NONE) || other.equals(NONE)) {
            return equals(NONE) ? other : this;
        }
        return new SequenceRange(Math.min(from, other.from), Math.max(to, other.to));
    }
}
