package dev.millrace.control;

import com.dslplatform.json.DslJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** JSON objects, one a line, over a stream. One thread at a time. */
final class Lines {

    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final DslJson<Object> JSON = new DslJson<>();

    private Lines() {}

    static void write(Map<String, ?> line, OutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JSON.serialize(line, bytes);
        bytes.write('\n');
        out.write(bytes.toByteArray());
        out.flush();
    }

    /**
     * Reads a line.
     *
     * @return null at the end of the stream
     * @throws IOException when it is too long or no object
     */
    @SuppressWarnings("unchecked")
    static Map<String, Object> read(InputStream in, int maxBytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = in.read();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (bytes.size() == maxBytes) {
                throw new IOException("a line of more than " + maxBytes + " bytes");
            }
            bytes.write(next);
        }
        if (next < 0) {
            return null;
        }
        Map<String, Object> line = JSON.deserialize(Map.class, bytes.toByteArray(), bytes.size());
        if (line == null) {
            throw new IOException("a line must be a JSON object");
        }
        return line;
    }
}
