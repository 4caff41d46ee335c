package dev.millrace.codec.hyperliquid;

/** Why an element was refused. Its counter is {@code codec.refused.<label>}. */
enum RefusalReason {
    MISSING("missing", "a required field is absent"),
    NULL("null", "a required field is null"),
    WRONG_TYPE("type", "a field has another JSON type, or an array another length, than required"),
    DUPLICATE("duplicate", "a field stands twice"),
    EMPTY("empty", "a number is an empty string"),
    NUMBER("number", "a number is not plain decimal text"),
    EXPONENT("exponent", "a number has an exponent"),
    DECIMALS("decimals", "a number has more decimals than the scale holds"),
    OVERFLOW("overflow", "a number does not fit"),
    NEGATIVE("negative", "a count, an id or an aggregate is below zero"),
    PRICE("px", "a price is zero or below"),
    SIZE("sz", "a size is zero or below"),
    SIDE("side", "the side is neither A nor B"),
    TIME("time", "a time is not in the range of milliseconds since 1970"),
    COIN("coin", "a coin's name is empty or not printable"),
    INTERVAL("interval", "a candle's interval is not one of the venue's"),
    METHOD("method", "an acknowledgement is of neither subscribe nor unsubscribe"),
    UNSORTED("unsorted", "the levels of a book are not best first"),
    CROSSED("crossed", "the best bid is not below the best ask");

    private final String label;
    private final String help;

    RefusalReason(String label, String help) {
        this.label = label;
        this.help = help;
    }

    String label() {
        return label;
    }

    String help() {
        return help;
    }
}
