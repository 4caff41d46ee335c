package dev.millrace.simulator;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.ObjectConverter;
import java.io.IOException;

/** Reads a client's JSON into maps, lists, texts, longs and booleans; one thread. */
final class RequestJson {

    private final DslJson<Object> json = new DslJson<>();

    /**
     * The value of a whole document.
     *
     * @throws IOException when the text is not JSON
     */
    Object read(byte[] text) throws IOException {
        JsonReader<Object> reader = json.newReader(text, text.length);
        reader.getNextToken();
        Object value = value(reader);
        for (int i = reader.getCurrentIndex(); i < text.length; i++) {
            if (text[i] > ' ' || text[i] < 0) {
                throw new IOException("text behind the JSON value at position " + i);
            }
        }
        return value;
    }

    private static Object value(JsonReader<Object> reader) throws IOException {
        try {
            return ObjectConverter.deserializeObject(reader);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IOException("the text ends within an escape", e); // dsl-json overruns it
        }
    }
}
