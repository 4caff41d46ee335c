package dev.millrace.simulator;

/**
 * What a REST request is answered with.
 *
 * @param status HTTP status
 * @param type content type
 * @param body JSON or plain text
 * @param items elements of a list that is charged by length; else 0
 */
record Reply(int status, String type, String body, int items) {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    static Reply json(String body) {
        return new Reply(200, JSON, body, 0);
    }

    static Reply list(String body, int items) {
        return new Reply(200, JSON, body, items);
    }

    /** What the venue says to well-formed mistakes that it does not look at closely. */
    static Reply serverError() {
        return new Reply(500, JSON, "null", 0);
    }

    static Reply text(int status, String body) {
        return new Reply(status, TEXT, body, 0);
    }

    /** Over the budget; the venue's body was never recorded. */
    static Reply tooMany() {
        return new Reply(429, JSON, "null", 0);
    }

    static Reply undeserializable() {
        return text(422, "Failed to deserialize the JSON body into the target type");
    }
}
