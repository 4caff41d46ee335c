package dev.millrace.lake;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * ZSTD, SNAPPY and uncompressed pages straight over the native libraries: Parquet's own factory asks for a Hadoop
 * installation. Without state, for any thread.
 */
final class PageCodecs implements CompressionCodecFactory {

    private static final int ZSTD_LEVEL = 3;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return new Codec(name);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return new Codec(name);
    }

    @Override
    public void release() {
        // nothing is held
    }

    private record Codec(CompressionCodecName name) implements BytesInputCompressor, BytesInputDecompressor {

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return switch (name) {
                case ZSTD -> BytesInput.from(Zstd.compress(bytes(page), ZSTD_LEVEL));
                case SNAPPY -> BytesInput.from(Snappy.compress(bytes(page)));
                case UNCOMPRESSED -> page;
                default -> throw unknown();
            };
        }

        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            return BytesInput.from(unpack(bytes(page), size));
        }

        @Override
        public void decompress(ByteBuffer page, int pageBytes, ByteBuffer out, int size) throws IOException {
            byte[] packed = new byte[pageBytes];
            page.get(packed);
            out.put(unpack(packed, size));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return name;
        }

        @Override
        public void release() {
            // nothing is held
        }

        private byte[] unpack(byte[] packed, int size) throws IOException {
            byte[] bytes;
            try {
                bytes = switch (name) {
                    case ZSTD -> Zstd.decompress(packed, size);
                    case SNAPPY -> Snappy.uncompress(packed);
                    case UNCOMPRESSED -> packed;
                    default -> throw unknown();
                };
            } catch (ZstdException e) {
                throw new IOException("a page does not unpack: " + e.getMessage(), e);
            }
            if (bytes.length != size) {
                throw new IOException("a page has " + bytes.length + " bytes unpacked; its header says " + size);
            }
            return bytes;
        }

        private static byte[] bytes(BytesInput page) throws IOException {
            byte[] bytes = new byte[Math.toIntExact(page.size())];
            try (InputStream in = page.toInputStream()) {
                in.readNBytes(bytes, 0, bytes.length);
            }
            return bytes;
        }

        private IllegalArgumentException unknown() {
            return new IllegalArgumentException(name + " is not used in the lake, only ZSTD and SNAPPY");
        }
    }
}
