package dev.millrace.feed;

import dev.millrace.market.Instrument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns the entries of {@code feed.coins} into names that the venue knows. */
final class CoinChoice {

    private static final int SUGGESTIONS = 3;

    private final Map<String, Instrument> known = new LinkedHashMap<>();
    private final List<String> members;
    private final boolean checkNames;
    private final Set<String> coins = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    CoinChoice(List<Instrument> instruments, List<String> members, boolean checkNames) {
        instruments.forEach(instrument -> known.put(instrument.name(), instrument));
        this.members = members;
        this.checkNames = checkNames;
    }

    Collection<String> coins() {
        return coins;
    }

    List<String> warnings() {
        return warnings;
    }

    /** @param entry a name, {@code all}, {@code universe} or {@code top:N} */
    void add(String entry) {
        if (entry.equals("all")) {
            addPerpetuals(entry, Integer.MAX_VALUE);
        } else if (entry.equals("universe")) {
            coins.addAll(members);
        } else if (entry.startsWith("top:")) {
            addPerpetuals(entry, count(entry));
        } else {
            addNamed(entry);
        }
    }

    private void addPerpetuals(String entry, int count) {
        if (known.isEmpty()) {
            throw new IllegalArgumentException("feed.coins: '" + entry
                    + "' needs the venue's metadata, which could not be read from hyperliquid.rest-url;"
                    + " name the coins instead");
        }
        known.values().stream()
                .filter(instrument -> !instrument.spot() && !instrument.delisted())
                .sorted(Comparator.comparingDouble(CoinChoice::volume)
                        .reversed()
                        .thenComparing(Instrument::name))
                .limit(count)
                .forEach(instrument -> coins.add(instrument.name()));
    }

    private void addNamed(String name) {
        Instrument instrument = known.get(name);
        if (instrument == null) {
            if (checkNames) {
                throw new IllegalArgumentException("feed.coins: the venue has no '" + name + "'" + suggestion(name));
            }
            warnings.add("feed.coins: '" + name + "' was not checked; the venue closes the connection on a wrong name");
        } else if (instrument.delisted()) {
            warnings.add("feed.coins: '" + name + "' is delisted; the venue will send empty books and no trades");
        }
        coins.add(name);
    }

    private String suggestion(String name) {
        if (known.isEmpty()) {
            return ": its names could not be read from hyperliquid.rest-url; to go without, set feed.check-names = false";
        }
        List<String> nearest = known.keySet().stream()
                .sorted(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(other -> other))
                .limit(SUGGESTIONS)
                .toList();
        return "; nearest are " + String.join(", ", nearest) + " (letter case counts)";
    }

    private static int count(String entry) {
        return Integer.parseInt(entry.substring("top:".length()));
    }

    private static double volume(Instrument instrument) {
        return Double.isNaN(instrument.dayNotionalVolume()) ? 0 : instrument.dayNotionalVolume();
    }

    /** Edits between two names; letter case and a builder's prefix count as less than one edit. */
    private static int distance(String asked, String other) {
        String bare = other.substring(other.indexOf(':') + 1);
        int exact = 10 * edits(lower(asked), lower(other)) + (asked.equals(other) ? 0 : 1);
        int withoutPrefix = 10 * edits(lower(asked), lower(bare)) + 2;
        return Math.min(exact, withoutPrefix);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance, one row at a time. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
