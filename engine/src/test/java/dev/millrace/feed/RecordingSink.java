package dev.millrace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.Waiting;
import dev.millrace.market.EventSink;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps a copy of everything published; can be full. */
final class RecordingSink implements EventSink {

    /** One published event. */
    record Taken(RecordKind kind, long source, long receiveNs, ByteBuffer payload) {

        int connection() {
            return Source.connection(source);
        }

        String text() {
            return UTF_8.decode(payload.duplicate()).toString();
        }

        boolean is(Lifecycle event) {
            byte[] bytes = text().getBytes(UTF_8);
            return kind == RecordKind.LIFECYCLE && Lifecycle.of(bytes, bytes.length) == event;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Taken> taken = new ArrayList<>();
    private long room = Long.MAX_VALUE;
    private long refused;

    @Override
    public MarketEvent tryClaim(int length) {
        lock.lock();
        try {
            if (room == 0) {
                refused++;
                changed.signalAll();
                return null;
            }
            room--;
            return new MarketEvent(length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void publish(MarketEvent event) {
        ByteBuffer payload = ByteBuffer.wrap(Arrays.copyOf(event.bytes(), event.length()));
        lock.lock();
        try {
            taken.add(new Taken(event.kind(), event.source(), event.receiveNs(), payload));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets this many more events in. */
    void room(long events) {
        lock.lock();
        try {
            room = events;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until an event was refused after this call. */
    void awaitRefusal() throws InterruptedException {
        lock.lock();
        try {
            long before = refused;
            await(() -> refused > before, "a refusal");
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many events were published that one fits; gives it. */
    Taken await(String what, Predicate<Taken> fits) throws InterruptedException {
        return await(what, 1, fits).get(0);
    }

    /** Waits for this many fitting events. */
    List<Taken> await(String what, int count, Predicate<Taken> fits) throws InterruptedException {
        List<Taken> found = new ArrayList<>();
        int[] seen = {0};
        lock.lock();
        try {
            await(
                    () -> {
                        while (seen[0] < taken.size()) {
                            Taken one = taken.get(seen[0]++);
                            if (fits.test(one)) {
                                found.add(one);
                            }
                        }
                        return found.size() >= count;
                    },
                    what);
            return found;
        } finally {
            lock.unlock();
        }
    }

    List<Taken> all() {
        lock.lock();
        try {
            return List.copyOf(taken);
        } finally {
            lock.unlock();
        }
    }

    /** The frames' payloads. */
    List<Taken> frames() {
        return all().stream().filter(one -> one.kind() == RecordKind.FRAME).toList();
    }

    private void await(java.util.function.BooleanSupplier condition, String what) throws InterruptedException {
        long leftNs = TimeUnit.SECONDS.toNanos(Waiting.PATIENCE_S);
        while (!condition.getAsBoolean()) {
            if (leftNs <= 0) {
                throw new AssertionError("waited in vain for " + what + "; the last of " + taken.size() + ": "
                        + taken.stream()
                                .skip(Math.max(0, taken.size() - 10))
                                .map(RecordingSink::brief)
                                .toList());
            }
            leftNs = changed.awaitNanos(leftNs);
        }
    }

    private static String brief(Taken one) {
        String text = one.text();
        return one.kind() + "/" + one.connection() + " " + text.substring(0, Math.min(120, text.length()));
    }
}
