package dev.millrace.feed;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Why a connection ended, in words that tell the reader what to do. */
final class LossReason {

    private LossReason() {}

    static String of(CloseWebSocketFrame frame) {
        String text = frame.reasonText();
        String suffix = text == null || text.isEmpty() ? "" : " " + text;
        return "closed by the venue, code " + frame.statusCode() + suffix;
    }

    static String of(Throwable failure, Endpoint endpoint) {
        Throwable cause =
                failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure;
        String address = endpoint.host() + ":" + endpoint.port();
        if (cause instanceof UnknownHostException) {
            return "host " + endpoint.host() + " is not known; check hyperliquid.ws-url and the name service";
        }
        if (cause instanceof ConnectException) {
            return address + " cannot be reached: " + firstLine(cause);
        }
        if (cause instanceof NotSslRecordException) {
            return address + " does not speak TLS; check hyperliquid.ws-url (wss or ws)";
        }
        if (cause instanceof SSLException) {
            return tls(cause, endpoint);
        }
        if (cause instanceof WebSocketClientHandshakeException refused) {
            return handshake(refused, endpoint);
        }
        return isTooLong(cause) ? "message too long: " + firstLine(cause) : firstLine(cause);
    }

    private static String handshake(WebSocketClientHandshakeException refused, Endpoint endpoint) {
        String answer = refused.response() == null
                ? firstLine(refused)
                : "HTTP " + refused.response().status();
        return endpoint + " refused the WebSocket handshake: " + answer;
    }

    private static String tls(Throwable failure, Endpoint endpoint) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return "the certificate of " + endpoint.host() + " is not trusted (" + firstLine(cause)
                        + "); if it is right, put its issuer into hyperliquid.tls.trust";
            }
            if (cause instanceof CertificateException && cause.getCause() == null) {
                return "the certificate of " + endpoint.host() + " is refused: " + firstLine(cause);
            }
        }
        return "TLS with " + endpoint.host() + " failed: " + firstLine(failure);
    }

    private static boolean isTooLong(Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            return corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        }
        return cause instanceof TooLongFrameException;
    }

    private static String firstLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
