package dev.millrace.tools;

import dev.millrace.store.ResultSink;
import java.math.BigDecimal;

/** An answer as text. */
interface RowText extends ResultSink {

    /** All rows have come. */
    void end();

    /** Numbers are plain decimals without trailing zeros; null is empty. */
    static String plain(Object value) {
        if (value instanceof Double number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
        }
        return value == null ? "" : value.toString();
    }
}
