/**
 * Hyperliquid's messages into the nouns of the market. WebSocket frames are decoded into a reused
 * {@link dev.millrace.market.DecodedFrame} on the market thread, without allocation; metadata replies into lists, cold.
 * Nothing is defaulted, rounded or wrapped: what cannot be read exactly is refused and counted by its
 * {@link dev.millrace.codec.hyperliquid.RefusalReason}.
 *
 * <p>Start reading at {@link dev.millrace.codec.hyperliquid.HyperliquidDecoder}, which routes a frame by its channel, then
 * {@link dev.millrace.codec.hyperliquid.TradesDecoder}. Below them are {@link dev.millrace.codec.hyperliquid.Fields} (the
 * members of one JSON object and their rules) and {@link dev.millrace.codec.hyperliquid.FrameReader} (strict tokens of
 * a frame).
 */
package dev.millrace.codec.hyperliquid;
