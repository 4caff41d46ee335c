package dev.millrace.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the key or name that was probably meant. */
public final class Spelling {

    /** What another section costs, in edits. */
    private static final int OTHER_SECTION = 4;

    private Spelling() {}

    /** The candidate that takes the fewest edits; there must be one. */
    public static String nearest(String wrong, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(wrong, candidate)))
                .orElseThrow();
    }

    /** Edits between the two; a key with the right name in the wrong section is the next best thing to equal. */
    private static int distance(String wrong, String right) {
        boolean sameName =
                right.substring(right.lastIndexOf('.') + 1).equals(wrong.substring(wrong.lastIndexOf('.') + 1));
        int elsewhere = section(wrong).equals(section(right)) ? 0 : OTHER_SECTION;
        return sameName ? 1 : edits(wrong, right) + elsewhere;
    }

    private static String section(String key) {
        return key.substring(0, Math.max(0, key.indexOf('.')));
    }

    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
