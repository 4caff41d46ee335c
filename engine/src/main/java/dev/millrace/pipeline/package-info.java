/**
 * The wiring: which handler follows which, on which thread. {@link dev.millrace.pipeline.Pipeline} is the one file that
 * reads top-down; {@link dev.millrace.pipeline.Market} is what every wiring has in common, from decoded frame to bars.
 */
package dev.millrace.pipeline;
