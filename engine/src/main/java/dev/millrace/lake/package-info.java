/**
 * The Parquet lake: one file for each dataset, symbol and UTC day, replaced as a whole or not at all, readable by any tool
 * that knows Hive partitions.
 *
 * <p>{@link dev.millrace.lake.LakeWriter} is for the one thread of the one process that writes; {@link
 * dev.millrace.lake.Lake} reads, in any process and thread, also while files are replaced. What lies in a file is in {@link
 * dev.millrace.tables.Dataset} and in {@code doc/formats/lake.md}. Parquet and its codecs are at home here. Start reading at
 * {@code LakeWriter}, then {@code PartitionWriter} and {@code PartitionReader}.
 */
package dev.millrace.lake;
