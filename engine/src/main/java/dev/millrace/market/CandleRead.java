package dev.millrace.market;

/**
 * Candles that would tell more of a gap and can be asked for now.
 *
 * @param fromMs first start of a bucket, venue's time
 * @param toMs end of the last bucket, exclusive
 */
public record CandleRead(String coin, CandleInterval interval, long fromMs, long toMs) {}
