/**
 * Order out of what the venue sends: which trades are new ({@link dev.millrace.order.TradeWindows}), what time it is at
 * the venue ({@link dev.millrace.order.VenueClock}, {@link dev.millrace.order.HeldFrames}), and which stretches of time
 * are proven whole ({@link dev.millrace.order.Coverage}). Pure functions of the journal: no I/O, no wall clock; everything
 * runs on the market thread. Start reading at {@link dev.millrace.order.TradeWindows}, then
 * {@link dev.millrace.order.Coverage}.
 */
package dev.millrace.order;
