package dev.millrace.lake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * Parquet's output over an open file that stays its owner's to close: Parquet leaves its own open when a write fails, and a
 * deleted file that is open goes on filling the disk.
 *
 * @param file empty
 * @param begin offset of what follows on Parquet's first four bytes, see {@link Room}
 */
record ChannelOutput(FileChannel file, long begin) implements OutputFile {

    private static final int BUFFER_BYTES = 1 << 16;

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
        return new PositionOutputStream() {
            private long position;

            @Override
            public long getPos() {
                return position;
            }

            @Override
            public void write(int b) throws IOException {
                out.write(b);
                moveTo(position + 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                moveTo(position + length);
            }

            private void moveTo(long next) throws IOException {
                position = next;
                if (next == Room.TOP && begin > Room.TOP) {
                    out.flush();
                    file.position(begin); // the file system fills what is skipped with zeros and gives it no blocks
                    position = begin;
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.flush();
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }
}
