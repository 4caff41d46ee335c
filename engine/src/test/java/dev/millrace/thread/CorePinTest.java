package dev.millrace.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CorePinTest {

    @Test
    void shouldBindTheCallingThreadAlone() throws InterruptedException {
        String before = CorePin.allowedCores();
        int core = first(before);
        String[] granted = new String[1];
        Thread thread = new Thread(() -> {
            CorePin.pinTo(core);
            granted[0] = CorePin.allowedCores();
        });
        thread.start();
        thread.join();
        assertEquals(Integer.toString(core), granted[0]);
        assertEquals(before, CorePin.allowedCores());
    }

    @Test
    void shouldNameTheRefusedCoreAndLeaveTheThreadAsItWas() {
        String before = CorePin.allowedCores();
        int core = first(before);
        for (int absent : new int[] {1023, 5000}) {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> CorePin.check(List.of(core, absent)));
            assertEquals("core " + absent + " is not granted; this process may run on " + before, refused.getMessage());
            assertEquals(before, CorePin.allowedCores());
        }
    }

    /** Of a list such as {@code 0-1} or {@code 2,5}. */
    private static int first(String cores) {
        return Integer.parseInt(cores.replaceFirst("[-,].*", ""));
    }
}
