package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the packaged program writes, read by programs that share no code with it: {@code tools/interop}. */
class InteropTest {

    @Test
    @Tag("interop")
    void shouldBeReadByOthersAsItWasWritten() throws Exception {
        String script = Path.of(System.getProperty("millrace.root"), "tools/interop/run")
                .toRealPath()
                .toString();
        Process process = new ProcessBuilder(script).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        System.out.print(said);
    }
}
