/** What reading the tables takes. A main each; see {@code benchmarks/README.md}. */
package dev.millrace.benchmarks.store;
