package dev.millrace.benchmarks.faults;

import dev.millrace.benchmarks.faults.Recorded.ToldGap;
import dev.millrace.market.Gap.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a fault did and how the daemon took it. */
final class Outcome {

    private static final long NO_TIME = -1;

    private final Scenario scenario;
    private final long beganMs;
    private final long endedMs;
    private final long slotEndMs;
    private final List<Look> looks;
    private final List<LogLine> lines;
    private final List<ToldGap> gaps;
    private final Map<String, Double> risen;
    private final List<String> complaints = new ArrayList<>();
    private long noticedMs = NO_TIME;

    /**
     * @param beganMs when it struck first
     * @param endedMs when it was over
     * @param risen counters, by how much they rose in the slot
     */
    Outcome(
            Scenario scenario,
            long beganMs,
            long endedMs,
            long slotEndMs,
            List<Look> looks,
            List<LogLine> lines,
            List<ToldGap> gaps,
            Map<String, Double> risen) {
        this.scenario = scenario;
        this.beganMs = beganMs;
        this.endedMs = endedMs;
        this.slotEndMs = slotEndMs;
        this.looks = looks;
        this.lines = lines;
        this.gaps = gaps;
        this.risen = risen;
    }

    /** What was wrong; empty when all was as it should be. */
    List<String> judge() {
        scenario.signs().forEach(this::expect);
        lines.stream()
                .filter(line -> line.alarm() && !scenario.explains(line.text()))
                .forEach(line -> complaints.add("not explained: " + line.text()));
        if (looks.isEmpty() || !looks.get(looks.size() - 1).isWell()) {
            complaints.add("not well at the end: " + (looks.isEmpty() ? "no look" : looks.get(looks.size() - 1)));
        }
        scenario.ends().stream()
                .filter(this::isOpen)
                .forEach(end -> complaints.add("the log does not say that it is over: " + end.over()));
        return complaints;
    }

    private void expect(Sign sign) {
        OptionalLong at = switch (sign.place()) {
            case LOG -> firstLine(sign, beganMs);
            case HEALTH ->
                looks.stream()
                        .filter(look -> look.says(sign))
                        .mapToLong(Look::atMs)
                        .min();
            case GAP ->
                gaps.stream()
                        .filter(told -> sign.isIn(told.gap().cause()))
                        .mapToLong(ToldGap::toldMs)
                        .min();
            case COUNTER ->
                risen.getOrDefault(sign.words().pattern(), 0.0) > 0 ? OptionalLong.of(NO_TIME) : OptionalLong.empty();
        };
        if (at.isEmpty()) {
            complaints.add("not shown: " + sign);
        } else if (at.getAsLong() != NO_TIME) {
            noticedMs = noticedMs == NO_TIME ? at.getAsLong() : Math.min(noticedMs, at.getAsLong());
        }
    }

    private boolean isOpen(Scenario.End end) {
        List<LogLine> since = since(end.began());
        return !since.isEmpty() && since.stream().noneMatch(line -> end.over().isIn(line.text()));
    }

    /** The lines from the last one with this sign on; none where it never showed. */
    private List<LogLine> since(Sign sign) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (sign.isIn(lines.get(i).text())) {
                return lines.subList(i, lines.size());
            }
        }
        return List.of();
    }

    private OptionalLong firstLine(Sign sign, long fromMs) {
        return lines.stream()
                .filter(line -> line.atMs() >= fromMs - 1 && sign.isIn(line.text()))
                .mapToLong(LogLine::atMs)
                .min();
    }

    /** From the fault's end until every subscription was live again; 0 where it was so before. */
    long recoveryMs() {
        if (!scenario.ends().isEmpty()) {
            return scenario.ends().stream().mapToLong(this::overMs).max().orElseThrow();
        }
        long last = looks.stream()
                .filter(look -> !look.isWell())
                .mapToLong(Look::atMs)
                .max()
                .orElse(NO_TIME);
        long well = looks.stream()
                .filter(look -> look.atMs() > last)
                .mapToLong(Look::atMs)
                .min()
                .orElse(slotEndMs);
        return last == NO_TIME ? 0 : Math.max(0, well - endedMs);
    }

    /** From the fault's end until the log said that this is over; 0 where it was so before, or never wrong. */
    private long overMs(Scenario.End end) {
        List<LogLine> since = since(end.began());
        long overMs = since.stream()
                .filter(line -> end.over().isIn(line.text()))
                .mapToLong(LogLine::atMs)
                .findFirst()
                .orElse(slotEndMs);
        return since.isEmpty() ? 0 : Math.max(0, overMs - endedMs);
    }

    /** The row of the table. */
    String row(long missing, long whole) {
        long proven = gaps.stream()
                .filter(told -> told.gap().evidence() == Evidence.PROVEN)
                .count();
        return String.join(
                " | ",
                '`' + scenario.name() + '`',
                scenario.signs().stream().map(Sign::label).distinct().collect(Collectors.joining(", ")),
                noticedMs == NO_TIME ? "" : seconds(Math.max(0, noticedMs - beganMs)),
                seconds(endedMs - beganMs),
                recoveryMs() == 0 ? "0" : seconds(recoveryMs()),
                Long.toString(missing),
                proven + " / " + (gaps.size() - proven),
                Long.toString(whole),
                complaints.isEmpty() ? "yes" : "**no**");
    }

    List<ToldGap> gaps() {
        return gaps;
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f", ms / 1e3);
    }
}
