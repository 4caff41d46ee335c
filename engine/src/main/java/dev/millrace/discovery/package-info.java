/**
 * Which coins are worth recording: the asset filter and the universe that it decides once a day. Pure but for what reads the
 * venue. Start reading at {@link dev.millrace.discovery.AssetFilter}.
 */
package dev.millrace.discovery;
