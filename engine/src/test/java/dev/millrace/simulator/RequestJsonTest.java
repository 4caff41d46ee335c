package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestJsonTest {

    @Test
    void shouldRefuseATextThatIsCutAnywhere() throws IOException {
        RequestJson json = new RequestJson();
        byte[] text = "{\"type\":\"\\u0042\\\\\u65e5\",\"n\":1.5}".getBytes(StandardCharsets.UTF_8);
        assertEquals("B\\\u65e5", ((Map<?, ?>) json.read(text)).get("type"));
        for (int length = 1; length < text.length; length++) {
            byte[] cut = Arrays.copyOf(text, length);
            assertThrows(IOException.class, () -> json.read(cut), () -> "cut to " + cut.length);
        }
    }
}
