/**
 * The Fear &amp; Greed index of Alternative.me. {@link dev.millrace.sentiment.FearGreedPolling} asks for it on a thread of its
 * own, {@code md-sentiment}; each reply is journaled before anyone reads it. The other public types are pure functions of
 * readings: {@link dev.millrace.sentiment.Regimes}, {@link dev.millrace.sentiment.Contrarian},
 * {@link dev.millrace.sentiment.PressureCurves} and {@link dev.millrace.sentiment.Trend}.
 */
package dev.millrace.sentiment;
