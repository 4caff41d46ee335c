package dev.millrace.tools;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import dev.millrace.store.ResultColumn;
import java.io.PrintWriter;
import java.util.List;

/** A JSON object a line. */
final class JsonText implements RowText {

    private static final DslJson<Object> JSON = new DslJson<>();

    private final PrintWriter out;
    private final JsonWriter writer = JSON.newWriter();
    private List<ResultColumn> columns = List.of();

    JsonText(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void columns(List<ResultColumn> answer) {
        columns = answer;
    }

    @Override
    public void row(List<Object> values) {
        writer.reset();
        for (int i = 0; i < values.size(); i++) {
            writer.writeAscii(i == 0 ? "{" : ",");
            writer.writeString(columns.get(i).name());
            writer.writeAscii(":");
            value(values.get(i));
        }
        out.print(writer);
        out.print("}\n");
    }

    private void value(Object value) {
        if (value instanceof String text) {
            writer.writeString(text);
        } else {
            writer.writeAscii(value == null ? "null" : RowText.plain(value));
        }
    }

    @Override
    public void end() {
        out.flush();
    }
}
