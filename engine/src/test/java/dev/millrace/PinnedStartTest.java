package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigException;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PinnedStartTest {

    @TempDir
    Path folder;

    @Test
    void shouldRefuseToStartOnACoreThatIsNotGranted() {
        Path data = folder.resolve("data");
        EngineConfig config = new ConfigLoader(Map.of(), 8)
                .load(
                        List.of(),
                        List.of("data.dir=" + data, "pipeline.profile=pinned", "pipeline.cores=[1021, 1022, 1023]"))
                .engine();
        ConfigException refused = assertThrows(ConfigException.class, () -> Engine.launch(config, List.of()));
        assertEquals("pipeline.cores", refused.key());
        assertTrue(refused.getMessage().contains("core 1021 is not granted"), refused::getMessage);
        assertFalse(Files.exists(data), "something was written");
    }
}
