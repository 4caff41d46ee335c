package dev.millrace.market;

/**
 * What was decided about one coin, and why.
 *
 * @param symbol wire name
 * @param rank from 1, best first; 0 when it was not ranked
 * @param reason one sentence without a line feed
 */
public record AssetVerdict(
        String symbol, AssetMeasures measures, AssetScores scores, int rank, Standing standing, String reason) {}
