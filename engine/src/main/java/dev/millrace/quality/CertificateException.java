package dev.millrace.quality;

/** A certificate cannot be taken for what it says. */
public final class CertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    CertificateException(String message) {
        super(message);
    }
}
