package dev.millrace.rest;

/** A call that gave no usable reply; the message says which call, where, and what came instead. */
public final class InfoException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Blame blame;

    /** What is to be thought of it. */
    enum Blame {
        /** The request is wrong, or the reply says nothing: the same again gives the same again. */
        REQUEST,
        /** Status 500 without a word: a mistake in the request, or a fault; worth a few more tries. */
        EITHER,
        /** The venue or the way to it was busy, faulty, slow or out of reach. */
        VENUE
    }

    InfoException(String message, Blame blame, Throwable cause) {
        super(message, cause);
        this.blame = blame;
    }

    /** A reply in good form that cannot be true. */
    public static InfoException ofReply(String message) {
        return new InfoException(message, Blame.VENUE, null);
    }

    /** Whether the same call may succeed a moment later. */
    boolean worthRetrying() {
        return blame != Blame.REQUEST;
    }

    /** Whether other calls will fare no better now. */
    boolean isVenues() {
        return blame == Blame.VENUE;
    }
}
