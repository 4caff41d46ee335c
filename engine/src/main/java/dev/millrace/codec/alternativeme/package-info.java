/**
 * Alternative.me's Fear &amp; Greed index into the nouns of the market. Cold: a reply an hour. Start reading at
 * {@link dev.millrace.codec.alternativeme.FearGreedDecoder}.
 */
package dev.millrace.codec.alternativeme;
