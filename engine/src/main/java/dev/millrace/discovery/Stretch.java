package dev.millrace.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of venue time.
 *
 * @param fromMs since 1970
 * @param toMs exclusive
 */
public record Stretch(long fromMs, long toMs) {

    /** What is left of this without those, in order. */
    List<Stretch> without(List<Stretch> others) {
        List<Stretch> left = new ArrayList<>();
        long at = fromMs;
        for (Stretch other : others.stream()
                .sorted(Comparator.comparingLong(Stretch::fromMs))
                .toList()) {
            if (other.fromMs() > at) {
                left.add(new Stretch(at, Math.min(toMs, other.fromMs())));
            }
            at = Math.max(at, other.toMs());
            if (at >= toMs) {
                break;
            }
        }
        if (at < toMs) {
            left.add(new Stretch(at, toMs));
        }
        return left.stream().filter(part -> part.fromMs() < part.toMs()).toList();
    }
}
