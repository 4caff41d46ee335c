/**
 * Whether each subscription still gives what it should: a socket can be healthy while one of its streams is dead, slow or
 * minutes late. {@link dev.millrace.freshness.Freshness} judges by the journal's records alone, so a replay judges as live
 * did; what it asks of the feed goes through a port behind which nobody is in a replay. Market thread; start reading there.
 */
package dev.millrace.freshness;
