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
public record HyperliquidConfig(String environment, URI wsUrl, URI restUrl, Optional<Path> tlsTrust) {}
