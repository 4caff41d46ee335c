package dev.millrace.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code hyperliquid.*}: the venue.
 *
 * @param environment {@code mainnet} or {@code testnet}; a data directory remembers it
 * @param wsUrl {@code wss://…} or {@code ws://…}
 * @param restUrl {@code https://…} or {@code http://…}, without the path {@code /info}
 * @param tlsTrust PEM file of certificates trusted beside the JDK's
 */
public record HyperliquidConfig(String environment, URI wsUrl, URI restUrl, Optional<Path> tlsTrust) {

    public HyperliquidConfig {
        Check.that(
                environment.equals("mainnet") || environment.equals("testnet"),
                "hyperliquid.environment",
                environment,
                "must be mainnet or testnet");
        Check.that(
                isAddress(wsUrl, "wss", "ws"),
                "hyperliquid.ws-url",
                wsUrl,
                "must be wss://host/ws, ws://host:port/ws or auto");
        Check.that(
                isAddress(restUrl, "https", "http")
                        && (restUrl.getPath().isEmpty() || restUrl.getPath().equals("/")),
                "hyperliquid.rest-url",
                restUrl,
                "must be https://host or http://host:port without a path, or auto");
    }

    private static boolean isAddress(URI url, String secure, String plain) {
        boolean known = secure.equals(url.getScheme()) || plain.equals(url.getScheme());
        return known && url.getHost() != null && url.getPort() <= 65_535 && url.getUserInfo() == null;
    }
}
