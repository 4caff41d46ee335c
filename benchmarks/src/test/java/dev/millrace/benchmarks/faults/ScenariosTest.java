package dev.millrace.benchmarks.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.simulator.faults.Fault;
import dev.millrace.simulator.faults.FaultKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the run goes through. */
class ScenariosTest {

    @Test
    void shouldMeetEveryFaultOfTheLocalExchange() {
        Set<FaultKind> met = EnumSet.noneOf(FaultKind.class);
        for (Scenario scenario : Scenarios.ALL) {
            Fault fault = scenario.faults(Duration.ofSeconds(5)).get(0);
            assertEquals(Duration.ofSeconds(5), fault.after(), scenario.name());
            met.add(fault.kind());
        }
        assertEquals(EnumSet.allOf(FaultKind.class), met);
    }
}
