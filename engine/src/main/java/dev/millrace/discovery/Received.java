package dev.millrace.discovery;

import java.util.List;

/**
 * What a page brought.
 *
 * @param rows that are final
 * @param reachedMs the end of the last of them, exclusive: where the next page begins, if there is one
 * @param refused a line for each row that breaks a rule
 */
public record Received(int rows, long reachedMs, List<String> refused) {

    /** As many rows as came. */
    int elements() {
        return rows + refused.size();
    }
}
