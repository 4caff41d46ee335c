/** Binding threads to cores. Start reading at {@link dev.millrace.thread.CorePin}. */
package dev.millrace.thread;
