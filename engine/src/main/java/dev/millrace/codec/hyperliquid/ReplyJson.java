package dev.millrace.codec.hyperliquid;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.ObjectConverter;
import java.io.IOException;

/** JSON of the REST interface as maps, lists, strings, numbers, booleans and null. Any thread. */
final class ReplyJson {

    private static final DslJson<Object> JSON = new DslJson<>();

    private ReplyJson() {}

    /**
     * Reads a body.
     *
     * @param what was asked for, for the message
     * @throws IOException when it is not wholly JSON: the venue's text bodies, half a reply
     */
    static Object read(String what, byte[] body, int length) throws IOException {
        try {
            // dsl-json alone lets pass what is no JSON: see FrameReader.
            FrameReader strict = new FrameReader();
            strict.start(body, length);
            strict.skip();
            JsonReader<Object> reader = JSON.newReader(body, length);
            reader.getNextToken();
            return ObjectConverter.deserializeObject(reader);
        } catch (IOException notJson) {
            throw new IOException(
                    what + ": the body is neither a JSON object nor an array: " + MetadataReply.shortened(body, length),
                    notJson);
        }
    }

    static MetadataReply reply(String what, byte[] body) throws IOException {
        return new MetadataReply(what, read(what, body, body.length));
    }
}
