/** Measurements that are run by hand, one class each; {@code benchmarks/README.md} says how and where the results are. */
package dev.millrace.benchmarks;
