package dev.millrace.discovery;

import dev.millrace.config.Limits;

/** {@code L(x; lo, hi) = clamp(ln(x/lo) / ln(hi/lo), 0, 1)}, 0 for x ≤ 0: continuous and never falling in x. */
final class Scale {

    private Scale() {}

    /** 0 for NaN, which is what nobody knows. */
    static double of(double x, Limits limits) {
        return x > 0 ? unit(Math.log(x / limits.low()) / Math.log(limits.high() / limits.low())) : 0;
    }

    /** Clamped to [0, 1]. */
    static double unit(double x) {
        return Math.max(0, Math.min(1, x));
    }
}
