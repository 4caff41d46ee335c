package dev.millrace.lake;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How pages are packed. A reader knows from the file. */
public enum Compression {
    /** The default: smaller. */
    ZSTD(CompressionCodecName.ZSTD),
    /** Faster, and known to older readers. */
    SNAPPY(CompressionCodecName.SNAPPY);

    private final CompressionCodecName codec;

    Compression(CompressionCodecName codec) {
        this.codec = codec;
    }

    CompressionCodecName codec() {
        return codec;
    }
}
