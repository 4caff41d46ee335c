package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.metrics.ErrorLog;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LookoutTest {

    @Test
    void shouldGoOnAfterAFailureAndTellIt() throws InterruptedException {
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        CountDownLatch looks = new CountDownLatch(2);
        Lookout.Look failing = () -> {
            looks.countDown();
            throw new IllegalStateException("a bug");
        };
        try (Lookout lookout = new Lookout("test", failing, errors)) {
            lookout.start();
            assertTrue(looks.await(Waiting.PATIENCE_S, TimeUnit.SECONDS));
        }
        assertEquals("test", errors.entries().get(0).where());
        assertEquals("a bug", errors.entries().get(0).message());
    }
}
