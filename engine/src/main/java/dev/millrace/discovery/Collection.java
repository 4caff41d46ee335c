package dev.millrace.discovery;

import dev.millrace.market.CandleInterval;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tops up history: asks for what the tables lack of each series, oldest first, and never for the bucket under way. The
 * requests of a batch are made together, so that the first coins are whole early. A page that fails is tried again after
 * all others: a bad minute of the venue costs nothing but order. One thread.
 */
public final class Collection {

    /** A candle this young may still change: its last trades arrive a moment after its end. */
    private static final long SETTLING_MS = Duration.ofSeconds(10).toMillis();

    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    /** Series of a batch. */
    private static final int BATCH = 10;

    private static final int ROUNDS = 3;
    /** Of a page's refused rows. */
    private static final int SHOWN = 3;

    private final CollectionPorts ports;
    private final CollectionWatch watch;
    private final Map<Page, Long> failed = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private int upToDate;
    private int done;
    private int pages;
    private long expected;
    private long received;
    private long refused;
    private final List<String> refusals = new ArrayList<>();

    public Collection(CollectionPorts ports, CollectionWatch watch) {
        this.ports = ports;
        this.watch = watch;
    }

    /** A page to ask for now, and up to when its series is missing behind it. */
    private record Task(Page page, long untilMs) {}

    /**
     * Collects; once.
     *
     * @param series in the order in which they matter
     * @param bars how far back, in buckets, or in hours of funding
     * @throws PageException when not even the venue's time could be read; nothing was collected
     * @throws InterruptedException when the thread was interrupted; what was answered is kept
     */
    public CollectionResult run(List<Series> series, int bars) throws PageException, InterruptedException {
        long venueMs = ports.venueMs();
        Map<Series, List<Stretch>> stored = ports.stored();
        Deque<Task> tasks = new ArrayDeque<>();
        for (Series one : series) {
            List<Stretch> missing = wanted(one, bars, venueMs).without(stored.getOrDefault(one, List.of())).stream()
                    .filter(stretch -> isDue(one, stretch))
                    .toList();
            upToDate += missing.isEmpty() ? 1 : 0;
            missing.forEach(stretch -> tasks.add(new Task(Page.first(one, stretch), stretch.toMs())));
        }
        for (int round = 1; round <= ROUNDS && !tasks.isEmpty(); round++) {
            failures.clear();
            failed.clear();
            askAll(tasks);
            failed.forEach((page, untilMs) -> tasks.add(new Task(page, untilMs)));
        }
        return new CollectionResult(
                series.size(),
                upToDate,
                pages,
                expected,
                received,
                refused,
                List.copyOf(refusals),
                List.copyOf(failures));
    }

    private static Stretch wanted(Series series, int bars, long venueMs) {
        if (series.interval().isEmpty()) {
            return new Stretch(venueMs - bars * HOUR_MS, venueMs);
        }
        CandleInterval interval = series.interval().get();
        long endMs = interval.startOf(venueMs - SETTLING_MS);
        // Five thousand months begin before 1970, and the venue takes no time before that.
        return new Stretch(Math.max(0, interval.startOf(endMs, -bars)), endMs);
    }

    /** Payments come by the hour. */
    private static boolean isDue(Series series, Stretch missing) {
        return series.interval().isPresent() || missing.toMs() - missing.fromMs() >= HOUR_MS;
    }

    private void askAll(Deque<Task> tasks) throws InterruptedException {
        Deque<Task> batch = new ArrayDeque<>();
        while (!tasks.isEmpty() || !batch.isEmpty()) {
            if (batch.isEmpty()) {
                fill(batch, tasks);
            }
            ask(batch.remove(), batch);
            List<Page> left = new ArrayList<>();
            batch.forEach(task -> left.add(task.page()));
            tasks.forEach(task -> left.add(task.page()));
            left.addAll(failed.keySet());
            watch.progress(done, done + left.size(), ports.timeFor(left));
        }
    }

    private static void fill(Deque<Task> batch, Deque<Task> tasks) {
        for (int i = 0; i < BATCH && !tasks.isEmpty(); i++) {
            batch.add(tasks.remove());
        }
    }

    private void ask(Task task, Deque<Task> more) throws InterruptedException {
        Page page = task.page();
        try {
            Received got = ports.fetch(page);
            done++;
            pages++;
            expected += page.expected();
            received += got.rows();
            tellRefused(page.series(), got.refused());
            boolean mayBeMore = page.series().interval().isPresent()
                    || (got.elements() >= Page.MOST_PAYMENTS
                            && got.reachedMs() > page.stretch().fromMs());
            long nextMs = page.series().interval().isPresent() ? page.stretch().toMs() : got.reachedMs();
            if (mayBeMore && nextMs < task.untilMs()) {
                more.add(new Task(Page.first(page.series(), new Stretch(nextMs, task.untilMs())), task.untilMs()));
            }
        } catch (PageException e) {
            failures.add(page.series() + ": " + e.getMessage());
            failed.put(page, task.untilMs());
        }
    }

    private void tellRefused(Series series, List<String> lines) {
        refused += lines.size();
        lines.stream().limit(SHOWN).forEach(line -> refusals.add(series + ": " + line));
        if (lines.size() > SHOWN) {
            refusals.add(series + ": " + (lines.size() - SHOWN) + " more of the same page");
        }
    }
}
