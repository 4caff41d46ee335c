package dev.millrace.store;

/** A column of a table as rows are collected for it. */
record Column(String name, Type type) {

    /** How a value is held before it is written. */
    enum Type {
        TEXT,
        /** Ms since 1970, UTC; TIMESTAMPTZ in the table. */
        TIME,
        /** DOUBLE. */
        NUMBER,
        /** BIGINT. */
        WHOLE,
        FLAG
    }

    static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    static Column time(String name) {
        return new Column(name, Type.TIME);
    }

    static Column number(String name) {
        return new Column(name, Type.NUMBER);
    }

    static Column whole(String name) {
        return new Column(name, Type.WHOLE);
    }

    static Column flag(String name) {
        return new Column(name, Type.FLAG);
    }
}
