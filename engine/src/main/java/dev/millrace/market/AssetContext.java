package dev.millrace.market;

/** One {@code activeAssetCtx} frame, perp or spot. Aggregates are exact; absent and null fields are not present. */
public final class AssetContext {

    /** False when the frame was refused. */
    public boolean valid;

    public int symbol;
    public boolean spot;
    private final WideDecimal[] fields = new WideDecimal[Field.values().length];

    public AssetContext() {
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new WideDecimal();
        }
    }

    public void clear() {
        valid = false;
        for (WideDecimal field : fields) {
            field.clear();
        }
    }

    public WideDecimal get(Field field) {
        return fields[field.ordinal()];
    }

    /** The fields the venue sends. */
    public enum Field {
        FUNDING("funding"),
        OPEN_INTEREST("openInterest"),
        PREV_DAY_PRICE("prevDayPx"),
        DAY_NOTIONAL_VOLUME("dayNtlVlm"),
        PREMIUM("premium"),
        ORACLE_PRICE("oraclePx"),
        MARK_PRICE("markPx"),
        MID_PRICE("midPx"),
        IMPACT_BID("impactPxs[0]"),
        IMPACT_ASK("impactPxs[1]"),
        DAY_BASE_VOLUME("dayBaseVlm"),
        CIRCULATING_SUPPLY("circulatingSupply");

        private final String wireName;

        Field(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
