package dev.millrace.simulator;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate for localhost and 127.0.0.1, made by the JDK's keytool in a folder that only this user can read. It
 * lives as long as this object.
 */
final class Certificate implements AutoCloseable {

    private static final String ALIAS = "millrace";
    private static final long KEYTOOL_S = 60;

    private final Path folder;
    private final Path pem;
    private final SslContext server;

    private Certificate(Path folder, Path pem, SslContext server) {
        this.folder = folder;
        this.pem = pem;
        this.server = server;
    }

    static Certificate make() throws IOException {
        Path folder = Files.createTempDirectory("millrace-tls");
        try {
            String password = UUID.randomUUID().toString();
            Path store = folder.resolve("keystore.p12");
            keytool(store, password);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream input = Files.newInputStream(store)) {
                keys.load(input, password.toCharArray());
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password.toCharArray());
            Path pem = folder.resolve("certificate.pem");
            Files.writeString(pem, pem(keys.getCertificate(ALIAS).getEncoded()));
            return new Certificate(
                    folder, pem, SslContextBuilder.forServer(managers).build());
        } catch (GeneralSecurityException | IOException e) {
            delete(folder);
            throw new IOException("cannot make a certificate for --tls: " + e.getMessage(), e);
        }
    }

    Path pem() {
        return pem;
    }

    SslContext server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    private static void keytool(Path store, String password) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                tool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "MILLRACE_STOREPASS"));
        builder.environment().put("MILLRACE_STOREPASS", password);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(KEYTOOL_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(tool + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(tool + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String pem(byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    private static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("keystore.p12"));
        Files.deleteIfExists(folder.resolve("certificate.pem"));
        Files.deleteIfExists(folder);
    }
}
