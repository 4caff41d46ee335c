/** What a partition of the lake takes, holds and lets its readers see. A main each; see {@code benchmarks/README.md}. */
package dev.millrace.benchmarks.lake;
