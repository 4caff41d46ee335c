package dev.millrace.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate made by the JDK's keytool: the only maker that every JDK has and that writes a SAN. */
public record TestCertificate(Path store, Path pem) {

    private static final String PASSWORD = "changeit";

    /**
     * Makes a key and its certificate.
     *
     * @param names the subject alternative names, as keytool writes them: {@code dns:localhost,ip:127.0.0.1}
     */
    public static TestCertificate make(Path folder, String names)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = Files.createTempFile(folder, "server", ".p12");
        Files.delete(store);
        keytool(store, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=" + names);
        byte[] certificate = load(store).getCertificate("server").getEncoded();
        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String text =
                "-----BEGIN CERTIFICATE-----\n" + base64.encodeToString(certificate) + "\n-----END CERTIFICATE-----\n";
        return new TestCertificate(store, Files.writeString(Files.createTempFile(folder, "server", ".pem"), text));
    }

    /** For a server that shows this certificate. */
    public SSLContext serverContext() throws GeneralSecurityException, IOException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(load(store), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return keys;
        }
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }
}
