/**
 * The daemon's door for the command line: a Unix-domain socket in the data directory, for the user who owns the daemon
 * alone. A request is one line, the answer as many as it takes; the page is {@code engine/doc/formats/control.md}.
 *
 * <p>Threads: {@code md-control} accepts, one thread a connection answers. Start reading at {@link
 * dev.millrace.control.ControlServer}.
 */
package dev.millrace.control;
