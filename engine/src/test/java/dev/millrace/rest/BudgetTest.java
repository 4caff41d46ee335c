package dev.millrace.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.hyperliquid.AccountAddress;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.market.CandleInterval;
import dev.millrace.metrics.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Against an oracle that adds up every window anew: never above the cap, never idle without need. */
class BudgetTest {

    private static final long WINDOW = 1_000;
    private static final long CAP = 100;

    private final Counters counters = new Counters();

    /** A call as the venue may have charged it: at any time between its beginning and its end. */
    private record Call(long beginNs, long chargedNs, long endNs, long weight) {}

    @Test
    void shouldKeepEveryWindowBelowTheCapWhereverTheVenueCharges() {
        for (long seed = 0; seed < 300; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WeightLog log = new WeightLog(CAP, WINDOW);
        List<Call> calls = new ArrayList<>();
        List<WeightLog.Charge> open = new ArrayList<>();
        List<Call> openCalls = new ArrayList<>();
        for (long now = 0; calls.size() < 150; now += random.nextLong(60)) {
            while (!open.isEmpty() && openCalls.get(0).endNs() <= now) {
                log.settle(open.remove(0), now, openCalls.get(0).weight());
                Call asked = openCalls.remove(0);
                calls.add(new Call(asked.beginNs(), random.nextLong(asked.beginNs(), now + 1), now, asked.weight()));
            }
            long most = 1 + random.nextLong(40);
            long waitNs = log.waitNs(now, most);
            WeightLog.Charge charge = log.tryTake(now, most);
            assertEquals(charge != null, waitNs == 0, () -> "seed " + seed);
            if (charge == null && waitNs != WeightLog.UNKNOWN) {
                long early = now + waitNs - 1;
                assertTrue(chargedAtMost(calls, openCalls, early) + most > CAP, () -> "waits too long, seed " + seed);
            }
            if (charge != null) {
                long settled = 1 + random.nextLong(most);
                long ends = openCalls.isEmpty()
                        ? now
                        : openCalls.get(openCalls.size() - 1).endNs();
                open.add(charge);
                openCalls.add(new Call(now, 0, ends + random.nextLong(30), settled));
            }
        }
        assertNoWindowAbove(calls, seed);
    }

    /** A bound from below of what the log must hold then: ended calls of the window. */
    private static long chargedAtMost(List<Call> ended, List<Call> open, long atNs) {
        long sum = 40L * open.size();
        for (Call call : ended) {
            sum += atNs - call.endNs() < WINDOW ? call.weight() : 0;
        }
        return sum;
    }

    private static void assertNoWindowAbove(List<Call> calls, long seed) {
        for (Call last : calls) {
            long sum = 0;
            for (Call call : calls) {
                boolean within = call.chargedNs() <= last.chargedNs() && last.chargedNs() - call.chargedNs() < WINDOW;
                sum += within ? call.weight() : 0;
            }
            long spent = sum;
            assertTrue(spent <= CAP, () -> spent + " within a window, seed " + seed);
        }
    }

    @Test
    void shouldServeByPriorityWithoutStarvingAnyone() throws InterruptedException {
        AtomicLong now = new AtomicLong();
        Budget budget = new Budget(10, Duration.ofHours(1), now::get, counters);
        Budget.Reservation all = budget.reserve(Priority.START, 10);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> users = new ArrayList<>();
        users.add(user("collection", budget, Priority.COLLECTION, order));
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        users.add(user("repair", budget, Priority.REPAIR, order));
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        users.add(user("late repair", budget, Priority.REPAIR, order));
        all.settle(0);
        for (Thread user : users) {
            user.join();
        }
        assertEquals(List.of("repair", "collection", "late repair"), order);
    }

    /** Waits until it stands in line. */
    private static Thread user(String name, Budget budget, Priority priority, List<String> order) {
        Thread user = new Thread(() -> {
            try {
                Budget.Reservation mine = budget.reserve(priority, 10);
                order.add(name);
                mine.settle(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        user.start();
        while (user.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return user;
    }

    @Test
    void shouldRefuseWhatNeverFits() {
        Budget budget = new Budget(10, Duration.ofMinutes(1), System::nanoTime, counters);
        assertThrows(IllegalArgumentException.class, () -> budget.reserve(Priority.START, 11));
    }

    @Test
    void shouldCountTheCallsOfTheSessionBefore() throws InterruptedException {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        Budget budget = new Budget(100, Duration.ofMinutes(1), now::get, counters);
        budget.remember(new Budget.Spent(Duration.ofSeconds(59), 60));
        budget.reserve(Priority.START, 10).settle(10);
        assertEquals(70, counters.value("rest.weight"));
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        budget.reserve(Priority.START, 1).settle();
        assertEquals(11, counters.value("rest.weight"));
        assertEquals(Duration.ofSeconds(60), budget.timeFor(189));
    }

    @Test
    void shouldTellAnotherProcessWhatCountsAndForHowLong() throws InterruptedException {
        AtomicLong now = new AtomicLong(5);
        Budget old = new Budget(100, Duration.ofMinutes(1), now::get, counters);
        old.reserve(Priority.START, 30).settle(10);
        now.addAndGet(Duration.ofSeconds(40).toNanos());
        old.reserve(Priority.START, 20);
        assertEquals(
                List.of(new Budget.Spent(Duration.ofSeconds(40), 10), new Budget.Spent(Duration.ZERO, 20)),
                old.spent());
        Budget next = new Budget(100, Duration.ofMinutes(1), now::get, new Counters());
        old.spent().forEach(next::remember);
        assertEquals(old.spent(), next.spent());
        assertEquals(Duration.ofSeconds(30), next.timeFor(120), "twenty more than the cap, with thirty spent");
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertEquals(List.of(new Budget.Spent(Duration.ofSeconds(20), 20)), next.spent());
    }

    @Test
    void shouldServeNobodyWhileItPauses() throws InterruptedException {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        List<Long> waited = new ArrayList<>();
        Budget budget = new Budget(
                100,
                Duration.ofMinutes(1),
                now::get,
                (monitor, ms) -> {
                    waited.add(ms);
                    now.addAndGet(ms * 1_000_000);
                },
                counters);
        budget.pause(Duration.ofSeconds(10));
        budget.reserve(Priority.START, 10).settle();
        assertEquals(List.of(10_001L), waited);
        budget.pause(Duration.ofSeconds(10));
        budget.pause(Duration.ZERO);
        budget.reserve(Priority.START, 10).settle();
        assertEquals(1, waited.size());
    }

    @Test
    void shouldWeighAsTheVenueDocuments() {
        assertEquals(2, RequestWeight.most(InfoRequest.ofCoin("l2Book", "BTC")));
        assertEquals(20, RequestWeight.most(InfoRequest.of("metaAndAssetCtxs")));
        AccountAddress user = new AccountAddress("0x" + "ab".repeat(20));
        assertEquals(2, RequestWeight.most(InfoRequest.ofUser("clearinghouseState", user)));
        assertEquals(2, RequestWeight.most(InfoRequest.ofUser("spotClearinghouseState", user)));
        assertEquals(20, RequestWeight.most(InfoRequest.ofUser("openOrders", user)));
        assertEquals(20, RequestWeight.most(InfoRequest.ofUser("userFees", user)));
        assertEquals(20 + 100, RequestWeight.most(InfoRequest.ofUser("userFillsByTime", user, 0, 1)));
        assertEquals(20 + 25, RequestWeight.most(InfoRequest.ofUser("userFunding", user, 0, 1)));
        assertEquals(45, RequestWeight.most(InfoRequest.funding("BTC", 0, 1)));
        long hour = 3_600_000;
        InfoRequest page = InfoRequest.candles("BTC", CandleInterval.ONE_HOUR, 0, 5_000 * hour - 1);
        assertEquals(20 + 84, RequestWeight.most(page));
        assertEquals(20 + 83 + 1, RequestWeight.of(page, 5_000));
        InfoRequest hourly = InfoRequest.candles("BTC", CandleInterval.ONE_HOUR, 0, 24 * hour - 1);
        assertEquals(21, RequestWeight.most(hourly));
        assertEquals(20, RequestWeight.of(hourly, 0));
    }
}
