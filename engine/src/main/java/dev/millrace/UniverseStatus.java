package dev.millrace;

import dev.millrace.market.UniverseDecision;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code /health} and {@code millrace status} tell of the universe. Cold. */
final class UniverseStatus {

    private UniverseStatus() {}

    /** One line for {@code /health}. */
    static String words(UniverseDecision last) {
        return last.atMs() == 0
                ? last.note()
                : last.members().size() + " of " + last.verdicts().size() + " coins since "
                        + Instant.ofEpochMilli(last.atMs()) + ": " + last.note();
    }

    /** Figures by name for {@code millrace status}. */
    static Map<String, Object> figures(UniverseDecision last) {
        List<String> members = last.members();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("members", members.size());
        figures.put("looked_at", last.verdicts().size());
        figures.put(
                "decided",
                last.atMs() == 0 ? "" : Instant.ofEpochMilli(last.atMs()).toString());
        figures.put("note", last.note());
        figures.put("coins", members);
        return figures;
    }
}
