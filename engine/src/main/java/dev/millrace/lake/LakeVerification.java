package dev.millrace.lake;

import java.util.List;

/**
 * What reading a whole lake gave.
 *
 * @param partitions sound ones
 * @param rows in them
 * @param bytes of all files
 * @param problems one line for each file that is damaged or does not belong there
 */
public record LakeVerification(long partitions, long rows, long bytes, List<String> problems) {

    public LakeVerification {
        problems = List.copyOf(problems);
    }
}
