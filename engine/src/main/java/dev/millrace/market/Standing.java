package dev.millrace.market;

/**
 * Where a coin stands after a decision: the memory that the next decision needs.
 *
 * @param member whether it is in the universe
 * @param entering decisions running in which its rank was good enough to enter
 * @param leaving decisions running in which its rank was bad enough to leave
 * @param failing decisions running in which it failed a gate
 */
public record Standing(boolean member, int entering, int leaving, int failing) {

    /** Of a coin that was never decided about. */
    public static final Standing OUTSIDE = new Standing(false, 0, 0, 0);
}
