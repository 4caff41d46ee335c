package dev.millrace.tls;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTrustTest {

    @TempDir
    private Path folder;

    @Test
    void shouldSayWhichFileIsMissing() {
        assertRefused(folder.resolve("missing.pem"), "cannot read certificates from");
    }

    @Test
    void shouldRefuseAFileWithoutCertificates() throws IOException {
        assertRefused(Files.createFile(folder.resolve("empty.pem")), "holds no certificate");
        assertRefused(Files.writeString(folder.resolve("words.pem"), "not a certificate\n"), "expected");
    }

    private static void assertRefused(Path pem, String words) {
        ConfigException e = assertThrows(ConfigException.class, () -> TlsTrust.context(Optional.of(pem)));
        assertTrue(e.getMessage().startsWith("hyperliquid.tls.trust: "), e.getMessage());
        assertTrue(e.getMessage().contains(words) && e.getMessage().contains(pem.toString()), e.getMessage());
    }
}
