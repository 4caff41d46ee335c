package dev.millrace.pipeline;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The threads of the ring's handlers, remembered so that their end can be awaited. Any thread. */
final class HandlerThreads {

    private final List<Thread> made = new CopyOnWriteArrayList<>();

    /** A thread that does not keep the process alive. */
    Thread make(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /**
     * Waits until all have ended.
     *
     * @throws IllegalStateException when one has not in time, naming it and the call that it is in
     */
    void join(Duration limit) {
        long endNs = System.nanoTime() + limit.toNanos();
        for (Thread thread : made) {
            // 0 would wait for ever.
            long leftMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime()));
            try {
                thread.join(leftMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + thread.getName() + " was stopping", e);
            }
            if (thread.isAlive()) {
                throw new IllegalStateException("thread " + thread.getName() + " is stuck" + place(thread));
            }
        }
    }

    private static String place(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .filter(call -> call.getModuleName() == null) // where a JDK call waits is no news, but who made it
                .findFirst()
                .map(call ->
                        " in " + call.getClassName() + "." + call.getMethodName() + ", line " + call.getLineNumber())
                .orElse("");
    }
}
