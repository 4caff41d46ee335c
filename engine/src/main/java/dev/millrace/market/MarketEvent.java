package dev.millrace.market;

/**
 * One record on its way through the engine: a slot of the ring, reused for ever, or the one event of a replay. The
 * producer fills everything but {@link #sequence}, which the journal assigns.
 *
 * <p>The payload lies in {@link #bytes()} from index 0 to {@link #length()}. Small payloads use the slot's own array;
 * larger ones borrow one through {@link #borrow(byte[])} and give it back with {@link #giveBack()}.
 */
public final class MarketEvent {

    private final byte[] inline;
    private byte[] bytes;
    private int length;
    private RecordKind kind;
    private long source;
    private long receiveNs;
    private long sequence;
    private long slot;

    /** @param inlineBytes payload bytes that the event holds itself */
    public MarketEvent(int inlineBytes) {
        inline = new byte[inlineBytes];
        bytes = inline;
    }

    /** Sets all but the payload and the sequence. */
    public void set(RecordKind newKind, long newSource, long newReceiveNs, int newLength) {
        kind = newKind;
        source = newSource;
        receiveNs = newReceiveNs;
        length = newLength;
        sequence = 0;
    }

    /** The payload array; valid bytes are 0 to {@link #length()}. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public RecordKind kind() {
        return kind;
    }

    public long source() {
        return source;
    }

    /** Nanoseconds since 1970 on the local clock. */
    public long receiveNs() {
        return receiveNs;
    }

    /** The journal's sequence, 1, 2, 3 …; 0 before the journal has taken the event. */
    public long sequence() {
        return sequence;
    }

    /** Called by the journal alone. */
    public void sequence(long newSequence) {
        sequence = newSequence;
    }

    /** The ring's slot number; not a position in the journal. */
    public long slot() {
        return slot;
    }

    /** Called by the ring alone. */
    public void slot(long newSlot) {
        slot = newSlot;
    }

    /** Payload bytes that the event holds itself. */
    public int inlineCapacity() {
        return inline.length;
    }

    /** Uses a larger array for one payload. */
    public void borrow(byte[] larger) {
        bytes = larger;
    }

    /** Returns to the inline array; gives the borrowed one, or null. */
    public byte[] giveBack() {
        if (bytes == inline) {
            return null;
        }
        byte[] borrowed = bytes;
        bytes = inline;
        return borrowed;
    }

    /** An event of its own with the same content (cold: allocates). */
    public MarketEvent copy() {
        MarketEvent copy = new MarketEvent(length);
        System.arraycopy(bytes, 0, copy.bytes, 0, length);
        copy.set(kind, source, receiveNs, length);
        copy.sequence = sequence;
        return copy;
    }

    /** Writes the whole event, payload included. */
    public void writeTo(StateWriter out) {
        out.writeInt(kind.code());
        out.writeLong(source);
        out.writeLong(receiveNs);
        out.writeLong(sequence);
        out.writeBytes(bytes, length);
    }

    /** An event of its own, as it was written (cold: allocates). */
    public static MarketEvent readFrom(StateReader in) {
        RecordKind kind = RecordKind.ofCode((byte) in.readInt());
        if (kind == null) {
            throw new StateException("an event of a kind that is not known");
        }
        long source = in.readLong();
        long receiveNs = in.readLong();
        long sequence = in.readLong();
        byte[] payload = in.readBytes();
        MarketEvent event = new MarketEvent(payload.length);
        System.arraycopy(payload, 0, event.bytes, 0, payload.length);
        event.set(kind, source, receiveNs, payload.length);
        event.sequence = sequence;
        return event;
    }
}
