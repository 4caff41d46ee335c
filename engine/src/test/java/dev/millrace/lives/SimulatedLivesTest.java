package dev.millrace.lives;

import org.junit.jupiter.api.Test;

/** Random lives of a daemon: whatever befalls it, it never lies about what it has. A failing seed is named and lives again exactly. */
class SimulatedLivesTest {

    /** A seed to live once more. */
    private static final String SEED = "millrace.lives.seed";

    @Test
    void shouldKeepItsPromisesOverRandomLives() {
        Long chosen = Long.getLong(SEED);
        int count = Integer.getInteger("millrace.lives.count", 20);
        if (chosen != null) {
            live(chosen);
            return;
        }
        int failed = 0;
        var cpu = java.lang.management.ManagementFactory.getThreadMXBean(); long startNs = cpu.getCurrentThreadCpuTime();
        for (long seed = 1; seed <= count; seed++) {
            try { live(seed); } catch (AssertionError e) { failed++; System.out.println(e.getMessage()); if (e.getCause() instanceof RuntimeException) e.printStackTrace(System.out); }
        }
        System.out.println(count + " lives, " + failed + " failed, ms " + (cpu.getCurrentThreadCpuTime() - startNs) / 1_000_000);
        if (failed > 0) throw new AssertionError("failed " + failed);
    }

    private static void live(long seed) {
        ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("dev.millrace.feed")).setLevel(ch.qos.logback.classic.Level.OFF);
        Life life = new Life(seed);
        try {
            Verdict v = life.live().check();
            if (Boolean.getBoolean("millrace.lives.verbose")) System.out.println("seed " + seed + " healed " + v.healedMs() + " records " + v.records() + " gaps " + v.gaps() + " unproven " + v.unproven() + " whole " + v.unprovenWhole() + " " + life.faults.met);
        } catch (AssertionError | RuntimeException e) {
            if (Boolean.getBoolean("millrace.lives.dump")) for (var r : life.journal.records()) System.out.println(r.sequence() + " " + r.kind() + " " + dev.millrace.market.Source.text(r.source()) + " " + r.receiveNs() / 1_000_000 + " " + new String(r.bytes(), 0, r.length()).replaceAll(",.hash.:.0x0*.,", ",").replaceAll("..users.:.[^]]*.", ""));
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + " after " + life.faults.met + "; again with -D" + SEED + "=" + seed, e);
        }
    }
}
