package dev.millrace.simulator.faults;

import static dev.millrace.simulator.faults.FaultParameter.value;
import static dev.millrace.simulator.faults.FaultParameter.word;

import dev.millrace.config.Spelling;
import dev.millrace.simulator.faults.FaultParameter.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every fault of the local exchange: where it acts, how often by itself, and what can be said about it. */
public enum FaultKind {
    CUT("cut", Place.FRAMES, 1, "ends the socket", word("how", "fin", "rst")),
    HALF_OPEN("half-open", Place.FRAMES, 1, "keeps the TCP open, reads and sends nothing more, not even a pong"),
    STALL("stall", Place.FRAMES, Fault.ENDLESS, "sends no data; acks and pongs still come", heals(), span()),
    MUTE("mute", Place.FRAMES, Fault.ENDLESS, "sends no data of one subscription", heals(), span()),
    SLOW(
            "slow",
            Place.FRAMES,
            Fault.ENDLESS,
            "sends every data frame later, in order",
            value("by", Form.DURATION, "1s"),
            span()),
    CADENCE(
            "cadence",
            Place.FRAMES,
            Fault.ENDLESS,
            "sends at most one frame of a subscription in so long",
            value("every", Form.DURATION, "5s"),
            word("view", "any", "slow", "fast"),
            span()),
    NO_ACK("no-ack", Place.ACKS, 1, "does not acknowledge a subscription"),
    DUPLICATE("duplicate", Place.FRAMES, 1, "sends a frame, or its first trade, twice", word("what", "frame", "trade")),
    REORDER(
            "reorder",
            Place.FRAMES,
            1,
            "turns a frame's trades round, or sends it behind its next one",
            word("what", "within", "across")),
    LATE("late", Place.FRAMES, 1, "sends a trades frame later, while others go on", value("by", Form.DURATION, "3s")),
    MALFORMED("malformed", Place.FRAMES, 1, "breaks the JSON of a frame"),
    TRUNCATED(
            "truncated",
            Place.FRAMES,
            1,
            "cuts the JSON in half, or the frame and the socket with it",
            word("what", "text", "frame")),
    FRAGMENTED("fragmented", Place.FRAMES, 1, "sends a frame in fragments", value("parts", Form.COUNT, "3")),
    HUGE("huge", Place.FRAMES, 1, "sends a frame of so many bytes more", value("bytes", Form.COUNT, "16777216")),
    WRONG_TYPE(
            "wrong-type",
            Place.FRAMES,
            1,
            "writes an object for a number; without a field, the price",
            value("field", Form.TEXT, "")),
    UNKNOWN(
            "unknown",
            Place.FRAMES,
            1,
            "sends a frame of an unknown channel more, or keys unknown so far",
            word("what", "channel", "key")),
    CLOCK_JUMP(
            "clock-jump",
            Place.FRAMES,
            Fault.ENDLESS,
            "moves the venue's times in frames",
            value("by", Form.SHIFT, "-30s"),
            span()),
    LIST("list", Place.EXCHANGE, 1, "lists a coin", value("coin", Form.TEXT, "NEW")),
    DELIST("delist", Place.EXCHANGE, 1, "delists a coin", value("coin", Form.TEXT, "SOL")),
    NO_PORT(
            "no-port",
            Place.EXCHANGE,
            1,
            "listens on no port for a while; open sockets stay",
            value("for", Form.DURATION, "5s")),
    REFUSE(
            "refuse",
            Place.CONNECTS,
            1,
            "refuses to open a WebSocket, by status or by RST",
            word("how", "403", "429", "reset"),
            span()),
    REST_429("rest-429", Place.REST, 1, "replies 429"),
    REST_500("rest-500", Place.REST, 1, "replies 500 with null"),
    REST_NULL("rest-null", Place.REST, 1, "replies 200 with null"),
    REST_TEXT("rest-text", Place.REST, 1, "replies plain text", value("status", Form.COUNT, "422")),
    REST_HANG("rest-hang", Place.REST, 1, "never replies"),
    REST_SLOW("rest-slow", Place.REST, 1, "sends the reply byte by byte", value("every", Form.DURATION, "100ms")),
    REST_TRUNCATED(
            "rest-truncated",
            Place.REST,
            1,
            "sends half a reply: as a whole one, or announcing all and closing",
            word("what", "text", "body")),
    REST_HTML("rest-html", Place.REST, 1, "replies 200 with the content type text/html"),
    REST_ODD("rest-odd", Place.REST, 1, "writes a word for the first number of a row", value("row", Form.COUNT, "0"));

    private final String text;
    private final Place place;
    private final long times;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<FaultParameter> parameters;

    FaultKind(String text, Place place, long times, String description, FaultParameter... parameters) {
        this.text = text;
        this.place = place;
        this.times = times;
        this.description = description;
        List<FaultParameter> all = new ArrayList<>(List.of(parameters));
        all.addAll(place.filters());
        this.parameters = List.copyOf(all);
    }

    /** Where faults act, and what counts as an occasion there. */
    public enum Place {
        /** Each data frame of each socket. */
        FRAMES(value("channel", Form.CHANNEL, ""), value("coin", Form.TEXT, "")),
        /** Each acknowledgement of each socket. */
        ACKS(value("channel", Form.CHANNEL, ""), value("coin", Form.TEXT, "")),
        /** Once, at its time. */
        EXCHANGE,
        /** Each attempt to open a WebSocket. */
        CONNECTS,
        /** Each request to {@code /info} or {@code /fng/}, whose type is {@code fng}. */
        REST(value("type", Form.TEXT, ""), value("coin", Form.TEXT, ""), value("for", Form.DURATION, ""));

        @SuppressWarnings("ImmutableEnumChecker") // as above
        private final List<FaultParameter> filters;

        Place(FaultParameter... filters) {
            this.filters = List.of(filters);
        }

        private List<FaultParameter> filters() {
            return filters;
        }
    }

    /** What brings the data back before the fault's time is over. */
    private static FaultParameter heals() {
        return word("heals", "never", "resubscribe", "reconnect");
    }

    private static FaultParameter span() {
        return value("for", Form.DURATION, "");
    }

    /** The name on the command line. */
    public String text() {
        return text;
    }

    public Place place() {
        return place;
    }

    /** How many occasions it takes where nothing is said. */
    long times() {
        return times;
    }

    public String description() {
        return description;
    }

    List<FaultParameter> parameters() {
        return parameters;
    }

    /** {@code cut:how=fin|rst,channel=C,coin=C}. */
    public String usage() {
        String names =
                String.join(",", parameters.stream().map(FaultParameter::usage).toList());
        return names.isEmpty() ? text : text + ':' + names;
    }

    static FaultKind named(String name) {
        List<String> names = Stream.of(values()).map(FaultKind::text).toList();
        return Stream.of(values())
                .filter(kind -> kind.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown fault '" + name + "'; did you mean " + Spelling.nearest(name, names) + "?"));
    }

    FaultParameter parameter(String name) {
        List<String> names = parameters.stream().map(FaultParameter::name).toList();
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault " + text + ": unknown parameter '" + name
                        + (names.isEmpty()
                                ? "'; it has none"
                                : "'; did you mean " + Spelling.nearest(name, names) + "?")));
    }
}
