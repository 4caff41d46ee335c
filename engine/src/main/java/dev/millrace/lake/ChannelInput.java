package dev.millrace.lake;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Parquet's input over one open file. Parquet's own for local files opens the path anew for each question, and would meet two
 * files where one is replaced in between.
 */
record ChannelInput(FileChannel file) implements InputFile {

    @Override
    public long getLength() throws IOException {
        return file.size();
    }

    /** The one stream; closing it closes the file. */
    @Override
    public SeekableInputStream newStream() throws IOException {
        file.position(0);
        return new DelegatingSeekableInputStream(Channels.newInputStream(file)) {
            @Override
            public long getPos() throws IOException {
                return file.position();
            }

            @Override
            public void seek(long position) throws IOException {
                file.position(position);
            }
        };
    }

    /** For Parquet's messages, which go behind the file's name. */
    @Override
    public String toString() {
        return "it";
    }
}
