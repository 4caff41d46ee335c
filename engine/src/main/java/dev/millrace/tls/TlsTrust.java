package dev.millrace.tls;

import dev.millrace.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Makes TLS contexts that trust the JDK's certificates and those of a PEM file. Verification is never off. */
public final class TlsTrust {

    private static final String KEY = "hyperliquid.tls.trust";

    private TlsTrust() {}

    /**
     * A context for clients. Its user switches host name verification on ({@code HTTPS} endpoint identification).
     *
     * @param pem certificates trusted beside the JDK's
     * @throws ConfigException when the file cannot be read or holds no certificate
     */
    public static SSLContext context(Optional<Path> pem) {
        List<Certificate> extra = pem.map(TlsTrust::read).orElse(List.of());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(extra), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK's TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static List<Certificate> read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new ConfigException(
                        KEY, KEY + ": " + pem + " holds no certificate; expected PEM (BEGIN CERTIFICATE)");
            }
            return List.copyOf(found);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(
                    KEY, KEY + ": cannot read certificates from " + pem + " (" + e + "); expected a readable PEM file");
        }
    }

    private static TrustManager[] trust(List<Certificate> extra) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = factory(null);
        if (extra.isEmpty()) {
            return factory.getTrustManagers();
        }
        List<Certificate> all = new ArrayList<>(extra);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate issuer : x509.getAcceptedIssuers()) {
                    all.add(issuer);
                }
            }
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < all.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), all.get(i));
        }
        return factory(store).getTrustManagers();
    }

    private static TrustManagerFactory factory(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
